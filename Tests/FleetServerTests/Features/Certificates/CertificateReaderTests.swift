import NIOCore
import NIOPosix
import Testing

@testable import FleetServer

/// What answers at a card's port 443 may be anything.
struct CertificateReaderTests {
    /// - Parameter answer: what is sent to whoever connects; nil: the connection is closed.
    private func reading(_ answer: [UInt8]?) async throws -> CertificateReader.Finding {
        let group = MultiThreadedEventLoopGroup.singleton
        let server = try await ServerBootstrap(group: group).serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { $0.pipeline.addHandler(Answer(octets: answer)) }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        let finding = await (try CertificateReader(on: group)).read("127.0.0.1", port: port)
        try await server.close()
        return finding
    }

    @Test func whoHangsUpHasNoCertificate() async throws { #expect(try await reading(nil) == .none) }

    @Test(arguments: ["HTTP/1.1 400 Bad Request\r\n\r\n", "\u{15}\u{3}\u{1}\0\u{2}\u{2}(", String(repeating: "x", count: 70_000)])
    func whatIsNoTLSHasNoCertificate(_ answer: String) async throws { #expect(try await reading(Array(answer.utf8)) == .none) }

    @Test func nobodyThereIsNoCertificate() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let server = try await ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        try await server.close()
        #expect(await (try CertificateReader(on: group)).read("127.0.0.1", port: port) == .none)
    }
}

/// Says something to whoever connects, or hangs up.
private final class Answer: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let octets: [UInt8]?

    init(octets: [UInt8]?) { self.octets = octets }

    func channelActive(context: ChannelHandlerContext) {
        if let octets {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: octets)), promise: nil)
        } else {
            context.close(promise: nil)
        }
    }
}
