import NIOCore

/// Answers the requests on a serial line, t3.5 after each, as the line's rules ask.
///
/// Lives on its channel's event loop.
final class RTUServerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Answers that may be owed at once; requests beyond are dropped. A client on a serial line waits for each.
    private static let maxOwed = 16
    /// How long an answer may lie unread. Whoever asked has given up by then, and the next client must not find it.
    private static let shelfLife = TimeAmount.seconds(1)

    private let responder: Responder
    private let admit: Admit?
    private let dropUnread: @Sendable () -> Void
    private var assembler: RTUFrameAssembler
    private var silence: Scheduled<Void>?
    private var owed = 0
    private var expiry: Scheduled<Void>?

    /// - Parameter dropUnread: drops the bytes on the line that the client has not read, where the line itself does not.
    init(responder: Responder, timing: RTUTiming, admit: Admit?, dropUnread: @escaping @Sendable () -> Void) {
        self.responder = responder
        self.admit = admit
        self.dropUnread = dropUnread
        assembler = RTUFrameAssembler(listener: .server, timing: timing)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received(assembler.received(unwrapInboundIn(data), at: .now()), context)
        silence?.cancel()
        silence = assembler.silenceDue.map { due in
            context.eventLoop.assumeIsolated().scheduleTask(deadline: due) {
                self.received(self.assembler.silenceReached(), context)
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        silence?.cancel()
        expiry?.cancel()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func received(_ frames: [RTUFrame], _ context: ChannelHandlerContext) {
        // What has not been read by now is no answer to these.
        if !frames.isEmpty { dropUnread() }
        for frame in frames {
            guard let delay = (admit?() ?? .answer).delay else { continue }
            answer(frame, after: assembler.timing.silence + delay, context)
        }
    }

    private func answer(_ frame: RTUFrame, after delay: TimeAmount, _ context: ChannelHandlerContext) {
        guard owed < Self.maxOwed else { return }
        owed += 1
        context.eventLoop.assumeIsolated().scheduleTask(in: delay) {
            self.owed -= 1
            // Nobody reads the line while it is not writable: bytes on a wire are lost then, too.
            guard let answer = self.responder.answer(to: frame), context.channel.isWritable else { return }
            self.expiry?.cancel()
            let departure = context.writeAndFlush(self.wrapOutboundOut(answer.encoded))
            departure.assumeIsolated().whenSuccess {
                self.expiry?.cancel()
                self.expiry = context.eventLoop.assumeIsolated().scheduleTask(in: Self.shelfLife) { self.dropUnread() }
            }
        }
    }
}
