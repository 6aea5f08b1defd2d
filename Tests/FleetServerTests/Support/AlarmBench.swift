import Crypto
import FoundationEssentials
import NetVision
import PowerDevice
import Synchronization

@testable import FleetServer

/// Alarms on a database of their own, with cards in the inventory.
struct AlarmBench {
    static let start = Date(timeIntervalSince1970: 1_700_000_000)

    let database: FleetDatabase
    let cards: CardStore
    let store: AlarmStore
    let listing: AlarmListing
    let hub = EventHub()
    let ids: [Int64]
    /// How often new events were told.
    let told: Counter

    final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func add() { count.withLock { $0 += 1 } }
    }

    init(cards count: Int = 1, migrations: [Migration] = FleetSchema.migrations) async throws {
        database = try FleetDatabase.forTests(migrations)
        cards = CardStore(database: database, secrets: SecretBox(key: SymmetricKey(size: .bits256)))
        store = AlarmStore(database: database)
        listing = AlarmListing(database: database)
        told = Counter()
        var ids: [Int64] = []
        for number in 0..<count {
            let finding = CardFinding(
                address: "10.0.\(number / 250).\(number % 250 + 1)",
                identity: CardIdentity(generation: .netVision8, serial: "P\(number)"), access: nil)
            ids.append(try await cards.enroll(finding, now: Self.start).card.id)
        }
        self.ids = ids
    }

    func service(capacity: Int = AlarmService.capacity, clock: SteadyClock = .process) -> AlarmService {
        let told = told
        return AlarmService(
            store: store, storage: StorageMonitor(hub: hub, now: { Self.start }, logger: PolledFleet.logger), hub: hub, capacity: capacity,
            clock: clock, now: { Self.start }, onEvents: { told.add() }, logger: PolledFleet.logger)
    }

    static func report(
        _ card: Int64?, _ claims: AlarmReport.Claim..., source: AlarmReport.Source = .trap, at date: Date = start, askedAt: Date? = nil
    ) -> AlarmReport {
        AlarmReport(card: card, source: source, at: date, askedAt: askedAt, claims: claims)
    }

    static func poll(_ card: Int64, _ alarms: Set<Alarm>, askedAt: Date) -> AlarmReport {
        report(card, .all(alarms), source: .poll, askedAt: askedAt)
    }

    /// All events in their order: `raised upsAlarmOnBattery`.
    func events() async throws -> [String] {
        try await store.events(after: 0, limit: 100_000).map { "\($0.kind) \($0.alarm.name)" }
    }

    func open() async throws -> [AlarmRecord] { try await store.open().alarms }
}

extension AlarmRecord {
    /// - Parameter isFull: with all that an alarm may have, and over; else with nothing, and the server's own.
    static func sample(_ severity: Severity = .warning, isFull: Bool = false) -> AlarmRecord {
        let time = isFull ? AlarmBench.start : nil
        let text = isFull ? "text" : nil
        return AlarmRecord(
            id: 1, card: isFull ? 7 : nil, name: "upsAlarmLowBattery", title: "Battery low", severity: severity,
            source: isFull ? .trap : .server, detail: text, since: AlarmBench.start, clearedAt: time, acknowledgedAt: time,
            acknowledgedBy: text, isFlapping: isFull, occurrences: isFull ? 7 : 1, shelvedUntil: time, shelvedBy: text,
            shelvedReason: text, changedAt: AlarmBench.start)
    }
}
