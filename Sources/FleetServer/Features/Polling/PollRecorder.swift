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
    /// The values for the history; nil of a card that did not answer.
    let sample: TelemetryStore.Sample?
    /// Whether lists show something else than before.
    let isNews: Bool
}

/// Stores what the polls bring, one transaction a second for all that has come in meanwhile, and tells the watchers.
///
/// Watchers are told whatever becomes of the storing. What can't be stored is kept and tried again: of each card its last status here, samples
/// by the history, up to its bound.
final class PollRecorder: Service {
    static let interval = Duration.seconds(1)
    /// Samples that wait for the transaction before them; the oldest go first, counted.
    static let capacity = 100_000

    private struct Pending: Sendable {
        var changes: [Int64: CardStatusStore.Change] = [:]
        var samples: [TelemetryStore.Sample] = []
        var cards: [Int64: Card] = [:]
        var dropped: UInt64 = 0

        /// The newest counts, and all that an older one changed with it.
        mutating func add(_ change: CardStatusStore.Change) {
            var change = change
            if let older = changes[change.card] {
                change.isTimeOnly = change.isTimeOnly && older.isTimeOnly
                change.alarms = change.alarms ?? older.alarms
            }
            changes[change.card] = change
        }

        mutating func add(_ sample: TelemetryStore.Sample, of card: Card) {
            cards[card.id] = card
            samples.append(sample)
            guard samples.count > PollRecorder.capacity else { return }
            samples.removeFirst(PollRecorder.capacity / 100)
            dropped += UInt64(PollRecorder.capacity / 100)
        }
    }

    private let statuses: CardStatusStore
    private let telemetry: TelemetryStore
    private let storage: StorageMonitor
    private let hub: EventHub
    private let sinks: [any SampleSink]
    private let logger: Logger
    private let pending = Mutex(Pending())
    /// The active alarms of each card, as they are stored.
    private let alarms = Mutex<[Int64: Set<Alarm>]>([:])

    init(
        statuses: CardStatusStore, telemetry: TelemetryStore, storage: StorageMonitor, hub: EventHub, sinks: [any SampleSink] = [],
        logger: Logger
    ) {
        self.statuses = statuses
        self.telemetry = telemetry
        self.storage = storage
        self.hub = hub
        self.sinks = sinks
        self.logger = logger
    }

    /// Samples that were lost because a transaction took too long.
    var dropped: UInt64 { pending.withLock { $0.dropped } }

    func submit(_ record: PollRecord) {
        pending.withLock { pending in
            pending.add(record.change)
            if let sample = record.sample { pending.add(sample, of: record.card) }
        }
        tell(record)
    }

    func run() async throws {
        for await _ in AsyncTimerSequence(interval: Self.interval, clock: .continuous).cancelOnGracefulShutdown() {
            await flush()
        }
        await flush()
    }

    private func flush() async {
        await storeSamples()
        await storeStatuses()
    }

    private func storeStatuses() async {
        let changes = pending.withLock { pending in
            defer { pending.changes = [:] }
            return Array(pending.changes.values)
        }
        guard !changes.isEmpty else { return }
        do {
            let known = alarms.withLock { $0 }
            let (edges, active) = try await statuses.record(changes, known: known)
            storage.succeeded(in: .fleet)
            alarms.withLock { $0.merge(active) { _, new in new } }
            for edge in edges where hub.isWatched { hub.publish(.alarm(edge)) }
        } catch {
            storage.failed(error, in: .fleet)
            pending.withLock { pending in
                let newer = pending.changes
                pending.changes = Dictionary(changes.map { ($0.card, $0) }) { $1 }
                for change in newer.values { pending.add(change) }
            }
        }
    }

    private func storeSamples() async {
        let (samples, cards) = pending.withLock { pending in
            defer { (pending.samples, pending.cards) = ([], [:]) }
            return (pending.samples, pending.cards)
        }
        guard !samples.isEmpty else { return }
        for sink in sinks { sink.take(samples, cards: cards) }
        do {
            try await telemetry.append(samples)
            storage.succeeded(in: .telemetry)
        } catch {
            // The history keeps them, and writes them when it can.
            storage.failed(error, in: .telemetry)
        }
    }

    private func tell(_ record: PollRecord) {
        guard hub.isWatched else { return }
        let change = record.change
        if record.isNews { hub.publish(.card(CardResource(card: record.card, status: change.status), at: change.at)) }
        if record.sample != nil {
            hub.publish(.readings(card: change.card, at: change.at, readings: change.status.readings))
        }
    }
}
