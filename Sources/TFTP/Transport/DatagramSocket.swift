import Glibc
import NIOCore
import NIOPosix

/// A UDP socket that NIO reads and that we write ourselves.
///
/// NIO closes a datagram channel on most write errors (EPERM from a packet filter, ENETUNREACH for one address). A socket that carries
/// hundreds of transfers can't afford that: here a datagram that could not be sent is a lost datagram.
enum DatagramSocket {
    /// Sockets are asked for buffers of this size; the kernel grants what its limits allow.
    private static let bufferSize: CInt = 4 << 20
    /// Datagrams taken from the kernel at once, as far as they fit the memory for them.
    private static let vectorLength = 32
    private static let vectorMemory = 4 * 65536
    /// Reads of a shared socket before others have their turn. A socket with one peer, which mostly has one datagram waiting, is read once:
    /// a second call would only learn that nothing is left.
    private static let sharedReads: UInt = 4

    /// Opens a non-blocking socket bound to an address.
    static func open(boundTo address: SocketAddress) throws -> CInt {
        let family = address.protocol == .inet6 ? AF_INET6 : AF_INET
        let kind = CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "socket") }
        var size = bufferSize
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<CInt>.size))
        let result = address.withSockAddr { bind(descriptor, $0, socklen_t($1)) }
        guard result == 0 else {
            let error = IOError(errnoCode: errno, reason: "bind \(address)")
            close(descriptor)
            throw error
        }
        return descriptor
    }

    /// Hands a socket's reading side to NIO, which closes it with the channel.
    ///
    /// `datagramSize` is the largest datagram expected. With `offload` the kernel may deliver a run of equal datagrams as one, whose
    /// metadata tells where to cut.
    static func channel(
        _ descriptor: CInt, on loop: any EventLoop, datagramSize: Int, offload: Bool = false,
        handler: @escaping @Sendable () -> some ChannelInboundHandler
    ) -> EventLoopFuture<any Channel> {
        let slot = offload ? 65536 : datagramSize
        let vector = max(1, min(vectorLength, vectorMemory / slot))
        let reads: UInt = offload ? 1 : sharedReads
        return DatagramBootstrap(group: loop)
            .channelOption(.datagramVectorReadMessageCount, value: vector)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: vector * slot))
            .channelOption(.maxMessagesPerRead, value: reads)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if offload, System.supportsUDPReceiveOffload {
                        let options = channel.syncOptions
                        try options?.setOption(.datagramReceiveOffload, value: true)
                        try options?.setOption(.datagramReceiveSegmentSize, value: true)
                    }
                    try channel.pipeline.syncOperations.addHandler(handler())
                }
            }
            .withBoundSocket(descriptor)
    }
}
