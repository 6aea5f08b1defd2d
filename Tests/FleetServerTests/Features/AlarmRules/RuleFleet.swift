import Alarming
import Crypto
import FoundationEssentials
import Logging
import NetVision
import PowerDevice
import Synchronization
import Testing

@testable import FleetServer

/// A rule engine on a database with two cards, and what it has reported.
final class RuleFleet: Sendable {
    static let now = Date(timeIntervalSince1970: 1_800_000_000)

    let database: FleetDatabase
    let rules: AlarmRuleStore
    let intake = RuleIntake()
    let cards: [Int64]
    let needs = RuleNeeds()
    private let facts = Mutex<[PolledFacts]>([])
    private let reports = Mutex<[AlarmReport]>([])

    init() async throws {
        database = try FleetDatabase.forTests()
        rules = AlarmRuleStore(database: database)
        let store = CardStore(database: database, secrets: SecretBox(key: SymmetricKey(size: .bits256)))
        var cards: [Int64] = []
        for number in 1...2 {
            let finding = InventoryStores.finding("10.0.0.\(number)", serial: "P\(number)")
            cards.append(try await store.enroll(finding, now: Self.now).card.id)
        }
        self.cards = cards
        self.cards.forEach { show($0) }
    }

    func engine() -> RuleEngine {
        RuleEngine(
            rules: rules, intake: intake, needs: needs, facts: { self.facts.withLock { $0 } },
            report: { reports in self.reports.withLock { $0 += reports } }, now: { Self.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// The poller has the card, and it is like this.
    func show(
        _ id: Int64, site: String? = nil, firmware: String? = "8.00", status: OperatingStatus? = .normal, isTesting: Bool = false,
        clockSkew: Double? = nil, certificateEnd: Date? = nil
    ) {
        var card = RuleCard(id: id, name: "card \(id)", generation: "NV8", kind: .ups)
        (card.site, card.firmware) = (site, firmware)
        let polled = PolledFacts(
            card: card, createdAt: Self.now, status: status, hasFailedTest: false, isTesting: isTesting, clockSkew: clockSkew,
            certificateEnd: certificateEnd)
        facts.withLock { facts in
            facts.removeAll { $0.card.id == id }
            facts.append(polled)
        }
    }

    func hide(_ id: Int64) { facts.withLock { $0.removeAll { $0.card.id == id } } }

    func poll(_ card: Int64, _ readings: [Variable: Double]) {
        intake.take([.init(card: card, at: Self.now, readings: readings)], cards: [:])
    }

    func add(_ yaml: String) async throws {
        _ = try await rules.add(
            try RuleDocument.rule(yaml, generations: AlarmRuleStore.generations), by: "test", now: Self.now)
    }

    /// What was reported since this was asked last: `1 raised rule:load`.
    func told() -> [String] {
        reports.withLock { reports in
            defer { reports = [] }
            return reports.flatMap { report in
                report.claims.map { claim in
                    switch claim {
                    case .raised(let alarm, _): "\(report.card ?? 0) raised \(alarm.name) \(alarm.severity.rawValue)"
                    case .cleared(let name): "\(report.card ?? 0) cleared \(name)"
                    case .all: "all"
                    }
                }
            }
        }
    }

    /// The alarm is active, as the alarms' service stores it.
    func open(_ name: String, of card: Int64, since: Date = RuleFleet.now, source: AlarmReport.Source = .rule) async throws {
        try await database.write { transaction in
            let id = try transaction.nextKey(for: "alarm")
            try transaction.execute(
                """
                INSERT INTO alarm (id, card_id, name, title, severity, source, since, changed_at) VALUES (?, ?, ?, 't', 'warning', ?, ?, ?)
                """,
                [.integer(id), .integer(card), .text(name), .text(source.rawValue), SQLValue(since), SQLValue(since)])
        }
    }
}
