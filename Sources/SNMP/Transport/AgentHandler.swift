import NIOCore

/// An agent's socket on its event loop.
final class AgentHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    /// Responses that may be held back at one time; further ones are dropped, as by a card that is overrun.
    private static let maximumDelayed = 256

    private let agent: SNMPAgent
    private var writer = BERWriter(capacity: 512)
    private var delayed = 0

    init(_ agent: SNMPAgent) { self.agent = agent }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        let admission = agent.admit()
        // A datagram from port 0 is forged, and answering it would cost the socket.
        guard admission != .drop, envelope.remoteAddress.port != 0, let response = response(to: envelope.data) else { return }
        let reply = wrapOutboundOut(AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: response))
        switch admission {
        case .answer: context.write(reply, promise: nil)
        case .answerAfter(let delay): send(reply, after: delay, context)
        case .drop: break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// The counters are put down before the objects are asked for their values: the snmp group may be among them.
    private func response(to datagram: ByteBuffer) -> ByteBuffer? {
        var statistics = agent.statistics
        statistics.inPackets &+= 1
        agent.statistics = statistics
        defer { agent.statistics = statistics }
        let request: CommunityMessage
        do throws(SNMPDecodingError) { request = try CommunityMessage(decoding: datagram) } catch {
            statistics.recordDecodingError(error)
            return nil
        }
        guard case .response(let message) = agent.responder.respond(to: request, from: agent.tree(), statistics: &statistics) else {
            return nil
        }
        statistics.outPackets &+= 1
        return message.encoded(with: &writer)
    }

    private func send(_ reply: NIOAny, after delay: Duration, _ context: ChannelHandlerContext) {
        guard delayed < Self.maximumDelayed else { return }
        delayed += 1
        context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(delay)) {
            self.delayed -= 1
            context.writeAndFlush(reply, promise: nil)
        }
    }
}
