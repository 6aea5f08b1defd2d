import Logging
import NIOCore
import NIOTLS

/// Reads the messages of one connection. While the inbox is full, nothing more is read: the sender waits.
final class SyslogStreamHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer

    /// Until TLS has to be agreed on.
    private static let handshakeTimeout = TimeAmount.seconds(15)
    /// Until the inbox is looked at again while it is full.
    private static let pause = TimeAmount.milliseconds(20)
    /// Octets that are cut into messages at a time.
    private static let pieceLength = 4096

    private let transport: SyslogTransport
    private let inbox: SyslogInbox
    private let connections: SyslogConnections
    private let now: @Sendable () -> Int64
    private let logger: Logger
    private var deframer = SyslogDeframer()
    private var source = ""
    /// Nil unless the connection counts.
    private var channel: (any Channel)?
    /// Octets that were not looked at while the inbox was full: what the socket held when the sender closed it, at most.
    private var waiting = ByteBuffer()
    /// What the inbox had no room for, of one piece.
    private var pending: [SyslogArrival] = []
    private var isReadWanted = false
    private var isEnded = false
    private var isPausing = false
    private var handshake: Scheduled<Void>?
    private var hasFailed = false

    init(
        transport: SyslogTransport, inbox: SyslogInbox, connections: SyslogConnections, now: @escaping @Sendable () -> Int64, logger: Logger
    ) {
        self.transport = transport
        self.inbox = inbox
        self.connections = connections
        self.now = now
        self.logger = logger
    }

    // MARK: The connection's life

    func channelActive(context: ChannelHandlerContext) {
        source = context.remoteAddress?.plainIPAddress ?? ""
        guard connections.admit(context.channel, from: source) else { return context.close(promise: nil) }
        channel = context.channel
        if transport == .tls {
            handshake = context.eventLoop.assumeIsolated().scheduleTask(in: Self.handshakeTimeout) {
                self.fail(context) { $0.failedHandshakes &+= 1 }
            }
        }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent {
            handshake?.cancel()
            handshake = nil
        }
        if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if handshake != nil { fail(context) { $0.failedHandshakes &+= 1 } }
        isEnded = true
        if channel != nil { proceed(context) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let isHandshake = handshake != nil
        if isHandshake {
            logger.info("TLS was not agreed on with a sender of syslog", metadata: ["address": "\(source)", "error": "\(error)"])
        }
        fail(context) { if isHandshake { $0.failedHandshakes &+= 1 } }
    }

    /// Counts the connection's failure, the first one only, and closes it.
    private func fail(_ context: ChannelHandlerContext, _ change: (inout SyslogStatistics) -> Void) {
        handshake?.cancel()
        handshake = nil
        if !hasFailed { connections.count(change) }
        hasFailed = true
        context.close(promise: nil)
    }

    // MARK: Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var octets = unwrapInboundIn(data)
        waiting.writeBuffer(&octets)
        proceed(context)
    }

    func read(context: ChannelHandlerContext) {
        if pending.isEmpty, waiting.readableBytes == 0, inbox.hasRoom { return context.read() }
        isReadWanted = true
        pause(context)
    }

    /// Hands on what is there; reads on, or ends, when that is done.
    private func proceed(_ context: ChannelHandlerContext) {
        guard handOn(context) else { return pause(context) }
        if isEnded {
            channel.map { connections.leave($0, from: source) }
            channel = nil
        } else if isReadWanted {
            isReadWanted = false
            context.read()
        }
    }

    private func pause(_ context: ChannelHandlerContext) {
        guard !isPausing else { return }
        isPausing = true
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            self.isPausing = false
            self.proceed(context)
        }
    }

    /// False if there is something that the inbox has no room for.
    private func handOn(_ context: ChannelHandlerContext) -> Bool {
        while true {
            deliver()
            guard pending.isEmpty else { return false }
            guard waiting.readableBytes > 0 else {
                guard isEnded, let last = deframer.ended() else { return true }
                take([last])
                continue
            }
            guard inbox.hasRoom, let piece = waiting.readSlice(length: min(Self.pieceLength, waiting.readableBytes)) else { return false }
            take(deframer.received(piece.readableBytesView))
            guard let failure = deframer.failure, !hasFailed else { continue }
            logger.info("a sender of syslog was cut off", metadata: ["address": "\(source)", "error": "\(failure)"])
            fail(context) { $0.framingErrors &+= 1 }
        }
    }

    private func take(_ frames: [SyslogFrame]) {
        guard !frames.isEmpty else { return }
        let now = now()
        for frame in frames {
            let message = SyslogMessage(frame.octets, now: now, isTruncated: frame.isTruncated)
            pending.append(SyslogArrival(source: source, transport: transport, message: message))
        }
    }

    /// Once nobody fetches any more, what is left is lost.
    private func deliver() {
        guard !pending.isEmpty else { return }
        let before = pending
        let isTaken = inbox.offer(&pending)
        let delivered = before.prefix(before.count - pending.count)
        let lost = isTaken ? 0 : pending.count
        if !isTaken { pending = [] }
        connections.count { statistics in
            statistics.received &+= UInt64(delivered.count)
            statistics.truncated &+= UInt64(delivered.count { $0.message.isTruncated })
            statistics.queueFull &+= UInt64(lost)
        }
    }
}
