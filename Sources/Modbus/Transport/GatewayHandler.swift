import NIOCore
import Synchronization

/// One client's connection to a gateway. Lives on its channel's event loop.
final class GatewayHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    private let client: ArbiterClient
    private let peer: SocketAddress?
    private let maxAge: TimeAmount
    private let route: @Sendable (UInt8) -> GatewayRoute?
    private var queue = GatewayQueue()
    /// Those that this client has asked something of.
    private var arbiters: [ObjectIdentifier: ModbusArbiter] = [:]
    private var context: ChannelHandlerContext?
    private var isReadHeld = false

    init(client: ArbiterClient, peer: SocketAddress?, maxAge: TimeAmount, route: @escaping @Sendable (UInt8) -> GatewayRoute?) {
        self.client = client
        self.peer = peer
        self.maxAge = maxAge
        self.route = route
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        queue.append(unwrapInboundIn(data))
        takeRequests(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        for arbiter in arbiters.values { arbiter.leave(client) }
        context.fireChannelInactive()
    }

    /// While the client is owed too many answers, nothing more is read of it.
    func read(context: ChannelHandlerContext) {
        isReadHeld = queue.isFull
        if !isReadHeld { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func takeRequests(_ context: ChannelHandlerContext) {
        do throws(ModbusDecodingError) {
            while let (number, frame) = try queue.next() {
                received(number, frame, context)
                sendAnswers(context)
            }
        } catch {
            // No Modbus, and no way to find the next frame.
            context.close(promise: nil)
        }
    }

    private func received(_ number: UInt64, _ frame: TCPFrame, _ context: ChannelHandlerContext) {
        guard let route = route(frame.unit) else {
            return queue.answer(number, with: .exception(RequestGate.refusal(of: frame.pdu, .gatewayPathUnavailable)))
        }
        switch RequestGate(allowsWrites: route.onWrite != nil).admit(frame.pdu) {
        case .failure(let refusal): queue.answer(number, with: .exception(refusal))
        case .success(let request): forward(number, request, by: route, context)
        }
    }

    private func forward(_ number: UInt64, _ request: ModbusRequest, by route: GatewayRoute, _ context: ChannelHandlerContext) {
        arbiters[ObjectIdentifier(route.arbiter)] = route.arbiter
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        let loop = context.eventLoop
        let peer = peer
        route.arbiter.submit(request, unit: route.unit, of: client, maxAge: maxAge) { result in
            if request.isWrite { route.onWrite?(request, peer, result) }
            loop.execute { handler.value.answered(number, request, result) }
        }
    }

    private func answered(_ number: UInt64, _ request: ModbusRequest, _ result: Result<ArbiterAnswer, ModbusError>) {
        guard let context else { return }
        switch result {
        case .success(let answer): queue.answer(number, with: answer.response)
        case .failure(let error):
            queue.answer(number, with: .exception(ExceptionResponse(function: request.function, exception: error.gatewayException)))
        }
        sendAnswers(context)
        takeRequests(context)
        if isReadHeld, !queue.isFull { read(context: context) }
    }

    private func sendAnswers(_ context: ChannelHandlerContext) {
        let frames = queue.takeAnswers()
        guard !frames.isEmpty else { return }
        for frame in frames { context.write(wrapOutboundOut(frame.encoded), promise: nil) }
        context.flush()
    }
}

extension ArbiterClient {
    private static let last = Atomic<UInt64>(0)

    /// Somebody who has not asked before.
    package static func next() -> ArbiterClient {
        ArbiterClient(last.wrappingAdd(1, ordering: .relaxed).newValue)
    }
}
