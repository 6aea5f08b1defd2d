import NIOCore

/// Which requests a server takes, whatever their bytes, and how it refuses the others (MODBUS Application Protocol V1.1b3, figure 9).
struct RequestGate: Sendable {
    /// When false, functions 6 and 16 are answered with exception 01.
    let allowsWrites: Bool

    /// The request of a PDU, or its refusal.
    func admit(_ pdu: ByteBuffer) -> Result<ModbusRequest, ExceptionResponse> {
        guard !isForbidden(Self.function(of: pdu)) else { return .failure(Self.refusal(of: pdu, .illegalFunction)) }
        do throws(ModbusDecodingError) {
            let request = try ModbusRequest(decoding: pdu)
            // Registers end at 65535.
            guard request.registers.upperBound <= 0x1_0000 else { return .failure(Self.refusal(of: pdu, .illegalDataAddress)) }
            return .success(request)
        } catch {
            switch error.reason {
            case .unknownFunction: return .failure(Self.refusal(of: pdu, .illegalFunction))
            case .truncated, .trailingBytes, .countOutOfRange, .byteCountMismatch, .checksumMismatch, .foreignProtocol,
                .lengthOutOfRange, .answersAnotherRequest:
                return .failure(Self.refusal(of: pdu, .illegalDataValue))
            }
        }
    }

    static func refusal(of pdu: ByteBuffer, _ exception: ModbusException) -> ExceptionResponse {
        ExceptionResponse(function: function(of: pdu), exception: exception)
    }

    private func isForbidden(_ function: FunctionCode) -> Bool {
        !allowsWrites && (function == .writeSingleRegister || function == .writeMultipleRegisters)
    }

    private static func function(of pdu: ByteBuffer) -> FunctionCode {
        FunctionCode(rawValue: pdu.getInteger(at: pdu.readerIndex) ?? 0)
    }
}

extension ModbusRequest {
    /// The numbers of the registers that it is about; they may lie beyond the last one.
    var registers: Range<Int> {
        let (address, count) =
            switch self {
            case .readHoldingRegisters(let range), .readInputRegisters(let range): (range.address, range.count)
            case .writeRegister(let register): (register.address, 1)
            case .writeRegisters(let block): (block.address, block.values.count)
            }
        return Int(address)..<(Int(address) + count)
    }
}

extension ExceptionResponse: Error {}
