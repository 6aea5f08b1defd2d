import NIOCore
import NIOPosix

/// A server's transfer as its task sees it.
struct ServerSession: Sendable {
    private let channel: any Channel
    private let transfer: NIOLoopBound<ServerTransfer>
    private let complete: EventLoopFuture<ByteBuffer?>
    private let ended: EventLoopFuture<Void>

    /// Opens a socket on a free port of the server's address; the first packet leaves from it at once.
    static func open(
        on loop: any EventLoop, address: SocketAddress, peer: SocketAddress,
        engine: @escaping @Sendable (Int, NIODeadline) -> ServerTransfer.Engine, drops: @escaping @Sendable () -> Bool
    ) async throws -> ServerSession {
        var address = address
        address.port = 0
        let descriptor = try DatagramSocket.open(boundTo: address)
        let outcome = ServerTransfer.Outcome(complete: loop.makePromise(), ended: loop.makePromise())
        let bound = loop.makePromise(of: NIOLoopBound<ServerTransfer>.self)
        let opened = DatagramSocket.channel(descriptor, on: loop, datagramSize: 65536, offload: true) {
            let transfer = ServerTransfer(
                descriptor: descriptor, engine: engine(peer.port ?? 0, .now()), peer: peer, outcome: outcome, drops: drops)
            bound.succeed(NIOLoopBound(transfer, eventLoop: loop))
            return transfer
        }
        opened.whenFailure { error in
            bound.fail(error)
            outcome.complete.fail(error)
            outcome.ended.fail(error)
        }
        return ServerSession(
            channel: try await opened.get(), transfer: try await bound.futureResult.get(), complete: outcome.complete.futureResult,
            ended: outcome.ended.futureResult)
    }

    /// Follows the transfer to its end; `judge` decides on a complete file and calls `decided`.
    func run(judge: @Sendable (ByteBuffer) async -> Void) async throws {
        defer { channel.close(promise: nil) }
        try await withTaskCancellationHandler {
            if let file = try await complete.get() { await judge(file) }
            try await ended.get()
        } onCancel: {
            channel.eventLoop.execute { transfer.value.stop() }
        }
    }

    func decided(_ refusal: TFTPErrorReply?) {
        channel.eventLoop.execute { transfer.value.decided(refusal) }
    }
}
