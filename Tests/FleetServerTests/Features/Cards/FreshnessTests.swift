import Crypto
import FoundationEssentials
import NetVision
import PowerDevice
import Synchronization
import Testing

@testable import FleetServer

/// What lists and pages say of an answer that grows old, whatever the poller does.
struct FreshnessTests {
    @Test func anOldAnswerTellsNoStatusAnyMore() async throws {
        let database = try FleetDatabase(inMemory: FleetSchema.migrations)
        let cards = CardStore(database: database, secrets: SecretBox(key: SymmetricKey(size: .bits256)))
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        let clock = Mutex(start)
        let listing = CardListing(database: database, steadyNow: { clock.withLock { $0 } })
        let finding = CardFinding(address: "10.0.0.1", identity: CardIdentity(generation: .netVision8), access: nil)
        let card = try await cards.enroll(finding, now: start).card.id
        let status = CardStatus(
            status: .normal, lastSeen: start, alarmCount: 0, readingsAt: start, readings: [.load: 41.5, .batteryVoltage: 27])
        try await CardStatusStore(database: database).record([
            .init(card: card, at: start, status: status, freshUntil: start.addingTimeInterval(30))
        ])
        #expect(try await listing.card(card)?.status == status)
        #expect(try await listing.summaries(CardFilter(status: ["normal"]), after: nil, limit: 9).first?.status.readings == [.load: 41.5])
        clock.withLock { $0 = start.addingTimeInterval(31) }
        let old = try #require(try await listing.card(card)).status
        #expect(old.status == .unknown && old.problem == CardMonitor.fadedProblem)
        #expect(old.readings == status.readings && old.readingsAt == start, "the values stay, with their time")
        #expect(try await listing.cards(CardFilter(status: ["normal"]), after: nil, limit: 9).isEmpty)
        #expect(try await listing.cards(CardFilter(status: ["unknown"]), after: nil, limit: 9).count == 1)
        #expect(try await listing.cards(CardFilter(status: ["normal", "unknown"]), after: nil, limit: 9).count == 1)
    }

    @Test func anAnswerAsBeforeIsFreshAgain() async throws {
        let database = try FleetDatabase(inMemory: FleetSchema.migrations)
        let cards = CardStore(database: database, secrets: SecretBox(key: SymmetricKey(size: .bits256)))
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        let store = CardStatusStore(database: database)
        let finding = CardFinding(address: "10.0.0.1", identity: CardIdentity(generation: .netVision8), access: nil)
        let card = try await cards.enroll(finding, now: start).card.id
        var status = CardStatus(status: .eco, lastSeen: start, alarmCount: 0, readings: [:])
        try await store.record([.init(card: card, at: start, status: status, freshUntil: start)])
        status.lastSeen = start.addingTimeInterval(10)
        let later = start.addingTimeInterval(40)
        try await store.record([.init(card: card, at: later, status: status, freshUntil: later, isTimeOnly: true)])
        let listing = CardListing(database: database, steadyNow: { later })
        let found = try #require(try await listing.card(card)).status
        #expect(found.status == .eco && found.lastSeen == start.addingTimeInterval(10))
    }

    @Test func readingsSurviveTheirText() throws {
        let readings: [Variable: Double] = [
            .load: 12.5, .batteryVoltage: -3, .batteryRuntime: 1e16, Variable("odd\"name"): 1, .batteryCharge: .nan,
        ]
        #expect(try ReadingsText.read(ReadingsText.write(readings)) == [.load: 12.5, .batteryVoltage: -3, .batteryRuntime: 1e16])
        #expect(try ReadingsText.read(ReadingsText.write([:])).isEmpty)
    }
}
