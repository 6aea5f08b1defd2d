import NIOCore

/// A wire with a UART at our end, in place of a pseudo-terminal's own ways: that one knows neither time nor rates.
struct SimulatedWire: Sendable {
    /// The rate of our end.
    let baudRate: BaudRate
    /// The rate of the other end in bits per second; nil when it is none.
    let peerRate: @Sendable () -> Int?
    let faults: LineFaults?

    init(_ baudRate: BaudRate, faults: LineFaults?, peerRate: @escaping @Sendable () -> Int?) {
        self.baudRate = baudRate
        self.faults = faults
        self.peerRate = peerRate
    }
}

/// Passes bytes on at the pace of the line's rate, and what they sound like where the two ends differ in it.
///
/// Lives on its channel's event loop.
final class SimulatedWireHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// One direction of the line.
    private struct Direction {
        var pace: SerialPace
        var timer: Scheduled<Void>?
        /// What is heard, while the rates differ.
        var receiver: MistunedReceiver?
    }

    private let wire: SimulatedWire
    private var inbound: Direction
    private var outbound: Direction
    /// What to tell when the line has become idle: all that was written has left.
    private var departures: [EventLoopPromise<Void>] = []

    init(_ wire: SimulatedWire) {
        self.wire = wire
        inbound = Direction(pace: SerialPace(wire.baudRate))
        outbound = inbound
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        inbound.pace.append(unwrapInboundIn(data), now: .now())
        scheduleArrival(context)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        outbound.pace.append(unwrapOutboundIn(data), now: .now())
        if let promise { departures.append(promise) }
        scheduleDeparture(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        inbound.timer?.cancel()
        outbound.timer?.cancel()
        let lost = departures
        departures = []
        for departure in lost { departure.fail(ChannelError.ioOnClosedChannel) }
        context.fireChannelInactive()
    }

    private func scheduleArrival(_ context: ChannelHandlerContext) {
        guard inbound.timer == nil, let due = inbound.pace.dueAt else { return }
        inbound.timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) {
            self.inbound.timer = nil
            let sent = self.inbound.pace.take(now: .now())
            let rates = self.wire.peerRate().map { (sent: $0, heard: self.wire.baudRate.rawValue) }
            let heard = self.pass(Self.hear(sent, rates, &self.inbound), .inbound)
            if heard.readableBytes > 0 { context.fireChannelRead(self.wrapInboundOut(heard)) }
            self.scheduleArrival(context)
        }
    }

    private func scheduleDeparture(_ context: ChannelHandlerContext) {
        guard outbound.timer == nil, let due = outbound.pace.dueAt else { return }
        outbound.timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) {
            self.outbound.timer = nil
            let sent = self.outbound.pace.take(now: .now())
            let rates = self.wire.peerRate().map { (sent: self.wire.baudRate.rawValue, heard: $0) }
            let heard = self.pass(Self.hear(sent, rates, &self.outbound), .outbound)
            // Nobody reads the line while it is not writable: bytes on a wire are lost then, too.
            if heard.readableBytes > 0, context.channel.isWritable { context.writeAndFlush(self.wrapOutboundOut(heard), promise: nil) }
            if self.outbound.pace.isIdle { self.tellDepartures() }
            self.scheduleDeparture(context)
        }
    }

    private func pass(_ characters: ByteBuffer, _ direction: LineFaults.Direction) -> ByteBuffer {
        wire.faults?.pass(characters, direction) ?? characters
    }

    private func tellDepartures() {
        let done = departures
        departures = []
        for departure in done { departure.succeed() }
    }

    /// What arrives of `sent` at the other end of `direction`; `rates` are nil when one end has hung up.
    private static func hear(_ sent: ByteBuffer, _ rates: (sent: Int, heard: Int)?, _ direction: inout Direction) -> ByteBuffer {
        guard let rates else { return ByteBuffer() }
        guard rates.sent != rates.heard else {
            direction.receiver = nil
            return sent
        }
        var receiver = direction.receiver ?? MistunedReceiver(sentAt: rates.sent, heardAt: rates.heard)
        if receiver.rates != rates { receiver = MistunedReceiver(sentAt: rates.sent, heardAt: rates.heard) }
        var heard = receiver.hear(sent)
        if direction.pace.isIdle { heard.writeImmutableBuffer(receiver.hearPause()) }
        direction.receiver = receiver
        return heard
    }
}
