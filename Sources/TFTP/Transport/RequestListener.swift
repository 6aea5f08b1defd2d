import NIOCore
import NIOPosix

/// The socket on which requests arrive. Belongs to one event loop.
final class RequestListener: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    /// What other tasks hold of the listener.
    struct Handle: Sendable {
        let address: SocketAddress
        let channel: any Channel
        let listener: NIOLoopBound<RequestListener>

        func refuse(_ peer: SocketAddress, _ code: TFTPErrorCode, _ message: String) {
            channel.eventLoop.execute { listener.value.outlet?.send(.error(code, message: message), to: peer) }
        }

        func close() {
            channel.close(promise: nil)
        }
    }

    private let descriptor: CInt
    private let desk: RequestDesk
    private let drops: @Sendable () -> Bool
    private let accepts: @Sendable (SocketAddress) -> Bool
    private var outlet: Outlet?

    private init(
        descriptor: CInt, desk: RequestDesk, drops: @escaping @Sendable () -> Bool, accepts: @escaping @Sendable (SocketAddress) -> Bool
    ) {
        self.accepts = accepts
        self.descriptor = descriptor
        self.desk = desk
        self.drops = drops
    }

    static func open(
        _ configuration: TFTPServer.Configuration, desk: RequestDesk, drops: @escaping @Sendable () -> Bool
    ) async throws -> Handle {
        let loop = configuration.eventLoopGroup.next()
        let descriptor = try DatagramSocket.open(boundTo: configuration.address)
        let listener = loop.makePromise(of: NIOLoopBound<RequestListener>.self)
        let opened = DatagramSocket.channel(descriptor, on: loop, datagramSize: TFTPRequest.maximumLength + 4) {
            let handler = RequestListener(descriptor: descriptor, desk: desk, drops: drops, accepts: configuration.accepts)
            listener.succeed(NIOLoopBound(handler, eventLoop: loop))
            return handler
        }
        opened.whenFailure { listener.fail($0) }
        let channel = try await opened.get()
        return Handle(
            address: channel.localAddress ?? configuration.address, channel: channel, listener: try await listener.futureResult.get())
    }

    func handlerAdded(context: ChannelHandlerContext) {
        outlet = Outlet(descriptor: descriptor, loop: context.eventLoop)
    }

    func channelInactive(context: ChannelHandlerContext) {
        outlet?.close()
        desk.close()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // An ICMP error for some peer: no concern of the others.
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        // What is no request is not answered: a reply would only be an echo for whoever forges addresses.
        guard !drops(), accepts(envelope.remoteAddress), let packet = try? TFTPPacket(decoding: envelope.data),
            case .request(let request) = packet
        else { return }
        if case .full = desk.admit(RequestDesk.Arrival(request: request, peer: envelope.remoteAddress)) {
            outlet?.send(.error(.undefined, message: "too many transfers at the moment"), to: envelope.remoteAddress)
        }
    }
}
