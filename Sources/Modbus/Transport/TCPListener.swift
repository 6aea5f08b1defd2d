import NIOCore
import NIOPosix

/// Where a Modbus TCP server listens, and whom it lets in; what is done with a connection is its handler's business.
struct TCPListener: Sendable {
    let address: SocketAddress
    let connections: ConnectionRegistry
    /// A connection that sends nothing for so long is closed; nil keeps it.
    let idleTimeout: Duration?
    /// Asked, on an event loop, who may have a connection; that of others is closed at once. Must not block.
    var accepts: @Sendable (SocketAddress) -> Bool = { _ in true }
    let group: any EventLoopGroup

    /// - Parameter handler: makes what answers a connection, on its event loop.
    func bind(_ handler: @escaping @Sendable (any Channel) -> some ChannelHandler) async throws -> any Channel {
        let idleTimeout = idleTimeout.map { TimeAmount($0) }
        return try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 128)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1024))
            .childChannelInitializer { [connections, accepts] channel in
                guard let peer = channel.remoteAddress, accepts(peer) else { return channel.close() }
                guard connections.admit(channel) else { return channel.close() }
                return channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    // A client that does not read its answers is not read either.
                    try pipeline.addHandler(BackPressureHandler())
                    if let idleTimeout { try pipeline.addHandler(IdleStateHandler(readTimeout: idleTimeout)) }
                    try pipeline.addHandler(handler(channel))
                }
            }
            .bind(to: address).get()
    }
}
