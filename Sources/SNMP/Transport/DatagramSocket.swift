import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// How SNMP's sockets are opened and kept open.
enum DatagramSocket {
    /// A bootstrap that reads up to `batch` datagrams of `maximumLength` octets with one system call. A longer datagram is cut off.
    static func bootstrap(_ group: any EventLoopGroup, batch: Int, maximumLength: Int, bufferSize: Int?) -> DatagramBootstrap {
        var bootstrap = DatagramBootstrap(group: group)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: batch * maximumLength))
        if batch > 1 { bootstrap = bootstrap.channelOption(.datagramVectorReadMessageCount, value: batch) }
        guard let bufferSize else { return bootstrap }
        return
            bootstrap
            .channelOption(.socketOption(.so_rcvbuf), value: bufferSize)
            .channelOption(.socketOption(.so_sndbuf), value: bufferSize)
            .channelOption(.writeBufferWaterMark, value: .init(low: 1 << 20, high: 4 << 20))
    }

    /// Keeps a socket open until the task is cancelled or told to shut down; by its return the socket is closed.
    ///
    /// NIO closes a datagram channel on most send errors (ENETUNREACH when a cable is pulled, EINVAL when a forged datagram came from
    /// port 0), therefore it is opened again, ten times a second at most. Only the first `bind` may throw.
    static func keepOpen(logger: Logger, bind: () async throws -> any Channel) async throws {
        let lifetime = Lifetime()
        try await withTaskCancellationOrGracefulShutdownHandler {
            var channel = try await bind()
            while lifetime.adopt(channel) {
                _ = await channel.closeFuture.settled()
                guard let next = await reopen(lifetime, logger: logger, bind: bind) else { return }
                channel = next
            }
            _ = await channel.closeFuture.settled()
        } onCancelOrGracefulShutdown: {
            lifetime.end()
        }
    }

    /// Nil if the service is over.
    private static func reopen(_ lifetime: Lifetime, logger: Logger, bind: () async throws -> any Channel) async -> (any Channel)? {
        var hasLogged = false
        while !lifetime.isOver {
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .milliseconds(100)) }
            guard !lifetime.isOver else { return nil }
            do {
                return try await bind()
            } catch {
                if !hasLogged { logger.warning("cannot open the datagram socket again", metadata: ["error": "\(error)"]) }
                hasLogged = true
            }
        }
        return nil
    }
}

/// The one socket of a service, and whether the service is over: whichever of the two comes last closes the socket.
private final class Lifetime: Sendable {
    private let state = Mutex<(isOver: Bool, channel: (any Channel)?)>((false, nil))

    var isOver: Bool { state.withLock { $0.isOver } }

    /// False, and the channel is closed, if the service is over.
    func adopt(_ channel: any Channel) -> Bool {
        let isOver = state.withLock { state in
            state.channel = channel
            return state.isOver
        }
        if isOver { channel.close(promise: nil) }
        return !isOver
    }

    func end() {
        let channel = state.withLock { state in
            state.isOver = true
            return state.channel
        }
        channel?.close(promise: nil)
    }
}

extension EventLoopFuture<Void> {
    fileprivate func settled() async -> Result<Void, any Error> {
        await withCheckedContinuation { continuation in
            whenComplete { continuation.resume(returning: $0) }
        }
    }
}
