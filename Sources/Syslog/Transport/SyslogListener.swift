package import Logging
package import NIOCore
import NIOPosix
package import NIOSSL
import ServiceLifecycle

/// Receives syslog at one address, over UDP, TCP or TLS, from any number of senders.
///
/// `run()` owns the sockets. What comes waits in the inbox for its consumer. Over UDP what finds no room is lost and counted; over a connection
/// the sender is made to wait.
package final class SyslogListener: Service {
    package struct Configuration: Sendable {
        package var transport: SyslogTransport
        package var address: SocketAddress
        /// Wanted for TLS.
        package var tls: NIOSSLContext?
        package var maximumConnections: Int
        package var maximumConnectionsOfAddress: Int
        /// A connection that is silent for so long is closed. Cards have little to say.
        package var idleTimeout: TimeAmount
        /// The receive buffer of UDP, in octets, for what comes while nobody reads. The system may grant less.
        package var bufferSize: Int
        /// Called with the socket's address when it has been opened: tells which port 0 became.
        package var onBound: @Sendable (SocketAddress) -> Void

        package init(
            transport: SyslogTransport, address: SocketAddress, tls: NIOSSLContext? = nil, maximumConnections: Int = 1024,
            maximumConnectionsOfAddress: Int = 64, idleTimeout: TimeAmount = .hours(12), bufferSize: Int = 8 << 20,
            onBound: @escaping @Sendable (SocketAddress) -> Void = { _ in }
        ) {
            self.transport = transport
            self.address = address
            self.tls = tls
            self.maximumConnections = maximumConnections
            self.maximumConnectionsOfAddress = maximumConnectionsOfAddress
            self.idleTimeout = idleTimeout
            self.bufferSize = bufferSize
            self.onBound = onBound
        }
    }

    /// One read takes up to so many datagrams.
    private static let datagrams = 16

    /// The receive buffer of a connection, in octets: what it may have to keep while the inbox is full.
    private static let connectionBuffer: SocketOptionValue = 64 << 10

    private let configuration: Configuration
    private let inbox: SyslogInbox
    private let group: any EventLoopGroup
    private let now: @Sendable () -> Int64
    private let logger: Logger
    private let connections: SyslogConnections

    /// - Parameter now: seconds since 1970, for messages without a year.
    package init(
        configuration: Configuration, inbox: SyslogInbox, group: any EventLoopGroup, now: @escaping @Sendable () -> Int64,
        logger: Logger = Logger(label: "syslog")
    ) {
        precondition(configuration.transport != .tls || configuration.tls != nil, "TLS takes a certificate")
        self.configuration = configuration
        self.inbox = inbox
        self.group = group
        self.now = now
        self.logger = logger
        connections = SyslogConnections(limit: configuration.maximumConnections, limitOfAddress: configuration.maximumConnectionsOfAddress)
    }

    package var statistics: SyslogStatistics { connections.statistics }

    /// Binds the address and receives until the task is cancelled or shuts down gracefully. May be called once.
    ///
    /// Throws `IOError` where the address can't be bound.
    package func run() async throws {
        let channel = try await (configuration.transport == .udp ? bindDatagrams() : bindStreams()).get()
        configuration.onBound(channel.localAddress ?? configuration.address)
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await channel.closeFuture.get()
        } onCancelOrGracefulShutdown: {
            channel.close(promise: nil)
        }
        await connections.end()
    }

    private func bindDatagrams() -> EventLoopFuture<any Channel> {
        let (inbox, connections, now) = (inbox, connections, now)
        // A longer datagram is cut off; the message is marked.
        let length = SyslogMessage.maximumLength + 1
        return DatagramBootstrap(group: group)
            .channelOption(.socketOption(.so_rcvbuf), value: .init(configuration.bufferSize))
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: Self.datagrams * length))
            .channelOption(.datagramVectorReadMessageCount, value: Self.datagrams)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        SyslogDatagramHandler(inbox: inbox, connections: connections, now: now))
                }
            }
            .bind(to: configuration.address)
    }

    private func bindStreams() -> EventLoopFuture<any Channel> {
        let (inbox, connections, now, logger) = (inbox, connections, now, logger)
        let (transport, tls, idleTimeout) = (configuration.transport, configuration.tls, configuration.idleTimeout)
        return ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.socketOption(.so_rcvbuf), value: Self.connectionBuffer)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    try pipeline.addHandler(IdleStateHandler(readTimeout: idleTimeout))
                    try pipeline.addHandler(
                        SyslogStreamHandler(transport: transport, inbox: inbox, connections: connections, now: now, logger: logger))
                }
            }
            .bind(to: configuration.address)
    }
}
