import Crypto
import FoundationEssentials
import NetVision
import PowerDevice
import Testing

@testable import FleetServer

struct CardStatusStoreTests {
    private let start = Date(timeIntervalSince1970: 1_700_000_000)

    /// Another server wrote while the card was its own.
    @Test func anAnswerAsBeforeDoesNotConfirmAnothersStatus() async throws {
        let database = try FleetDatabase.forTests()
        let cards = CardStore(database: database, secrets: SecretBox(key: SymmetricKey(size: .bits256)))
        let statuses = CardStatusStore(database: database)
        let finding = CardFinding(address: "10.0.0.1", identity: CardIdentity(generation: .netVision8), access: nil)
        let card = try await cards.enroll(finding, now: start).card.id
        let listing = CardListing(database: database)
        let mine = CardStatus(status: .onBattery, lastSeen: start, alarmCount: 1, readings: [.load: 40])
        let old = CardStatus(status: .normal, lastSeen: start, alarmCount: 0, readings: [:])
        for status in [mine, old] { try await statuses.record([.init(card: card, at: start, status: status)]) }
        try await statuses.record([.init(card: card, at: start, status: mine, isTimeOnly: true)])
        let stored = try await listing.card(card)?.status
        #expect(stored?.status == .onBattery && stored?.alarmCount == 1 && stored?.readings == [.load: 40])
    }

    @Test func warningsAreKeptUntilTheServerStartsAnew() async throws {
        let database = try FleetDatabase.forTests()
        let cards = CardStore(database: database, secrets: SecretBox(key: SymmetricKey(size: .bits256)))
        let statuses = CardStatusStore(database: database)
        let finding = CardFinding(address: "10.0.0.1", identity: CardIdentity(generation: .netVision8), access: nil)
        let card = try await cards.enroll(finding, now: start).card.id
        var status = CardStatus(status: .normal, alarmCount: 0, readings: [:])
        status.warnings = ["One.", "Two."]
        try await statuses.record([.init(card: card, at: start, status: status)])
        let listing = CardListing(database: database)
        #expect(try await listing.card(card)?.status.warnings == ["One.", "Two."])
        try await statuses.forgetStatus()
        #expect(try await listing.card(card)?.status.warnings == [])
    }

    @Test func whatATransferSwitchDoesIsKept() async throws {
        let database = try FleetDatabase.forTests()
        let cards = CardStore(database: database, secrets: SecretBox(key: SymmetricKey(size: .bits256)))
        let finding = CardFinding(address: "10.0.0.1", identity: CardIdentity(generation: .netVision8, kind: .sts), access: nil)
        let card = try await cards.enroll(finding, now: start).card.id
        let statuses = CardStatusStore(database: database)
        let listing = CardListing(database: database)
        let transfers = [nil, TransferState(source2: .absent, preferredSource: 1, load: .preferredSource), TransferState()]
        for transfer in transfers {
            var status = CardStatus(status: .normal, alarmCount: 0, readings: [:])
            status.transfer = transfer
            try await statuses.record([.init(card: card, at: start, status: status)])
            let row = try #require(try await listing.card(card))
            #expect(row.status.transfer == transfer)
            #expect(row.card.kind == .sts)
        }
    }

    @Test func listsByFilterAndPage() async throws {
        let database = try FleetDatabase.forTests()
        let cards = CardStore(database: database, secrets: SecretBox(key: SymmetricKey(size: .bits256)))
        let listing = CardListing(database: database)
        for number in 1...5 {
            let identity = CardIdentity(generation: .netVision8, model: number == 3 ? "100% Model_X" : "NETYS RT", serial: "P\(number)")
            _ = try await cards.enroll(CardFinding(address: "10.0.0.\(number)", identity: identity, access: nil), now: start)
        }
        #expect(try await listing.cards(CardFilter(), after: 2, limit: 2).map(\.card.id) == [3, 4])
        #expect(try await listing.cards(CardFilter(text: "0% model_x"), after: nil, limit: 9).map(\.card.id) == [3])
        #expect(try await listing.cards(CardFilter(text: "%"), after: nil, limit: 9).map(\.card.id) == [3])
        #expect(try await listing.cards(CardFilter(status: ["normal"]), after: nil, limit: 9).isEmpty)
        #expect(try await listing.cards(CardFilter(status: ["normal", "unknown"]), after: nil, limit: 9).count == 5)
    }
}
