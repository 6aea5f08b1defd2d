import FoundationEssentials
import NIOCore
import NIOPosix
import NIOSSL

/// Sends messages to a syslog server: by UDP (RFC 5426), TCP (RFC 6587, counted octets) or TLS (RFC 5425).
struct SyslogChannel: NotificationChannel {
    private static let connectTimeout = TimeAmount.seconds(10)
    private static let timeout = TimeAmount.seconds(25)

    let host: String
    let port: Int
    let transport: ChannelSettings.Transport
    let facility: Int
    let hostname: String
    let tls: NIOSSLContext?

    func send(_ message: NotificationMessage) async -> DeliveryOutcome {
        let octets = SyslogLine(facility: facility, hostname: hostname, message: message).octets
        do {
            if transport == .udp {
                try await sendDatagram(octets)
                return .delivered("Sent \(octets.count) octets to \(host):\(port) by UDP, which nobody acknowledges.")
            }
            try await sendStream(Array("\(octets.count) ".utf8) + octets)
            return .delivered("Written \(octets.count) octets to \(host):\(port) by \(transport == .tls ? "TLS" : "TCP").")
        } catch let error as NIOConnectionError {
            return .failed("No connection to \(host):\(port): \(error.connectionErrors.first.map { "\($0.error)" } ?? "no address")")
        } catch {
            return .failed("\(host):\(port): \(error)")
        }
    }

    private func sendDatagram(_ octets: [UInt8]) async throws {
        let far = try SocketAddress.makeAddressResolvingHost(host, port: port)
        let local = try SocketAddress(ipAddress: far.protocol == .inet6 ? "::" : "0.0.0.0", port: 0)
        let channel = try await DatagramBootstrap(group: .singletonMultiThreadedEventLoopGroup).bind(to: local).get()
        do {
            try await channel.writeAndFlush(AddressedEnvelope(remoteAddress: far, data: ByteBuffer(bytes: octets))).get()
        } catch {
            try? await channel.close().get()
            throw error
        }
        try await channel.close().get()
    }

    private func sendStream(_ octets: [UInt8]) async throws {
        let (host, tls) = (host, tls)
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(Self.connectTimeout)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let tls else { return }
                    let name = (try? SocketAddress(ipAddress: host, port: 0)) == nil ? host : nil
                    try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: tls, serverHostname: name))
                }
            }.connect(host: host, port: port).get()
        // Whoever takes nothing does not hold us up for longer.
        let end = channel.eventLoop.scheduleTask(in: Self.timeout) { channel.close(promise: nil) }
        defer { end.cancel() }
        do {
            try await channel.writeAndFlush(ByteBuffer(bytes: octets)).get()
        } catch {
            try? await channel.close().get()
            throw error
        }
        try? await channel.close().get()
    }
}
