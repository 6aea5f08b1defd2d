import NIOCore

/// Runs a `ClientSession` on a channel. Each exchange ends exactly once: answered, timed out, cancelled, or with the link.
///
/// Lives on its channel's event loop.
final class ClientHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    typealias Reply = CheckedContinuation<Result<ModbusResponse, ModbusError>, Never>

    private struct Exchange {
        let id: UInt64
        let reply: Reply
        let answerDue: NIODeadline
        let timeout: Scheduled<Void>
    }

    private var session: ClientSession
    private var context: ChannelHandlerContext?
    private var exchange: Exchange?
    private var silence: Scheduled<Void>?
    /// Exchanges up to this one need not start: a cancellation can overtake its request on the way to the event loop.
    private var lastCancelled: UInt64 = 0

    init(framing: ClientSession.Framing) {
        session = ClientSession(framing)
    }

    /// Starts exchange `id`; ids ascend, and the previous exchange has ended.
    func start(_ id: UInt64, _ request: PendingRequest, timeout: TimeAmount, reply: Reply) {
        guard id > lastCancelled else { return reply.resume(returning: .failure(.cancelled)) }
        guard exchange == nil, let context, context.channel.isActive else {
            return reply.resume(returning: .failure(.linkFailed(.lost)))
        }
        let loop = context.eventLoop.assumeIsolated()
        let departure = session.begin(request.request, unit: request.unit, now: .now())
        let answerDue = departure.at + timeout
        let timer = loop.scheduleTask(deadline: answerDue) { self.end(id, .failure(.noResponse(attempts: 1))) }
        exchange = Exchange(id: id, reply: reply, answerDue: answerDue, timeout: timer)
        if departure.at <= .now() {
            send(departure.bytes, for: id)
        } else {
            loop.scheduleTask(deadline: departure.at) { self.send(departure.bytes, for: id) }
        }
    }

    func cancel(_ id: UInt64) {
        lastCancelled = max(lastCancelled, id)
        end(id, .failure(.cancelled))
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        run(session.received(unwrapInboundIn(data), at: .now()))
    }

    func channelInactive(context: ChannelHandlerContext) {
        silence?.cancel()
        if let exchange { end(exchange.id, .failure(.linkFailed(.lost))) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func send(_ bytes: ByteBuffer, for id: UInt64) {
        guard exchange?.id == id, let context else { return }
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }

    private func run(_ action: ClientSession.ReceivedAction) {
        switch action {
        case .complete(let response):
            if let exchange { end(exchange.id, .success(response)) }
        case .fail(let error):
            if let exchange { end(exchange.id, .failure(.malformedResponse(error))) }
        case .wait(let silenceDue):
            awaitSilence(until: silenceDue)
        case .disconnect:
            context?.close(promise: nil)
        }
    }

    private func awaitSilence(until due: NIODeadline?) {
        silence?.cancel()
        silence = due.flatMap { due in
            context?.eventLoop.assumeIsolated().scheduleTask(deadline: due) { self.run(self.session.silenceReached()) }
        }
    }

    private func end(_ id: UInt64, _ result: Result<ModbusResponse, ModbusError>) {
        guard let exchange, exchange.id == id else { return }
        self.exchange = nil
        exchange.timeout.cancel()
        if case .failure = result { session.abandon(answerDue: exchange.answerDue) }
        exchange.reply.resume(returning: result)
    }
}
