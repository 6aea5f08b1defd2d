import Glibc
import NIOCore
import NIOPosix

/// A UDP socket that may broadcast, and that survives errors of sending.
///
/// NIO closes a datagram channel when a send fails (no route, network down). Here that is an everyday event, and of one destination among
/// many; so NIO receives, and sending is our own system call on the same socket, made on its event loop.
final class LANSocket: Sendable {
    private let channel: any Channel
    private let descriptor: CInt

    private init(channel: any Channel, descriptor: CInt) {
        self.channel = channel
        self.descriptor = descriptor
    }

    /// Binds `address:port`; `isShared` lets other sockets of this machine bind the same, as for listening to broadcasts.
    static func open(
        on group: any EventLoopGroup, address: String, port: Int, isShared: Bool = false,
        received: @escaping @Sendable (ByteBuffer, SocketAddress) -> Void
    ) async throws -> LANSocket {
        let descriptor = try bind(address: address, port: port, isShared: isShared)
        let channel = try await DatagramBootstrap(group: group)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 2048))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Inlet(received: received)) }
            }
            .withBoundSocket(descriptor).get()
        return LANSocket(channel: channel, descriptor: descriptor)
    }

    /// Sends, if the system has a way to there.
    func send(_ datagram: ByteBuffer, to destination: SocketAddress) {
        channel.eventLoop.execute { [channel, descriptor] in
            // The descriptor is the channel's own as long as it is active, and it becomes inactive on this loop only.
            guard channel.isActive else { return }
            _ = datagram.withUnsafeReadableBytes { bytes in
                destination.withSockAddr { sendto(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT), $0, socklen_t($1)) }
            }
        }
    }

    func close() async {
        try? await channel.close()
    }

    func closeSoon() { channel.close(promise: nil) }

    /// Returns when the socket is closed.
    func closed() async {
        try? await channel.closeFuture.get()
    }

    private static func bind(address: String, port: Int, isShared: Bool) throws -> CInt {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw LANError.socket(errno: errno) }
        var yes: CInt = 1
        let size = socklen_t(MemoryLayout<CInt>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_BROADCAST, &yes, size)
        if isShared { setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, size) }
        let local = try SocketAddress(ipAddress: address, port: port)
        let result = local.withSockAddr { Glibc.bind(descriptor, $0, socklen_t($1)) }
        guard result == 0 else {
            let code = errno
            Glibc.close(descriptor)
            throw LANError.socket(errno: code)
        }
        return descriptor
    }

    private final class Inlet: ChannelInboundHandler {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>
        private let received: @Sendable (ByteBuffer, SocketAddress) -> Void

        init(received: @escaping @Sendable (ByteBuffer, SocketAddress) -> Void) { self.received = received }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let envelope = unwrapInboundIn(data)
            received(envelope.data, envelope.remoteAddress)
        }
    }
}
