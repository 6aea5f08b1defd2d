package import NIOCore
import NIOHTTP1
import NIOPosix

/// Fetches a device's description: one GET, no redirects, bounded in size and time.
package struct DescriptionFetch: Sendable {
    package enum Failure: Error, Equatable, Sendable { case status(Int), tooLong, closed, tooLate }

    static let patience = TimeAmount.seconds(4)

    private let group: any EventLoopGroup

    package init(on group: any EventLoopGroup) { self.group = group }

    /// Throws what connecting throws, `Failure`, or `SSDPDecodingError`.
    package func description(at location: DescriptionLocation) async throws -> DeviceDescription {
        let document = try await document(at: location)
        return try DeviceDescription(decoding: document)
    }

    private func document(at location: DescriptionLocation) async throws -> ByteBuffer {
        let loop = group.next()
        let promise = loop.makePromise(of: ByteBuffer.self)
        let address: SocketAddress
        do {
            address = try SocketAddress(ipAddress: location.host, port: location.port)
        } catch {
            promise.fail(error)
            throw error
        }
        let connection = ClientBootstrap(group: loop).connectTimeout(Self.patience)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(Fetcher(location, promise))
                }
            }
            .connect(to: address)
        connection.whenFailure { promise.fail($0) }
        let timeout = loop.scheduleTask(in: Self.patience) { promise.fail(Failure.tooLate) }
        promise.futureResult.whenComplete { _ in
            timeout.cancel()
            connection.whenSuccess { $0.close(promise: nil) }
        }
        return try await promise.futureResult.get()
    }
}

/// Sends the request when connected, and collects the answer.
private final class Fetcher: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let location: DescriptionLocation
    private let promise: EventLoopPromise<ByteBuffer>
    private var document = ByteBuffer()

    init(_ location: DescriptionLocation, _ promise: EventLoopPromise<ByteBuffer>) {
        self.location = location
        self.promise = promise
    }

    func channelActive(context: ChannelHandlerContext) {
        let headers = HTTPHeaders([("Host", "\(location.host):\(location.port)"), ("Connection", "close"), ("Accept", "text/xml")])
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: location.path, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): if head.status != .ok { promise.fail(DescriptionFetch.Failure.status(Int(head.status.code))) }
        case .body(let part):
            guard document.readableBytes + part.readableBytes <= DeviceDescription.maximumLength else {
                return promise.fail(DescriptionFetch.Failure.tooLong)
            }
            document.writeImmutableBuffer(part)
        case .end: promise.succeed(document)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { promise.fail(DescriptionFetch.Failure.closed) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(error)
        context.close(promise: nil)
    }
}
