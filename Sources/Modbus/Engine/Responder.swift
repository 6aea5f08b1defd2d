package import NIOCore

/// A server's answers: request in, response or exception out (MODBUS Application Protocol V1.1b3, figure 9 and §6).
package struct Responder: Sendable {
    private let bank: any RegisterBank
    private let allowsWrites: Bool
    private let units: Set<UInt8>?

    /// - Parameters:
    ///   - allowsWrites: when false, functions 6 and 16 are answered with exception 01.
    ///   - units: the units served; nil serves every one.
    package init(bank: any RegisterBank, allowsWrites: Bool, units: Set<UInt8>? = nil) {
        self.bank = bank
        self.allowsWrites = allowsWrites
        self.units = units
    }

    /// The answer on a TCP connection; a unit that is not served is one that failed to respond (exception 0B).
    package func answer(to frame: TCPFrame) -> TCPFrame {
        let pdu: ByteBuffer
        if serves(frame.unit) {
            pdu = response(to: frame.pdu, unit: frame.unit).encoded
        } else {
            pdu = refusal(of: frame.pdu, .gatewayTargetFailedToRespond).encoded
        }
        return TCPFrame(transaction: frame.transaction, unit: frame.unit, pdu: pdu)
    }

    /// The answer on a serial line; other units' requests have none, and broadcasts are carried out silently.
    package func answer(to frame: RTUFrame) -> RTUFrame? {
        if frame.unit == RTUFrame.broadcastUnit {
            obeyBroadcast(frame.pdu)
            return nil
        }
        guard serves(frame.unit) else { return nil }
        return RTUFrame(unit: frame.unit, pdu: response(to: frame.pdu, unit: frame.unit).encoded)
    }

    /// A unit's answer to a request PDU, whatever its bytes.
    package func response(to pdu: ByteBuffer, unit: UInt8) -> ModbusResponse {
        do throws(ModbusDecodingError) {
            return response(to: try ModbusRequest(decoding: pdu), unit: unit)
        } catch {
            guard !isForbidden(function(of: pdu)) else { return refusal(of: pdu, .illegalFunction) }
            switch error.reason {
            case .unknownFunction: return refusal(of: pdu, .illegalFunction)
            case .truncated, .trailingBytes, .countOutOfRange, .byteCountMismatch, .checksumMismatch, .foreignProtocol,
                .lengthOutOfRange, .answersAnotherRequest:
                return refusal(of: pdu, .illegalDataValue)
            }
        }
    }

    private func response(to request: ModbusRequest, unit: UInt8) -> ModbusResponse {
        do throws(ModbusException) {
            guard !isForbidden(request.function) else { throw .illegalFunction }
            switch request {
            case .readHoldingRegisters(let range): return .readHoldingRegisters(try read(range, unit))
            case .readInputRegisters(let range): return .readInputRegisters(try read(range, unit))
            case .writeRegister(let register):
                try bank.write(unit: unit, address: register.address, values: [register.value])
                return .writeRegister(register)
            case .writeRegisters(let block):
                try checkRange(block.address, count: block.values.count)
                try bank.write(unit: unit, address: block.address, values: block.values)
                return .writeRegisters(WriteRegistersResponse(confirming: block))
            }
        } catch {
            return .exception(ExceptionResponse(function: request.function, exception: error))
        }
    }

    private func read(_ range: ReadRegistersRequest, _ unit: UInt8) throws(ModbusException) -> ReadRegistersResponse {
        try checkRange(range.address, count: range.count)
        let values = try bank.read(unit: unit, address: range.address, count: range.count)
        guard values.count == range.count, let response = ReadRegistersResponse(values: values) else { throw .serverDeviceFailure }
        return response
    }

    /// Registers end at 65535.
    private func checkRange(_ address: UInt16, count: Int) throws(ModbusException) {
        guard Int(address) + count <= 0x1_0000 else { throw .illegalDataAddress }
    }

    private func obeyBroadcast(_ pdu: ByteBuffer) {
        guard let request = try? ModbusRequest(decoding: pdu), request.isWrite else { return }
        _ = response(to: request, unit: RTUFrame.broadcastUnit)
    }

    private func serves(_ unit: UInt8) -> Bool {
        (units?.contains(unit) ?? true) && bank.serves(unit)
    }

    private func isForbidden(_ function: FunctionCode) -> Bool {
        !allowsWrites && (function == .writeSingleRegister || function == .writeMultipleRegisters)
    }

    private func function(of pdu: ByteBuffer) -> FunctionCode {
        FunctionCode(rawValue: pdu.getInteger(at: pdu.readerIndex) ?? 0)
    }

    private func refusal(of pdu: ByteBuffer, _ exception: ModbusException) -> ModbusResponse {
        .exception(ExceptionResponse(function: function(of: pdu), exception: exception))
    }
}
