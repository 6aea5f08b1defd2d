import AsyncAlgorithms
import FoundationEssentials
import Logging
import PowerDevice
import ServiceLifecycle
import Synchronization

/// What one poll brought, ready to be stored and told.
struct PollRecord: Sendable {
    let card: Card
    let change: CardStatusStore.Change
    /// The values for the history; nil after a read of the status points, or of nothing.
    let sample: TelemetryStore.Sample?
    /// Whether lists show something else than before.
    let isNews: Bool
}

/// Stores what the polls bring, one transaction for all that has come in meanwhile, and then tells the watchers.
final class PollRecorder: Service {
    static let interval = Duration.milliseconds(500)
    /// Records that wait while the database does not take them; the oldest samples go first, counted.
    static let capacity = 200_000

    private struct Pending: Sendable {
        var records: [PollRecord] = []
        var dropped: UInt64 = 0
    }

    private let statuses: CardStatusStore
    private let telemetry: TelemetryStore
    private let hub: EventHub
    private let logger: Logger
    private let pending = Mutex(Pending())

    init(statuses: CardStatusStore, telemetry: TelemetryStore, hub: EventHub, logger: Logger) {
        self.statuses = statuses
        self.telemetry = telemetry
        self.hub = hub
        self.logger = logger
    }

    /// Records that were lost because the database did not take them for too long.
    var dropped: UInt64 { pending.withLock { $0.dropped } }

    func submit(_ record: PollRecord) { add([record], atFront: false) }

    func run() async throws {
        for await _ in AsyncTimerSequence(interval: Self.interval, clock: .continuous).cancelOnGracefulShutdown() {
            await flush()
        }
        await flush()
    }

    private func add(_ records: [PollRecord], atFront: Bool) {
        pending.withLock { pending in
            pending.records.insert(contentsOf: records, at: atFront ? 0 : pending.records.count)
            let excess = pending.records.count - Self.capacity
            if excess > 0 {
                pending.records.removeFirst(excess)
                pending.dropped += UInt64(excess)
            }
        }
    }

    private func flush() async {
        let records = pending.withLock { pending in
            defer { pending.records = [] }
            return pending.records
        }
        guard !records.isEmpty else { return }
        do {
            let edges = try await statuses.record(records.map(\.change))
            try await telemetry.append(records.compactMap(\.sample))
            tell(records, edges)
        } catch {
            logger.error("readings can't be stored; trying again", metadata: ["error": "\(error)", "records": "\(records.count)"])
            add(records, atFront: true)
        }
    }

    private func tell(_ records: [PollRecord], _ edges: [CardStatusStore.AlarmEdge]) {
        for record in records {
            let change = record.change
            if record.isNews { hub.publish(.card(CardResource(card: record.card, status: change.status), at: change.at)) }
            if change.alarms != nil {
                hub.publish(.readings(card: change.card, at: change.at, readings: change.status.readings))
            }
        }
        for edge in edges { hub.publish(.alarm(edge)) }
    }
}
