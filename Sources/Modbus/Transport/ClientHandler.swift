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
        let departure: ClientSession.Departure
        let patience: TimeAmount
        /// Nil until the request has left.
        var answerDue: NIODeadline?
        /// What happens next unless an answer comes: the departure, then the end of waiting.
        var timer: Scheduled<Void>?
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
    ///
    /// - Parameter timeout: how long to wait for the answer, the time that the line itself takes not counted.
    func start(_ id: UInt64, _ request: PendingRequest, timeout: TimeAmount, reply: Reply) {
        guard id > lastCancelled else { return reply.resume(returning: .failure(.cancelled)) }
        guard exchange == nil, let context, context.channel.isActive else {
            return reply.resume(returning: .failure(.linkFailed(.lost)))
        }
        let departure = session.begin(request.request, unit: request.unit, now: .now())
        exchange = Exchange(id: id, reply: reply, departure: departure, patience: departure.transfer + timeout)
        depart(id)
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

    /// Sends the request as soon as the line is free for it.
    private func depart(_ id: UInt64) {
        guard var exchange, exchange.id == id, let context else { return }
        let loop = context.eventLoop.assumeIsolated()
        let now = NIODeadline.now()
        if session.departure > now {
            exchange.timer = loop.scheduleTask(deadline: session.departure) { self.depart(id) }
            self.exchange = exchange
        } else {
            let answerDue = now + exchange.patience
            exchange.answerDue = answerDue
            exchange.timer = loop.scheduleTask(deadline: answerDue) { self.end(id, .failure(.noResponse(attempts: 1))) }
            self.exchange = exchange
            context.writeAndFlush(wrapOutboundOut(exchange.departure.bytes), promise: nil)
        }
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
        exchange.timer?.cancel()
        if case .failure = result { session.abandon(answerDue: exchange.answerDue ?? .now()) }
        exchange.reply.resume(returning: result)
    }
}
