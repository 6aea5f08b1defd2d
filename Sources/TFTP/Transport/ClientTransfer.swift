import NIOCore

/// One transfer of a client, on its lane's event loop.
final class ClientTransfer {
    /// What a user wants to be done.
    struct Order: Sendable {
        enum Kind: Sendable {
            case put(ByteBuffer)
            /// Takes at most `limit` bytes.
            case get(limit: Int)
        }

        let kind: Kind
        let file: TFTPRemoteFile
        let options: TransferOptions
        let timing: TransferTiming
        let progress: (@Sendable (Double) -> Void)?
    }

    let id: UInt64
    private let order: Order
    private let outlet: Outlet
    private let promise: EventLoopPromise<ByteBuffer>
    /// One of the two engines is there.
    private var sender: Sender?
    private var receiver: Receiver?
    /// What is sent, or what has come so far.
    private var file = ByteBuffer()
    /// The peer, and the port it chose.
    private var address: SocketAddress
    private var hasPort = false
    private var reported = 0.0
    private(set) var isEnded = false

    /// Progress is told in steps of one percent.
    private static let progressStep = 0.01

    init(id: UInt64, order: Order, outlet: Outlet, promise: EventLoopPromise<ByteBuffer>, now: NIODeadline) {
        self.id = id
        self.order = order
        self.outlet = outlet
        self.promise = promise
        address = order.file.address
        switch order.kind {
        case .put(let file):
            self.file = file
            sender = Sender(
                writing: order.file.name, size: file.readableBytes, options: order.options, timing: order.timing, now: now)
        case .get(let limit):
            receiver = Receiver(reading: order.file.name, limit: limit, options: order.options, timing: order.timing, now: now)
        }
    }

    func start() {
        if let action = sender?.opening { perform(action, from: address) }
        if let action = receiver?.opening { perform(action, data: nil, from: address, now: .now()) }
    }

    func received(_ packet: TFTPPacket, from peer: SocketAddress, now: NIODeadline) {
        guard !isEnded, let port = peer.port else { return }
        if let action = sender?.received(packet, from: port, now: now) { perform(action, from: peer) }
        if let action = receiver?.received(packet, from: port, now: now) { perform(action, data: packet, from: peer, now: now) }
    }

    func deadlineReached(now: NIODeadline) {
        guard !isEnded else { return }
        if let action = sender?.deadlineReached(now: now) { perform(action, from: address) }
        if let action = receiver?.deadlineReached(now: now) { perform(action, data: nil, from: address, now: now) }
    }

    /// Ends the transfer from our side, and tells the peer.
    func cancel(_ error: any Error) {
        guard !isEnded else { return }
        outlet.send(.error(.undefined, message: "cancelled"), to: address)
        fail(error)
    }

    private func perform(_ action: Sender.Action, from peer: SocketAddress) {
        switch action {
        case .none:
            break
        case .send(let packet):
            outlet.send(packet, to: address)
        case .sendBlocks(let range):
            settlePort(peer)
            guard let sender else { return }
            outlet.send(Outlet.Blocks(file: file, range: range, blockSize: sender.parameters.blockSize, address: address))
            report(sender.base * sender.parameters.blockSize, of: sender.size)
        case .reject:
            outlet.reject(peer)
        case .finished:
            report(1, of: 1)
            promise.succeed(ByteBuffer())
            isEnded = true
        case .abort(let code, let error):
            outlet.send(.error(code, message: error.description), to: hasPort ? address : peer)
            fail(error)
        case .fail(let error):
            fail(error)
        }
    }

    private func perform(_ action: Receiver.Action, data packet: TFTPPacket?, from peer: SocketAddress, now: NIODeadline) {
        switch action {
        case .none:
            break
        case .send(let packet):
            if case .acknowledgement = packet { settlePort(peer) }
            outlet.send(packet, to: address)
        case .append(let reply):
            settlePort(peer)
            append(packet)
            if let reply { outlet.send(reply, to: address) }
        case .complete:
            settlePort(peer)
            append(packet)
            complete(now: now)
        case .reject:
            outlet.reject(peer)
        case .finished:
            isEnded = true
        case .abort(let code, let error):
            outlet.send(.error(code, message: error.description), to: hasPort ? address : peer)
            fail(error)
        case .fail(let error):
            fail(error)
        }
    }

    private func append(_ packet: TFTPPacket?) {
        guard case .data(_, let data) = packet, let receiver else { return }
        file.writeImmutableBuffer(data)
        if let size = receiver.parameters.size { report(receiver.receivedBytes, of: size) }
    }

    /// The file is the caller's now; the transfer lingers until the peer must have our last acknowledgement.
    private func complete(now: NIODeadline) {
        guard let action = receiver?.decided(nil, now: now) else { return }
        perform(action, data: nil, from: address, now: now)
        report(1, of: 1)
        promise.succeed(file)
        file = ByteBuffer()
    }

    private func settlePort(_ peer: SocketAddress) {
        guard !hasPort else { return }
        address = peer
        hasPort = true
    }

    private func report(_ done: Int, of size: Int) {
        guard let progress = order.progress else { return }
        let fraction = size > 0 ? min(1, Double(done) / Double(size)) : 1
        guard fraction >= reported + Self.progressStep || (fraction == 1 && reported < 1) else { return }
        reported = fraction
        progress(fraction)
    }

    private func fail(_ error: any Error) {
        isEnded = true
        promise.fail(error)
    }
}

extension Outlet {
    /// Answers a packet that belongs to no transfer of ours (RFC 1350 §4).
    func reject(_ peer: SocketAddress) {
        send(.error(.unknownTransferID, message: "unknown transfer"), to: peer)
    }
}
