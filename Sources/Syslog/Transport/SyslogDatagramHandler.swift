import Glibc
import NIOCore

/// Reads a message from each datagram.
final class SyslogDatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    /// Handed on together.
    private static let batchCount = 512
    /// Between looks at the system's counter of datagrams dropped.
    private static let lookInterval = TimeAmount.milliseconds(200)

    private let inbox: SyslogInbox
    private let connections: SyslogConnections
    private let now: @Sendable () -> Int64
    private var batch: [SyslogArrival] = []
    private var nextLook = NIODeadline.uptimeNanoseconds(0)
    private var overflow: UInt32 = 0

    init(inbox: SyslogInbox, connections: SyslogConnections, now: @escaping @Sendable () -> Int64) {
        self.inbox = inbox
        self.connections = connections
        self.now = now
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard let source = envelope.remoteAddress.plainIPAddress, envelope.data.readableBytes > 0 else { return }
        let message = SyslogMessage(envelope.data.readableBytesView, now: now())
        batch.append(SyslogArrival(source: source, transport: .udp, message: message))
        if batch.count >= Self.batchCount { deliver() }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        deliver()
        guard .now() >= nextLook else { return }
        nextLook = .now() + Self.lookInterval
        countOverflow(of: context.channel)
    }

    private func deliver() {
        guard !batch.isEmpty else { return }
        let (count, truncated) = (batch.count, batch.count { $0.message.isTruncated })
        inbox.offer(&batch)
        let lost = batch.count
        batch.removeAll(keepingCapacity: true)
        connections.count { statistics in
            statistics.received &+= UInt64(count - lost)
            statistics.truncated &+= UInt64(truncated)
            statistics.queueFull &+= UInt64(lost)
        }
    }

    /// The system's counter wraps.
    private func countOverflow(of channel: any Channel) {
        guard let provider = channel as? any SocketOptionProvider else { return }
        let answer: EventLoopFuture<SocketMemory> = provider.unsafeGetSocketOption(
            level: .init(rawValue: SOL_SOCKET), name: .init(rawValue: SocketMemory.option))
        answer.assumeIsolated().whenSuccess { memory in
            self.connections.count { $0.overflowed &+= UInt64(memory.drops &- self.overflow) }
            self.overflow = memory.drops
        }
    }
}

/// SO_MEMINFO, as linux/sock_diag.h counts it: the ninth number is that of the datagrams dropped.
private struct SocketMemory: Sendable {
    static let option: CInt = 55

    private var first: (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32)
    var drops: UInt32
}

extension SocketAddress {
    /// Without a port or a zone; an IPv4-mapped address in the form of IPv4.
    var plainIPAddress: String? {
        guard let text = ipAddress else { return nil }
        return text.hasPrefix("::ffff:") && text.contains(".") ? String(text.dropFirst(7)) : text
    }
}
