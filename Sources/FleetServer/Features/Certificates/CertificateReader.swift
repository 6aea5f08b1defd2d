import FoundationEssentials
import NIOCore
import NIOPosix
import NIOSSL

/// Asks a card's HTTPS for its certificate, and for nothing else: the connection ends with the handshake.
struct CertificateReader: Sendable {
    enum Finding: Sendable, Equatable {
        /// Until when the certificate is good.
        case expires(Date)
        /// Nothing listens there, or what listens speaks no TLS.
        case none
        /// Nobody answered: it says nothing of the certificate.
        case silent
    }

    /// For connecting, and for the handshake after it. A card's processor needs seconds for an RSA key.
    static let patience = TimeAmount.seconds(10)

    private let group: any EventLoopGroup
    private let context: NIOSSLContext

    init(on group: any EventLoopGroup) throws {
        self.group = group
        var configuration = TLSConfiguration.makeClientConfiguration()
        // Old cards speak nothing newer; nothing secret is sent.
        configuration.minimumTLSVersion = .tlsv1
        configuration.certificateVerification = .noHostnameVerification
        context = try NIOSSLContext(configuration: configuration)
    }

    func read(_ address: String, port: Int) async -> Finding {
        let found = group.any().makePromise(of: Finding.self)
        let connecting = ClientBootstrap(group: group).connectTimeout(Self.patience)
            .channelInitializer { [context] channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(context: context, serverHostname: nil) {
                        (chain: [NIOSSLCertificate], trusted: EventLoopPromise<NIOSSLVerificationResult>) in
                        found.succeed(chain.first.map { .expires(Date(timeIntervalSince1970: TimeInterval($0.notValidAfter))) } ?? .none)
                        trusted.succeed(.failed)
                    }
                    try channel.pipeline.syncOperations.addHandlers(handler, HandshakeEnd(found))
                }
            }
            .connect(host: address, port: port)
        connecting.whenFailure { error in
            let isRefused = (error as? IOError)?.errnoCode == ECONNREFUSED || (error as? NIOConnectionError)?.isRefused ?? false
            found.succeed(isRefused ? .none : .silent)
        }
        let finding = (try? await found.futureResult.get()) ?? .silent
        if let channel = try? await connecting.get() { try? await channel.close() }
        return finding
    }
}

extension NIOConnectionError {
    fileprivate var isRefused: Bool {
        !connectionErrors.isEmpty && connectionErrors.allSatisfy { ($0.error as? IOError)?.errnoCode == ECONNREFUSED }
    }
}

/// Says that there was no certificate, when the connection ends or nothing comes.
private final class HandshakeEnd: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let found: EventLoopPromise<CertificateReader.Finding>
    private var deadline: Scheduled<Void>?

    init(_ found: EventLoopPromise<CertificateReader.Finding>) { self.found = found }

    func channelActive(context: ChannelHandlerContext) {
        deadline = context.eventLoop.scheduleTask(in: CertificateReader.patience) { [found] in found.succeed(.silent) }
        context.fireChannelActive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        found.succeed(.none)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        found.succeed(.none)
        context.fireChannelInactive()
    }
}
