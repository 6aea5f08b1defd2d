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

    /// The cards of which this server writes.
    private struct Owned: Sendable {
        /// Nil: all.
        var shards: Set<Int>?
        /// When others may write of them, unless the claims are renewed before.
        var end = Double.infinity

        func contains(_ card: Int64) -> Bool { shards?.contains(PollShards.shard(of: card)) ?? true }
    }

    private let statuses: CardStatusStore
    private let telemetry: TelemetryStore
    private let storage: StorageMonitor
    private let hub: EventHub
    private let sinks: [any SampleSink]
    private let logger: Logger
    private let pending = Mutex(Pending())
    private let owned = Mutex(Owned())
    private let clock: SteadyClock

    init(
        statuses: CardStatusStore, telemetry: TelemetryStore, storage: StorageMonitor, hub: EventHub, sinks: [any SampleSink] = [],
        clock: SteadyClock = .process, logger: Logger
    ) {
        self.statuses = statuses
        self.telemetry = telemetry
        self.storage = storage
        self.hub = hub
        self.sinks = sinks
        self.clock = clock
        self.logger = logger
    }

    /// Samples that were lost because a transaction took too long.
    var dropped: UInt64 { pending.withLock { $0.dropped } }

    /// Other servers write of other cards than these; and of these too if this is not said again before the end.
    func own(_ shards: Set<Int>, until end: Double) {
        owned.withLock { ($0.shards, $0.end) = (shards, end) }
    }

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

    func flush() async {
        await storeSamples()
        await storeStatuses()
    }

    private func storeStatuses() async {
        let claims = owned.withLock { $0 }
        // After a time without the database it must be known first whose the cards are.
        guard clock.seconds < claims.end else { return }
        let changes = pending.withLock { pending in
            defer { pending.changes = [:] }
            return pending.changes.values.filter { claims.contains($0.card) }
        }
        guard !changes.isEmpty else { return }
        do {
            try await statuses.record(changes)
            storage.succeeded(in: .fleet)
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
        if let sample = record.sample { hub.publish(.readings(card: sample.card, at: sample.at, readings: sample.readings)) }
    }
}
