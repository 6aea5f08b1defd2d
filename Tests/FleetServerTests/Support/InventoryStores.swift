import Crypto
import FoundationEssentials
import Logging
import NetVision

@testable import FleetServer

/// The stores of the inventory on one database in memory.
struct InventoryStores {
    let database: FleetDatabase
    let cards: CardStore
    let candidates: CandidateStore
    let rules: RuleStore
    let groups: GroupStore
    let credentials: CredentialStore
    let sites: SiteStore
    let listing: CardListing
    let statuses: CardStatusStore
    let intake: CardIntake

    static let now = Date(timeIntervalSince1970: 1_700_000_000)

    init() throws {
        let database = try FleetDatabase(inMemory: FleetSchema.migrations)
        let secrets = SecretBox(key: SymmetricKey(size: .bits256))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        self.database = database
        cards = CardStore(database: database, secrets: secrets)
        candidates = CandidateStore(database: database, secrets: secrets)
        rules = RuleStore(database: database)
        groups = GroupStore(database: database)
        credentials = CredentialStore(database: database, secrets: secrets)
        sites = SiteStore(database: database)
        listing = CardListing(database: database)
        statuses = CardStatusStore(database: database)
        let now: @Sendable () -> Date = { Self.now }
        let hub = EventHub()
        let watch = AddressWatch(cards: cards, candidates: candidates, told: { _ in }, now: now, logger: logger)
        intake = CardIntake(
            cards: cards, candidates: candidates, rules: rules, watch: watch,
            changes: CardChanges(listing: listing, hub: hub, cardsChanged: { _ in }, now: now),
            audit: AuditLog(database: database, now: now), hub: hub, seen: { _ in }, now: now)
    }

    static func finding(
        _ address: String, mac: String? = nil, serial: String? = nil, generation: CardGeneration = .netVision8, model: String? = "MASTERYS"
    ) -> CardFinding {
        CardFinding(
            address: address,
            identity: CardIdentity(generation: generation, agent: "Net Vision 8 v8.00", model: model, serial: serial, mac: mac),
            access: .standard)
    }

    /// The card answered at this time, or did not.
    func note(_ card: Int64, isAnswering: Bool, at date: Date = InventoryStores.now) async throws {
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE card_status SET status = ?, last_seen = ? WHERE card_id = ?",
                [.text(isAnswering ? "normal" : "unreachable"), SQLValue(date), .integer(card)])
        }
    }
}
