package import NIOCore
import NIOPosix
package import NIOSSL

/// Sends messages to a server. Each call opens its own connection: for a few messages now and then.
///
/// Syslog has no acknowledgements: over UDP what arrives is unknown, over TCP and TLS that it was written.
package struct SyslogSender: Sendable {
    package let host: String
    package let port: Int
    package let transport: SyslogTransport
    private let tls: NIOSSLContext?
    private let group: any EventLoopGroup

    /// - Parameter tls: of `.tls`: whom to trust, and the own certificate if the server wants one.
    package init(host: String, port: Int, transport: SyslogTransport, tls: NIOSSLContext? = nil, group: any EventLoopGroup) {
        precondition(transport != .tls || tls != nil, "TLS takes a context")
        self.host = host
        self.port = port
        self.transport = transport
        self.tls = tls
        self.group = group
    }

    /// Throws where the server can't be reached, or closes the connection before all is written.
    package func send(_ messages: [SyslogMessage], timeout: TimeAmount = .seconds(10)) async throws {
        guard transport != .udp else { return try await sendDatagrams(messages) }
        let (host, tls) = (host, tls)
        let channel = try await ClientBootstrap(group: group)
            .connectTimeout(timeout)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let tls else { return }
                    try channel.pipeline.syncOperations.addHandler(
                        NIOSSLClientHandler(context: tls, serverHostname: Self.isAddress(host) ? nil : host))
                }
            }
            .connect(host: host, port: port).get()
        let end = channel.eventLoop.scheduleTask(in: timeout) { channel.close(promise: nil) }
        defer { end.cancel() }
        let frames = ByteBuffer(bytes: messages.flatMap { $0.encodeFrame() })
        do {
            try await channel.writeAndFlush(frames).get()
        } catch {
            channel.close(promise: nil)
            throw error
        }
        try await channel.close()
    }

    private func sendDatagrams(_ messages: [SyslogMessage]) async throws {
        let channel = try await DatagramBootstrap(group: group).connect(host: host, port: port).get()
        do {
            for message in messages { try await channel.writeAndFlush(ByteBuffer(bytes: message.encode())).get() }
        } catch {
            channel.close(promise: nil)
            throw error
        }
        try await channel.close()
    }

    private static func isAddress(_ host: String) -> Bool { (try? SocketAddress(ipAddress: host, port: 0)) != nil }
}
