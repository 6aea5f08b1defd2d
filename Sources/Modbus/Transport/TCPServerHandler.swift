import NIOCore

/// One client's connection to a server: every whole frame is answered, unless a fault is injected.
///
/// Lives on its channel's event loop.
final class TCPServerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Late answers that may be owed at once; requests beyond are dropped.
    private static let maxDelayed = 16

    private let responder: Responder
    private let admit: Admit?
    private var assembler = TCPFrameAssembler()
    private var delayed = 0

    init(responder: Responder, admit: Admit?) {
        self.responder = responder
        self.admit = admit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        assembler.append(unwrapInboundIn(data))
        do throws(ModbusDecodingError) {
            while let frame = try assembler.next() { received(frame, context) }
        } catch {
            // No Modbus, and no way to find the next frame.
            context.close(promise: nil)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func received(_ frame: TCPFrame, _ context: ChannelHandlerContext) {
        guard let delay = (admit?() ?? .answer).delay else { return }
        guard delay > .zero else {
            context.write(wrapOutboundOut(responder.answer(to: frame).encoded), promise: nil)
            return
        }
        guard delayed < Self.maxDelayed else { return }
        delayed += 1
        context.eventLoop.assumeIsolated().scheduleTask(in: delay) {
            self.delayed -= 1
            context.writeAndFlush(self.wrapOutboundOut(self.responder.answer(to: frame).encoded), promise: nil)
        }
    }
}
