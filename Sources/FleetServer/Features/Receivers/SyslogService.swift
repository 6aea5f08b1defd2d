import FoundationEssentials
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle
import Synchronization
import Syslog

/// Hears what cards say by syslog: stores their lines, tells what they say of alarms, and lets the card be polled at once.
///
/// Without a port it tries again from time to time; the server does everything else nonetheless.
final class SyslogService: Service {
    /// Until a port is tried again.
    static let retryInterval = Duration.seconds(60)
    /// Messages that are looked at together, so that the shutdown does not wait for a full inbox.
    private static let batch = 1000

    /// One of the ways in.
    struct Port: Sendable {
        var state = ReceiverState.off
        var address: SocketAddress?
        /// Why it is not heard.
        var problem: String?
        /// Of listeners that have ended.
        var before = SyslogStatistics()
        var listener: SyslogListener?

        var statistics: SyslogStatistics { listener.map { before + $0.statistics } ?? before }
    }

    private struct Shared: Sendable {
        var ports: [SyslogTransport: Port] = [:]
        var intake = SyslogIntake()
    }

    private let settings: SyslogSettings
    private let tls: NIOSSLContext?
    private let find: @Sendable (CardMark) -> Card?
    private let hurry: @Sendable (Int64) -> Void
    private let journal: ReceiverJournal
    private let report: @Sendable ([AlarmReport]) -> Void
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let inbox = SyslogInbox()
    private let shared = Mutex(Shared())
    private let bound = AsyncStream.makeStream(of: (SyslogTransport, SocketAddress).self, bufferingPolicy: .bufferingNewest(3))

    /// Throws where the files that TLS needs can't be used.
    ///
    /// - Parameters:
    ///   - find: the card of a mark. - hurry: lets a card be polled at once.
    ///   - report: is told what messages say of alarms.
    init(
        settings: SyslogSettings, find: @Sendable @escaping (CardMark) -> Card?, hurry: @Sendable @escaping (Int64) -> Void,
        journal: ReceiverJournal, report: @Sendable @escaping ([AlarmReport]) -> Void, now: @Sendable @escaping () -> Date, logger: Logger
    ) throws {
        self.settings = settings
        tls = try settings.tlsContext()
        self.find = find
        self.hurry = hurry
        self.journal = journal
        self.report = report
        self.now = now
        self.logger = logger
        let ports = settings.listen.mapValues { _ in Port(state: .unavailable) }
        shared.withLock { $0.ports = ports }
    }

    /// Where syslog is heard, as soon as a socket is open. For one watcher.
    var addresses: AsyncStream<(SyslogTransport, SocketAddress)> { bound.stream }
    func port(_ transport: SyslogTransport) -> Port { shared.withLock { $0.ports[transport] ?? Port() } }
    /// What was received, by the way it came and who sent it.
    var received: [SyslogIntake.Label: UInt64] { shared.withLock { $0.intake.received } }
    /// What came and was lost.
    var lost: UInt64 { SyslogTransport.allCases.reduce(0) { $0 &+ port($1).statistics.lost } }

    func run() async throws {
        guard !settings.listen.isEmpty else { return try await gracefulShutdown() }
        await withDiscardingTaskGroup { group in
            group.addTask {
                await withDiscardingTaskGroup { listeners in
                    for (transport, address) in self.settings.listen {
                        listeners.addTask { await self.keepListening(transport, address) }
                    }
                }
                self.inbox.finish()
            }
            while let batch = await inbox.next() { receive(batch) }
        }
    }

    // MARK: - Listening

    private func keepListening(_ transport: SyslogTransport, _ listen: ListenAddress) async {
        var hasWarned = false
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            do {
                let listener = try makeListener(transport, listen)
                shared.withLock { $0.ports[transport]?.begin(listener) }
                defer { shared.withLock { $0.ports[transport]?.end() } }
                try await listener.run()
            } catch is CancellationError {
                return
            } catch {
                shared.withLock { $0.ports[transport]?.problem = "The port can't be had: \(error)" }
                if !hasWarned { warn(transport, listen, error) }
                hasWarned = true
            }
            guard !Task.isShuttingDownGracefully else { return }
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.retryInterval) }
        }
    }

    private func warn(_ transport: SyslogTransport, _ listen: ListenAddress, _ error: any Error) {
        let key = "syslog.\(transport.rawValue)"
        let text =
            "no syslog is heard over \(transport.rawValue.uppercased()): the port can't be had. Ports below 1024 need a privilege "
            + "(CAP_NET_BIND_SERVICE), and the system's own syslog may hold it. Choose another with \(key), or off."
        logger.warning("\(text)", metadata: ["\(key)": "\(listen)", "error": "\(error)"])
    }

    private func makeListener(_ transport: SyslogTransport, _ listen: ListenAddress) throws -> SyslogListener {
        let (logger, now) = (logger, now)
        let address = try SocketAddress(ipAddress: listen.host, port: listen.port)
        return SyslogListener(
            configuration: .init(
                transport: transport, address: address, tls: transport == .tls ? tls : nil,
                onBound: { [weak self] address in
                    self?.isListening(transport, at: address)
                    logger.notice("hearing syslog", metadata: ["transport": "\(transport.rawValue)", "address": "\(address)"])
                }), inbox: inbox, group: MultiThreadedEventLoopGroup.singleton, now: { Int64(now().timeIntervalSince1970) }, logger: logger)
    }

    private func isListening(_ transport: SyslogTransport, at address: SocketAddress) {
        shared.withLock { shared in
            shared.ports[transport]?.state = .listening
            shared.ports[transport]?.address = address
            shared.ports[transport]?.problem = nil
        }
        bound.continuation.yield((transport, address))
    }

    // MARK: - Messages

    private func receive(_ arrivals: [SyslogArrival]) {
        var rest = arrivals[...]
        while !rest.isEmpty {
            let batch = Array(rest.prefix(Self.batch))
            rest = rest.dropFirst(batch.count)
            let at = now()
            let news = shared.withLock { $0.intake.receive(batch, at: at, find: find) }
            if !news.reports.isEmpty { report(news.reports) }
            for card in news.cards { hurry(card) }
            journal.add(news.messages)
            for (address, stranger) in news.strangers { journal.note(.syslog, at: address, count: stranger.count, text: stranger.text) }
        }
    }
}

/// Whether a receiver receives.
enum ReceiverState: String, Encodable, Sendable, CaseIterable {
    /// Not wanted.
    case off
    case listening
    /// The port can't be had.
    case unavailable
}

extension SyslogService.Port {
    fileprivate mutating func begin(_ listener: SyslogListener) { self.listener = listener }

    /// The counters go on with the next listener.
    fileprivate mutating func end() {
        before = statistics
        listener = nil
        state = .unavailable
        address = nil
    }
}

extension SyslogStatistics {
    fileprivate static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.received &+= right.received
        sum.truncated &+= right.truncated
        sum.queueFull &+= right.queueFull
        sum.overflowed &+= right.overflowed
        sum.connections = right.connections
        sum.accepted &+= right.accepted
        sum.refused &+= right.refused
        sum.failedHandshakes &+= right.failedHandshakes
        sum.framingErrors &+= right.framingErrors
        return sum
    }
}
