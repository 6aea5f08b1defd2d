import NIOCore

/// One transfer of a server, on a socket of its own. Belongs to one event loop.
final class ServerTransfer: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    /// What is done with the file.
    enum Engine {
        case send(Sender, ByteBuffer)
        case receive(Receiver)
    }

    /// What the transfer's task waits for.
    struct Outcome: Sendable {
        /// The complete file, which waits for a decision; nil where the file was sent.
        let complete: EventLoopPromise<ByteBuffer?>
        /// The peer has been told, and all its questions are answered.
        let ended: EventLoopPromise<Void>
    }

    private let peer: SocketAddress
    private let outcome: Outcome
    private let drops: @Sendable () -> Bool
    private let descriptor: CInt
    private var sender: Sender?
    private var receiver: Receiver?
    private var file: ByteBuffer
    private var outlet: Outlet?
    private var ticker: Ticker?
    private var isEnded = false

    init(descriptor: CInt, engine: Engine, peer: SocketAddress, outcome: Outcome, drops: @escaping @Sendable () -> Bool) {
        self.descriptor = descriptor
        self.peer = peer
        self.outcome = outcome
        self.drops = drops
        switch engine {
        case .send(let sender, let file):
            self.sender = sender
            self.file = file
        case .receive(let receiver):
            self.receiver = receiver
            file = ByteBuffer()
        }
    }

    func channelActive(context: ChannelHandlerContext) {
        outlet = Outlet(descriptor: descriptor, loop: context.eventLoop)
        if let action = sender?.opening { perform(action, from: peer) }
        if let action = receiver?.opening { perform(action, data: nil, from: peer) }
        let ticker = Ticker(on: context.eventLoop) { [weak self] now in self?.lookAtDeadline(now: now) }
        ticker.start()
        self.ticker = ticker
    }

    func channelInactive(context: ChannelHandlerContext) {
        outlet?.close()
        ticker?.stop()
        end(.failure(TFTPError.closed))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // An ICMP error: the timer decides whether the peer is gone.
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard let segment = envelope.metadata?.segmentSize, segment > 0 else {
            return received(envelope.data, from: envelope.remoteAddress)
        }
        // The kernel delivered a run of datagrams as one (UDP_GRO).
        var run = envelope.data
        while let datagram = run.readSlice(length: min(segment, run.readableBytes)), datagram.readableBytes > 0 {
            received(datagram, from: envelope.remoteAddress)
        }
    }

    /// The file was judged: it is acknowledged or refused.
    func decided(_ refusal: TFTPErrorReply?) {
        if let action = receiver?.decided(refusal, now: .now()) { perform(action, data: nil, from: peer) }
    }

    /// The server stops: the peer is told.
    func stop() {
        guard !isEnded else { return }
        outlet?.send(.error(.undefined, message: "the server stops"), to: peer)
        end(.failure(CancellationError()))
    }

    private func received(_ datagram: ByteBuffer, from address: SocketAddress) {
        guard !isEnded, !drops(), let packet = try? TFTPPacket(decoding: datagram) else { return }
        guard address.isSameHost(as: peer), let port = address.port else {
            outlet?.reject(address)
            return
        }
        if let action = sender?.received(packet, from: port, now: .now()) { perform(action, from: address) }
        if let action = receiver?.received(packet, from: port, now: .now()) { perform(action, data: packet, from: address) }
    }

    private func lookAtDeadline(now: NIODeadline) {
        guard !isEnded else { return }
        if let action = sender?.deadlineReached(now: now) { perform(action, from: peer) }
        if let action = receiver?.deadlineReached(now: now) { perform(action, data: nil, from: peer) }
    }

    private func perform(_ action: Sender.Action, from address: SocketAddress) {
        switch action {
        case .none:
            break
        case .send(let packet):
            outlet?.send(packet, to: peer)
        case .sendBlocks(let range):
            guard let sender else { return }
            outlet?.send(Outlet.Blocks(file: file, range: range, blockSize: sender.parameters.blockSize, address: peer))
        case .reject:
            outlet?.reject(address)
        case .finished:
            end(.success(()))
        case .abort(let code, let error):
            abort(code, error)
        case .fail(let error):
            end(.failure(error))
        }
    }

    private func perform(_ action: Receiver.Action, data packet: TFTPPacket?, from address: SocketAddress) {
        switch action {
        case .none:
            break
        case .send(let packet):
            outlet?.send(packet, to: peer)
        case .append(let reply):
            append(packet)
            if let reply { outlet?.send(reply, to: peer) }
        case .complete:
            append(packet)
            outcome.complete.succeed(file)
            file = ByteBuffer()
        case .reject:
            outlet?.reject(address)
        case .finished:
            end(.success(()))
        case .abort(let code, let error):
            abort(code, error)
        case .fail(let error):
            end(.failure(error))
        }
    }

    private func append(_ packet: TFTPPacket?) {
        guard case .data(_, var data) = packet else { return }
        file.writeBuffer(&data)
    }

    private func abort(_ code: TFTPErrorCode, _ error: TFTPError) {
        let message: String
        if case .aborted(_, let words) = error { message = words } else { message = error.description }
        outlet?.send(.error(code, message: message), to: peer)
        end(.failure(error))
    }

    private func end(_ result: Result<Void, any Error>) {
        guard !isEnded else { return }
        isEnded = true
        switch result {
        case .success: outcome.complete.succeed(nil)
        case .failure(let error): outcome.complete.fail(error)
        }
        outcome.ended.completeWith(result)
    }
}

extension SocketAddress {
    /// True when both are the same host, whatever the ports.
    func isSameHost(as other: SocketAddress) -> Bool {
        guard let own = HostKey(self) else { return false }
        return own == HostKey(other)
    }
}
