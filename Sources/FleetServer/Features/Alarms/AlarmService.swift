import Alarming
import AsyncAlgorithms
import FoundationEssentials
import HTTPTypes
import Logging
import PowerDevice
import ServiceLifecycle
import Synchronization

/// Keeps the alarms: takes what is reported of them, stores what changes, and tells it.
///
///     report ──► AlarmBoard: is it news? ──► waiting steps ──► transaction ──► stream, onEvents
///
/// `report` costs a look-up and never waits. Steps are stored as soon as there are some, all that have come in meanwhile in one
/// transaction; what the database does not take is kept, up to a bound, and tried again. The board knows what is open in the whole fleet:
/// with several servers it follows what the others record.
final class AlarmService: Service {
    /// Steps that may wait for the database.
    static let capacity = 200_000
    /// From the begin of a transaction to the next one.
    static let pace = Duration.milliseconds(20)
    /// Until a transaction that failed is tried again.
    static let retry = Duration.seconds(1)
    /// Between looks at what others have recorded, and at what time changes.
    static let tick = Duration.seconds(1)
    /// Ticks between comparisons of the board with the records, and between looks for what is too old.
    static let reloadTicks = 60
    static let pruneTicks = 10

    let store: AlarmStore
    private let storage: StorageMonitor
    private let hub: EventHub
    private let clock: SteadyClock
    private let now: @Sendable () -> Date
    private let logger: Logger
    /// Seconds that alarms are kept after their end.
    private let retention: TimeInterval
    /// Named in alarms of the server itself where there are several servers.
    private let instance: String?
    /// Called after each commit with new events.
    private let onEvents: @Sendable () -> Void
    private let board: Mutex<AlarmBoard>
    private let follower = Mutex(Follower())
    private let wake = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// What is known of the events.
    private struct Follower: Sendable {
        /// All events up to it are known.
        var last: Int64 = 0
        /// Later ones that are this server's own.
        var own: Set<Int64> = []
        var mustReload = false
        var shards: Set<Int>?
        var ticks = 0
    }

    init(
        store: AlarmStore, storage: StorageMonitor, hub: EventHub, instance: String? = nil, retentionDays: Int = 1825,
        capacity: Int = AlarmService.capacity, clock: SteadyClock = .process, now: @Sendable @escaping () -> Date = { Date() },
        onEvents: @Sendable @escaping () -> Void = {}, logger: Logger
    ) {
        self.store = store
        self.storage = storage
        self.hub = hub
        self.instance = instance
        retention = TimeInterval(retentionDays) * 86_400
        self.clock = clock
        self.now = now
        self.onEvents = onEvents
        self.logger = logger
        board = Mutex(AlarmBoard(capacity: capacity, unseen: Alarm.unseenByPolls))
    }

    /// Claims that were lost because the database did not take them in time.
    var lost: UInt64 { board.withLock { $0.lost } }
    /// Steps that wait for the database.
    var waiting: Int { board.withLock { $0.waiting } }

    /// Takes what is said of alarms. What is no news costs a look-up; what is news is stored soon. Never waits.
    func report(_ reports: [AlarmReport]) {
        guard !reports.isEmpty else { return }
        let arrived = clock.seconds
        let isNews = board.withLock { board in
            for report in reports { board.take(report, asked: report.askedAt.map(clock.seconds(at:)) ?? arrived, now: arrived) }
            return board.isWaiting
        }
        if isNews { wake.continuation.yield() }
    }

    /// From now on this server polls the cards of these shards.
    func own(_ shards: Set<Int>) {
        let isChanged = follower.withLock { follower in
            defer { follower.shards = shards }
            guard follower.shards != shards else { return false }
            follower.mustReload = true
            return true
        }
        if isChanged { board.withLock { $0.keepOwn(shards) } }
    }

    /// Reads what is open. Before this nothing can be compared with it.
    func load() async throws {
        board.withLock { $0.beginReload() }
        let (alarms, last) = try await store.open()
        let seconds = clock.seconds
        board.withLock { $0.reload(alarms, now: seconds) }
        follower.withLock { $0.last = last }
    }

    func run() async throws {
        let ticks = AsyncTimerSequence(interval: Self.tick, clock: .continuous).map { _ in true }
        for await isTick in merge(wake.stream.map { _ in false }, ticks).cancelOnGracefulShutdown() {
            let begin = ContinuousClock.now
            if isTick { await lookAround() }
            let isStored = await flush()
            try? await cancelWhenGracefulShutdown { try await Task.sleep(until: begin + (isStored ? Self.pace : Self.retry)) }
        }
        await flush()
    }

