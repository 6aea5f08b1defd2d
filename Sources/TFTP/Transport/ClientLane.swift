import NIOCore

/// One socket of a client with all the transfers on it: at most one with each peer address. Belongs to one event loop.
///
/// One socket for hundreds of peers is three times as fast as a socket for each. A transfer is told by the peer's address, and by the port
/// that the peer chose.
final class ClientLane: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let descriptor: CInt
    private var channel: (any Channel)?
    private var outlet: Outlet?
    private var transfers: [HostKey: ClientTransfer] = [:]
    private var ticker: Ticker?
    private var isRetired = false

    init(descriptor: CInt) {
        self.descriptor = descriptor
    }

    func handlerAdded(context: ChannelHandlerContext) {
        channel = context.channel
        outlet = Outlet(descriptor: descriptor, loop: context.eventLoop)
        ticker = Ticker(on: context.eventLoop) { [weak self] now in self?.lookAtDeadlines(now: now) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        outlet?.close()
        for transfer in transfers.values { transfer.cancel(TFTPError.closed) }
        transfers.removeAll()
        ticker?.stop()
        channel = nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A peer's ICMP error on a shared socket says nothing about the other transfers.
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard let outlet, let key = HostKey(envelope.remoteAddress), let packet = try? TFTPPacket(decoding: envelope.data) else { return }
        guard let transfer = transfers[key] else {
            if case .error = packet { return }
            return outlet.reject(envelope.remoteAddress)
        }
        transfer.received(packet, from: envelope.remoteAddress, now: .now())
        if transfer.isEnded { remove(key) }
    }

    func start(_ id: UInt64, _ order: ClientTransfer.Order, key: HostKey, promise: EventLoopPromise<ByteBuffer>) {
        guard let outlet, transfers[key] == nil else { return promise.fail(TFTPError.closed) }
        let transfer = ClientTransfer(id: id, order: order, outlet: outlet, promise: promise, now: .now())
        transfers[key] = transfer
        transfer.start()
        ticker?.start()
    }

    func cancel(_ id: UInt64, key: HostKey) {
        guard let transfer = transfers[key], transfer.id == id else { return }
        transfer.cancel(CancellationError())
        remove(key)
    }

    /// No further transfer will start here: the socket closes after the last one.
    func retire() {
        isRetired = true
        closeIfIdle()
    }

    private func lookAtDeadlines(now: NIODeadline) {
        for (key, transfer) in transfers {
            transfer.deadlineReached(now: now)
            if transfer.isEnded { remove(key) }
        }
    }

    private func remove(_ key: HostKey) {
        transfers[key] = nil
        guard transfers.isEmpty else { return }
        ticker?.stop()
        closeIfIdle()
    }

    private func closeIfIdle() {
        guard isRetired, transfers.isEmpty else { return }
        channel?.close(promise: nil)
    }
}
