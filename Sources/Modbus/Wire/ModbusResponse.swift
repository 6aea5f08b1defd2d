package import NIOCore

/// A response PDU: the answer to a request, or its refusal (MODBUS Application Protocol V1.1b3 §4.1).
package enum ModbusResponse: Hashable, Sendable {
    case readHoldingRegisters(ReadRegistersResponse)
    case readInputRegisters(ReadRegistersResponse)
    case writeRegister(WriteRegister)
    case writeRegisters(WriteRegistersResponse)
    case exception(ExceptionResponse)

    /// The function that this answers or refuses.
    package var function: FunctionCode {
        switch self {
        case .readHoldingRegisters: .readHoldingRegisters
        case .readInputRegisters: .readInputRegisters
        case .writeRegister: .writeSingleRegister
        case .writeRegisters: .writeMultipleRegisters
        case .exception(let refusal): refusal.function
        }
    }

    /// Decodes a whole PDU; bytes left over are an error.
    package init(decoding pdu: ByteBuffer) throws(ModbusDecodingError) {
        var reader = WireReader(pdu)
        let function = FunctionCode(rawValue: try reader.readByte())
        switch function {
        case .readHoldingRegisters: self = .readHoldingRegisters(try ReadRegistersResponse(fields: &reader))
        case .readInputRegisters: self = .readInputRegisters(try ReadRegistersResponse(fields: &reader))
        case .writeSingleRegister: self = .writeRegister(try WriteRegister(fields: &reader))
        case .writeMultipleRegisters: self = .writeRegisters(try WriteRegistersResponse(fields: &reader))
        case let code where code.isException:
            let exception = ModbusException(rawValue: try reader.readByte())
            self = .exception(ExceptionResponse(function: code.requested, exception: exception))
        default: throw ModbusDecodingError(.unknownFunction(function), offset: 0)
        }
        try reader.expectEnd()
    }

    /// The PDU's bytes.
    package var encoded: ByteBuffer {
        var buffer = ByteBuffer()
        switch self {
        case .readHoldingRegisters(let response), .readInputRegisters(let response):
            buffer.writeInteger(function.rawValue)
            response.writeFields(into: &buffer)
        case .writeRegister(let response):
            buffer.writeInteger(function.rawValue)
            response.writeFields(into: &buffer)
        case .writeRegisters(let response):
            buffer.writeInteger(function.rawValue)
            response.writeFields(into: &buffer)
        case .exception(let refusal):
            buffer.writeMultipleIntegers(refusal.function.markedAsException.rawValue, refusal.exception.rawValue)
        }
        return buffer
    }

    /// True when this can be the answer to `request`: same function, as many registers as asked for, the same echo.
    package func answers(_ request: ModbusRequest) -> Bool {
        switch (request, self) {
        case (.readHoldingRegisters(let asked), .readHoldingRegisters(let answer)): asked.count == answer.values.count
        case (.readInputRegisters(let asked), .readInputRegisters(let answer)): asked.count == answer.values.count
        case (.writeRegister(let asked), .writeRegister(let answer)): asked == answer
        case (.writeRegisters(let asked), .writeRegisters(let answer)): WriteRegistersResponse(confirming: asked) == answer
        case (_, .exception(let refusal)): refusal.function == request.function
        case (.readHoldingRegisters, _), (.readInputRegisters, _), (.writeRegister, _), (.writeRegisters, _): false
        }
    }
}
