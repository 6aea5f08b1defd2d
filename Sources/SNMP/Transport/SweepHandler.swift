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
        context.write(wrapOutboundOut(AddressedEnvelope(remoteAddress: address, data: question(index))), promise: nil)
    }

    private func question(_ index: Int) -> ByteBuffer {
        let configuration = sweep.configuration
        let id = schedule.requestID(of: index)
        guard configuration.version != .v3 else {
            writer.prependDiscovery(id: id)
            return ByteBuffer(bytes: writer.written)
        }
        let message = CommunityMessage(configuration.version, configuration.community, PDU(.get, requestID: id, names: sweep.names))
        return message.encoded(with: &writer)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        let address = envelope.remoteAddress
        guard let (id, answer) = sweep.configuration.version == .v3 ? engine(envelope.data, address) : response(envelope.data, address),
            let index = schedule.index(of: id), sweep.addresses[index] == address, schedule.received(index)
        else { return }
        answers.yield(answer)
    }

    private func response(_ datagram: ByteBuffer, _ address: SocketAddress) -> (id: Int32, answer: SNMPSweep.Answer)? {
        guard let message = try? CommunityMessage(decoding: datagram), case .pdu(let pdu) = message.content, pdu.kind == .response else {
            return nil
        }
        let bindings = pdu.errorStatus == .noError ? pdu.bindings.filter { !$0.value.isException && $0.value != .null } : []
        return (pdu.requestID, .init(address: address, errorStatus: pdu.errorStatus, bindings: bindings, engineID: nil))
    }

    /// The report about an unknown engine id. Agents differ in the request id that they put into it; the message id is always the request's.
    private func engine(_ datagram: ByteBuffer, _ address: SocketAddress) -> (id: Int32, answer: SNMPSweep.Answer)? {
        guard let message = try? SecureMessage(decoding: datagram),
            let engine = datagram.withUnsafeReadableBytes({ message.engineID(in: $0) })
        else { return nil }
        return (message.messageID, .init(address: address, errorStatus: .noError, bindings: [], engineID: engine))
    }

    private func report() {
        sweep.report(SNMPSweep.Progress(sent: schedule.sent - unreachable, answered: schedule.answered, unreachable: unreachable))
    }
}