    /// Stores what waits, and tells it. False if the database does not take it.
    @discardableResult
    func flush() async -> Bool {
        while true {
            let edges = board.withLock { $0.begin(limit: AlarmStore.batch) }
            guard !edges.isEmpty else { return true }
            do {
                let written = try await store.write(edges)
                storage.succeeded(in: .fleet)
                board.withLock { $0.stored(gone: written.gone) }
                tell(written.events)
            } catch {
                board.withLock { $0.failed() }
                storage.failed(error, in: .fleet)
                return false
            }
        }
    }

    /// Events that this server has recorded: told, and not followed again.
    func tell(_ events: [AlarmEvent]) {
        guard !events.isEmpty else { return }
        follower.withLock { $0.own.formUnion(events.map(\.id)) }
        publish(events)
        onEvents()
    }

    private func publish(_ events: [AlarmEvent]) {
        guard hub.isWatched else { return }
        for event in events where event.kind.isToldToWatchers { hub.publish(.alarm(event)) }
    }
}

// MARK: - What time and others bring

extension AlarmService {
    /// What else is to be done from time to time. What the database does not let be done now is done the next time.
    func lookAround() async {
        let (seconds, date) = (clock.seconds, now())
        board.withLock { $0.pass(seconds, at: date, instance: instance) }
        let (ticks, mustReload) = follower.withLock { follower in
            follower.ticks += 1
            return (follower.ticks, follower.mustReload || follower.ticks % Self.reloadTicks == 0)
        }
        do {
            try await follow()
            if mustReload { try await reload() }
            tell(try await store.endShelving(now: date))
            if ticks % Self.pruneTicks == 0 { _ = try await store.prune(before: date.addingTimeInterval(-retention)) }
        } catch is CancellationError {
            return
        } catch {
            logger.debug("alarms are not kept in step", metadata: ["error": "\(error)"])
        }
    }

    /// Takes over what others have recorded.
    func follow() async throws {
        while true {
            let last = follower.withLock { $0.last }
            let events = try await store.events(after: last)
            guard let end = events.last?.id else { return }
            let foreign = follower.withLock { follower in
                let foreign = events.filter { !follower.own.contains($0.id) }
                follower.last = end
                follower.own = follower.own.filter { $0 > end }
                return foreign
            }
            let seconds = clock.seconds
            board.withLock { board in
                for event in foreign { board.follow(event, now: seconds) }
            }
            publish(foreign)
        }
    }

    private func reload() async throws {
        board.withLock { $0.beginReload() }
        let alarms = try await store.open().alarms
        let seconds = clock.seconds
        board.withLock { $0.reload(alarms, now: seconds) }
        follower.withLock { $0.mustReload = false }
    }
}

// MARK: - Operators

extension AlarmService {
    func acknowledge(_ ids: [Int64], _ deed: AlarmDeed) async throws -> AlarmStore.Outcome {
        let outcome = try await store.acknowledge(ids, deed)
        tell(outcome.events)
        return outcome
    }

    func unacknowledge(_ id: Int64, _ deed: AlarmDeed) async throws {
        let columns = "acknowledged_at = NULL, acknowledged_by = NULL"
        tell(try await store.change(id, .unacknowledged, deed, columns) { $0.acknowledgedAt != nil })
    }

    func comment(_ id: Int64, _ deed: AlarmDeed) async throws { tell(try await store.comment(id, deed)) }

    func shelve(_ id: Int64, until end: Date, _ deed: AlarmDeed) async throws {
        let values = [SQLValue(end), SQLValue(deed.username), SQLValue(deed.text)]
        tell(try await store.change(id, .shelved, deed, "shelved_until = ?, shelved_by = ?, shelved_reason = ?", values))
    }

    func unshelve(_ id: Int64, _ deed: AlarmDeed) async throws {
        let columns = "shelved_until = NULL, shelved_by = NULL, shelved_reason = NULL"
        tell(try await store.change(id, .unshelved, deed, columns) { $0.shelvedUntil != nil })
    }

    /// Ends an alarm that only its sender could end, and of which nothing has been heard.
    func clear(_ id: Int64, _ deed: AlarmDeed) async throws {
        let columns = "cleared_at = CASE WHEN since > ? THEN since ELSE ? END, flapping = 0"
        let events = try await store.change(id, .cleared, deed, columns, [SQLValue(deed.at), SQLValue(deed.at)]) { alarm in
            guard alarm.source == .trap || alarm.source == .syslog else {
                throw Problem(.conflict, "Only alarms that a trap or a syslog message has raised can be ended by hand.")
            }
            return true
        }
        let seconds = clock.seconds
        board.withLock { board in
            for event in events { board.follow(event, now: seconds) }
        }
        tell(events)
    }
}
