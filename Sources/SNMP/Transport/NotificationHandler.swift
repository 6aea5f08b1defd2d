import NIOCore

/// A sender on its event loop: sends what the outbox decides, and hands it the acknowledgements. It outlives the socket.
final class NotificationHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>
    typealias Outbox = NotificationOutbox<RandomNumbers>

    private let eventLoop: any EventLoop
    private let inbox: NotificationInbox
    private var outbox: Outbox
    private var context: ChannelHandlerContext?
    private var isIPv4 = true
    /// NIO closes a socket on most send errors: destinations are checked before they are sent to.
    private let routes = RouteProbe()
    private var timer: (deadline: NIODeadline, task: Scheduled<Void>)?
    private var isClosed = false

    init(eventLoop: any EventLoop, outbox: Outbox, inbox: NotificationInbox) {
        self.eventLoop = eventLoop
        self.outbox = outbox
        self.inbox = inbox
    }

    /// Sends what others have left, if there is a socket.
    func drain() {
        guard context != nil, !isClosed else { return }
        for (notification, receiver) in inbox.take() {
            send(outbox.submitted(notification, to: receiver, now: .now()))
        }
        send(outbox.deadlineReached(now: .now()))
        settle()
    }

    func close() {
        isClosed = true
        timer?.task.cancel()
        timer = nil
        inbox.close()
        outbox.closed()
        inbox.publish(outbox.statistics)
    }

    private func send(_ datagrams: [Outbox.Datagram]) {
        guard let context else { return }
        for datagram in datagrams {
            let address = datagram.peer.socketAddress
            guard datagram.peer.port != 0, (datagram.peer.ipv4 != nil) == isIPv4, routes.failure(of: address) == nil else {
                outbox.unreachable(datagram)
                continue
            }
            context.write(wrapOutboundOut(AddressedEnvelope(remoteAddress: address, data: datagram.octets)), promise: nil)
        }
    }

    /// After each turn: the counters are shown, the datagrams leave, and the timer is set. Whoever gets a datagram finds it counted.
    private func settle() {
        inbox.publish(outbox.statistics)
        context?.flush()
        guard let next = outbox.nextDeadline else {
            timer?.task.cancel()
            timer = nil
            return
        }
        if let timer {
            guard timer.deadline != next else { return }
            timer.task.cancel()
        }
        timer = (next, eventLoop.assumeIsolated().scheduleTask(deadline: next) { self.deadlineReached() })
    }

    private func deadlineReached() {
        timer = nil
        guard context != nil, !isClosed else { return }
        send(outbox.deadlineReached(now: .now()))
        settle()
    }

    // MARK: Channel

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        isIPv4 = context.channel.localAddress?.protocol == .inet
        drain()
    }

    func channelInactive(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard let peer = PeerAddress(envelope.remoteAddress) else { return }
        send(envelope.data.withUnsafeReadableBytes { outbox.received($0, from: peer, now: .now()) })
    }

    func channelReadComplete(context: ChannelHandlerContext) { settle() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
