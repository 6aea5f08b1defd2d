package import NIOCore

/// A request that waits for its response.
package struct PendingRequest: Hashable, Sendable {
    package enum Match: Hashable, Sendable {
        case answer(ModbusResponse)
        case malformed(ModbusDecodingError)
        case wrongUnit
        case wrongFunction
    }

    package let unit: UInt8
    package let request: ModbusRequest

    package init(unit: UInt8, request: ModbusRequest) {
        self.unit = unit
        self.request = request
    }

    /// What `pdu`, sent by `unit`, is to this request.
    package func match(unit: UInt8, pdu: ByteBuffer) -> Match {
        guard unit == self.unit else { return .wrongUnit }
        let code = pdu.getInteger(at: pdu.readerIndex, as: UInt8.self).map(FunctionCode.init(rawValue:))
        guard code?.requested == request.function else { return .wrongFunction }
        do throws(ModbusDecodingError) {
            let response = try ModbusResponse(decoding: pdu)
            return response.answers(request) ? .answer(response) : .malformed(ModbusDecodingError(.answersAnotherRequest, offset: 1))
        } catch {
            return .malformed(error)
        }
    }
}
