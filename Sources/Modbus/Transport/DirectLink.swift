import NIOCore

/// A device in the same process. Requests and responses pass through the TCP codec, so that it answers as it would by wire.
struct DirectLink: Sendable {
    private let responder: Responder

    init(_ bank: any RegisterBank) {
        responder = Responder(bank: bank, allowsWrites: true)
    }

    func exchange(_ pending: PendingRequest) throws(ModbusError) -> ModbusResponse {
        var client = ClientSession(.tcp)
        var server = TCPFrameAssembler()
        let start = NIODeadline.uptimeNanoseconds(0)
        server.append(client.begin(pending.request, unit: pending.unit, now: start).bytes)
        do throws(ModbusDecodingError) {
            guard let request = try server.next() else { throw ModbusDecodingError(.truncated, offset: 0) }
            switch client.received(responder.answer(to: request).encoded, at: start) {
            case .complete(let response): return response
            case .fail(let error), .disconnect(let error): throw error
            case .wait: throw ModbusDecodingError(.answersAnotherRequest, offset: 0)
            }
        } catch {
            throw .malformedResponse(error)
        }
    }
}
