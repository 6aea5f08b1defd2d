package import NIOCore

/// A request PDU: function code and fields, at most 253 bytes (MODBUS Application Protocol V1.1b3 §4.1).
package enum ModbusRequest: Hashable, Sendable {
    case readHoldingRegisters(ReadRegistersRequest)
    case readInputRegisters(ReadRegistersRequest)
    case writeRegister(WriteRegister)
    case writeRegisters(WriteRegistersRequest)

    package var function: FunctionCode {
        switch self {
        case .readHoldingRegisters: .readHoldingRegisters
        case .readInputRegisters: .readInputRegisters
        case .writeRegister: .writeSingleRegister
        case .writeRegisters: .writeMultipleRegisters
        }
    }

    /// True when sending it twice could do something twice.
    package var isWrite: Bool {
        switch self {
        case .readHoldingRegisters, .readInputRegisters: false
        case .writeRegister, .writeRegisters: true
        }
    }

    /// The size of the PDU that answers it, unless an exception does, which is shorter.
    package var answerSize: Int {
        switch self {
        case .readHoldingRegisters(let range), .readInputRegisters(let range): 2 + 2 * range.count
        case .writeRegister, .writeRegisters: 5
        }
    }

    /// Decodes a whole PDU; bytes left over are an error.
    package init(decoding pdu: ByteBuffer) throws(ModbusDecodingError) {
        var reader = WireReader(pdu)
        let function = FunctionCode(rawValue: try reader.readByte())
        switch function {
        case .readHoldingRegisters: self = .readHoldingRegisters(try ReadRegistersRequest(fields: &reader))
        case .readInputRegisters: self = .readInputRegisters(try ReadRegistersRequest(fields: &reader))
        case .writeSingleRegister: self = .writeRegister(try WriteRegister(fields: &reader))
        case .writeMultipleRegisters: self = .writeRegisters(try WriteRegistersRequest(fields: &reader))
        default: throw ModbusDecodingError(.unknownFunction(function), offset: 0)
        }
        try reader.expectEnd()
    }

    /// The PDU's bytes.
    package var encoded: ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeInteger(function.rawValue)
        switch self {
        case .readHoldingRegisters(let request), .readInputRegisters(let request): request.writeFields(into: &buffer)
        case .writeRegister(let request): request.writeFields(into: &buffer)
        case .writeRegisters(let request): request.writeFields(into: &buffer)
        }
        return buffer
    }
}
