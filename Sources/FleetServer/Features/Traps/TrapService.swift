import AsyncAlgorithms
import FoundationEssentials
import Logging
import NIOCore
import NetVision
import SNMP
import ServiceLifecycle
import Synchronization

/// Hears what cards report of themselves: tells it to the watchers, and lets the card be polled at once.
///
/// The users of version 3 are those of the inventory and of the configuration. Without its port it tries again from time to time; the
/// server does everything else nonetheless.
final class TrapService: Service {
    enum State: String, Encodable, Sendable, CaseIterable {
        /// Not wanted.
        case off
        case listening
        /// The port can't be had.
        case unavailable
    }

    /// Until the port is tried again.
    static let retryInterval = Duration.seconds(60)

    private struct Shared: Sendable {
        var state: State
        var listener: TrapListener?
        var address: SocketAddress?
        /// Of the inventory.
        var users: Set<USMUser> = []
        var intake = TrapIntake()
    }

    private let settings: TrapSettings
    private let poller: PollService
    /// Told who sends notifications and is no card of the inventory.
    private let stranger: @Sendable (String) -> Void
    /// Told what traps tell of alarms.
    private let report: @Sendable ([AlarmReport]) -> Void
    /// Told what strangers have sent.
    private let unknown: @Sendable ([String: TrapIntake.Unknown]) -> Void
    private let hub: EventHub
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let shared: Mutex<Shared>
    private let start = ContinuousClock.now
    private let bound = AsyncStream.makeStream(of: SocketAddress.self, bufferingPolicy: .bufferingNewest(1))

    init(
        settings: TrapSettings, poller: PollService, stranger: @Sendable @escaping (String) -> Void = { _ in },
        report: @Sendable @escaping ([AlarmReport]) -> Void = { _ in },
        unknown: @Sendable @escaping ([String: TrapIntake.Unknown]) -> Void = { _ in }, hub: EventHub,
        now: @Sendable @escaping () -> Date, logger: Logger
    ) {
        self.settings = settings
        self.poller = poller
        self.stranger = stranger
        self.report = report
        self.unknown = unknown
        self.hub = hub
        self.now = now
        self.logger = logger
        shared = Mutex(Shared(state: settings.listen == nil ? .off : .unavailable))
    }

    var state: State { shared.withLock { $0.state } }
    /// Where traps are heard, as soon as the socket is open. For one watcher.
    var addresses: AsyncStream<SocketAddress> { bound.stream }
    /// What was received, by its kind and who sent it.
    var tally: TrapTally { shared.withLock { $0.intake.tally } }
    /// Why datagrams brought no notification.
    var statistics: TrapStatistics { shared.withLock { $0.listener }?.statistics ?? TrapStatistics() }
    /// Where traps are heard; nil before the socket is open.
    var boundAddress: SocketAddress? { shared.withLock { $0.state == .listening ? $0.address : nil } }
    /// Whose notifications were refused since this was asked before.
    func takeRefused() -> [RefusedSender] { shared.withLock { $0.listener }?.takeRefused() ?? [] }

    func run() async throws {
        guard let listen = settings.listen else { return try await gracefulShutdown() }
        let address = try SocketAddress(ipAddress: listen.host, port: listen.port)
        let inventory = AsyncStream.makeStream(of: Never.self)
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await users in self.poller.users.cancelOnGracefulShutdown() {
                    self.admit(users)
                    inventory.continuation.finish()
                }
                inventory.continuation.finish()
            }
            // A trap that came before the inventory is known would be taken for a stranger's.
            for await _ in inventory.stream {}
            await keepListening(at: address, listen)
            group.cancelAll()
        }
    }

    /// The inventory's users have changed.
    private func admit(_ users: Set<USMUser>) {
        shared.withLock { shared in
            shared.users = users
            shared.listener?.admission = settings.admission(shared.users)
        }
    }

    private func keepListening(at address: SocketAddress, _ listen: ListenAddress) async {
        var hasWarned = false
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            do {
                try await listenOnce(at: address)
                return
            } catch is CancellationError {
                return
            } catch {
                shared.withLock { $0.state = .unavailable }
                if !hasWarned {
                    let text =
                        "no traps are heard: the port can't be had. Ports below 1024 need a privilege (CAP_NET_BIND_SERVICE), "
                        + "and another trap receiver may hold it. Choose another with traps.listen, or off."
                    logger.warning("\(text)", metadata: ["traps.listen": "\(listen)", "error": "\(error)"])
                }
                hasWarned = true
            }
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.retryInterval) }
        }
    }

    private func listenOnce(at address: SocketAddress) async throws {
        let listener = makeListener(address)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run() }
            group.addTask {
                for await batch in listener.notifications { self.receive(batch) }
            }
            try await group.waitForAll()
        }
    }

    private func makeListener(_ address: SocketAddress) -> TrapListener {
        let logger = logger
        return shared.withLock { shared in
            let listener = TrapListener(
                configuration: .init(
                    address: address, admission: settings.admission(shared.users),
                    onBound: { [weak self] address in
                        self?.isListening(at: address)
                        logger.notice("hearing traps", metadata: ["address": "\(address)"])
                    }), logger: logger)
            shared.listener = listener
            return listener
        }
    }

    private func isListening(at address: SocketAddress) {
        shared.withLock { ($0.state, $0.address) = (.listening, address) }
        bound.continuation.yield(address)
    }

    private func receive(_ batch: [ReceivedNotification]) {
        let arrivals = batch.map(TrapIntake.Arrival.init)
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        let news = shared.withLock { shared in
            shared.intake.receive(
                arrivals, now: elapsed,
                find: { source, agent in poller.card(at: source) ?? agent.flatMap(poller.card(at:)) }, marked: poller.card)
        }
        let at = now()
        report(news.traps.compactMap { .trap($0.trap, of: $0.card, at: at) })
        for card in news.cards { poller.hurry(card) }
        for address in news.unknown.keys { stranger(address) }
        if !news.unknown.isEmpty { unknown(news.unknown) }
        if hub.watcherCount > 0 {
            for event in news.events { hub.publish(.trap(event, at: at)) }
        }
        if let strangers = news.strangers {
            logger.notice(
                "traps from senders that are no cards of the inventory",
                metadata: ["count": "\(strangers.count)", "last.address": "\(strangers.lastAddress)"])
        }
    }
}
