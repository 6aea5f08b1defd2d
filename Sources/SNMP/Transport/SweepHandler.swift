import NIOCore

/// A running sweep: sends what the schedule says, and passes on the answers.
final class SweepHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let sweep: SNMPSweep
    private let eventLoop: any EventLoop
    private let answers: AsyncThrowingStream<SNMPSweep.Answer, any Error>.Continuation
    private var schedule: SweepSchedule
    private var writer = BERWriter()
    private let routeProbe = RouteProbe()
    private var unreachable = 0
    private var timer: Scheduled<Void>?

    init(
        _ sweep: SNMPSweep, eventLoop: any EventLoop, answers: AsyncThrowingStream<SNMPSweep.Answer, any Error>.Continuation
    ) {
        self.sweep = sweep
        self.eventLoop = eventLoop
        self.answers = answers
        let configuration = sweep.configuration
        schedule = SweepSchedule(
            count: sweep.addresses.count, packetsPerSecond: configuration.packetsPerSecond, rounds: configuration.rounds,
            patience: TimeAmount(configuration.patience), random: .random(in: 0...UInt32.max), start: .now())
    }

    func channelActive(context: ChannelHandlerContext) { advance(context) }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        report()
        answers.finish()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        answers.finish(throwing: error)
        context.close(promise: nil)
    }

    private func advance(_ context: ChannelHandlerContext) {
        let now = NIODeadline.now()
        defer { report() }
        while context.channel.isWritable {
            switch schedule.next(now: now) {
            case .send(let index): send(index, context)
            case .wait(let deadline): return wake(at: deadline, context)
            case .finished: return context.close(promise: nil)
            }
        }
        wake(at: now + SweepSchedule.tick, context)
    }

    private func wake(at deadline: NIODeadline, _ context: ChannelHandlerContext) {
        context.flush()
        timer = eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { self.advance(context) }
    }

    private func send(_ index: Int, _ context: ChannelHandlerContext) {
        let address = sweep.addresses[index]
        guard routeProbe.failure(of: address) == nil else {
            unreachable += 1
            return
        }
        let pdu = PDU(.get, requestID: schedule.requestID(of: index), names: sweep.names)
        let message = CommunityMessage(sweep.configuration.version, sweep.configuration.community, pdu)
        context.write(wrapOutboundOut(AddressedEnvelope(remoteAddress: address, data: message.encoded(with: &writer))), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard let message = try? CommunityMessage(decoding: envelope.data), case .pdu(let pdu) = message.content, pdu.kind == .response,
            let index = schedule.index(of: pdu.requestID), sweep.addresses[index] == envelope.remoteAddress, schedule.received(index)
        else { return }
        let bindings = pdu.errorStatus == .noError ? pdu.bindings.filter { !$0.value.isException && $0.value != .null } : []
        answers.yield(SNMPSweep.Answer(address: envelope.remoteAddress, errorStatus: pdu.errorStatus, bindings: bindings))
    }

    private func report() {
        sweep.report(SNMPSweep.Progress(sent: schedule.sent - unreachable, answered: schedule.answered, unreachable: unreachable))
    }
}
