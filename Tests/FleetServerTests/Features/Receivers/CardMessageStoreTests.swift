import Crypto
import FoundationEssentials
import NetVision
import PowerDevice
import Testing

@testable import FleetServer

struct CardMessageStoreTests {
    private static let time = Date(timeIntervalSince1970: 1_700_000_000)

    /// The store, and a card of the inventory.
    private func store() async throws -> (store: CardMessageStore, card: Int64) {
        let database = try FleetDatabase.forTests()
        let cards = CardStore(database: database, secrets: SecretBox(key: SymmetricKey(size: .bits256)))
        let finding = CardFinding(address: "10.0.0.1", identity: CardIdentity(generation: .netVision8, serial: "P1"), access: .standard)
        return (CardMessageStore(database: database), try await cards.enroll(finding, now: Self.time).card.id)
    }

    private func lines(_ range: Range<Int>, of card: Int64, at: Date = time) -> [CardMessage] {
        range.map { CardMessage(card: card, at: at, receivedAt: at, protocol: .syslog, severity: .warning, text: "line \($0)") }
    }

    @Test func newestComesFirst() async throws {
        let (store, card) = try await store()
        try await store.add(lines(0..<5, of: card) + lines(0..<1, of: card + 1))
        try await store.add(lines(5..<7, of: card))
        let first = try await store.messages(of: card, before: nil, limit: 3)
        #expect(first.map(\.text) == ["line 6", "line 5", "line 4"])
        let next = try await store.messages(of: card, before: first.last?.id, limit: 10)
        #expect(next.map(\.text) == ["line 3", "line 2", "line 1", "line 0"])
        #expect(next.first?.severity == .warning)
        #expect(next.first?.receivedAt == Self.time)
        #expect(try await store.messages(of: card + 1, before: nil, limit: 10).isEmpty, "there is no such card")
    }

    @Test func aCardHasItsShareAndNoMore() async throws {
        let (store, card) = try await store()
        try await store.add(lines(0..<CardMessageStore.capacity + 5, of: card))
        try await store.prune(card: card)
        let left = try await store.database.read { try $0.row("SELECT COUNT(*) AS n FROM card_message")?.integer("n") }
        #expect(left == Int64(CardMessageStore.capacity))
        #expect(try await store.messages(of: card, before: nil, limit: 1).map(\.text) == ["line \(CardMessageStore.capacity + 4)"])
        try await store.prune(card: card)
        #expect(try await store.messages(of: card, before: nil, limit: 1).count == 1)
    }

    @Test func whatIsTooOldGoesLittleByLittle() async throws {
        let (store, card) = try await store()
        try await store.add(lines(0..<5, of: card, at: Self.time.addingTimeInterval(-CardMessageStore.lifetime - 1)))
        try await store.add(lines(5..<6, of: card))
        #expect(try await store.pruneOld(now: Self.time, limit: 3))
        #expect(try await !store.pruneOld(now: Self.time, limit: 3))
        #expect(try await store.messages(of: card, before: nil, limit: 10).map(\.text) == ["line 5"])
    }
}

struct ReceiverLossTests {
    private static let alarm = Alarm.trapsLost(on: nil)

    @Test func lossRaisesAndTenQuietMinutesClear() {
        var loss = ReceiverLoss(Self.alarm, now: 0)
        #expect(loss.observe(0, now: 1) == nil)
        #expect(loss.observe(5, now: 2) == .raised(Self.alarm, detail: "5 lost just now, 5 since the start."))
        #expect(loss.observe(9, now: 100) == nil, "it is known")
        #expect(loss.observe(9, now: 602) == nil)
        #expect(loss.observe(9, now: 700) == .cleared("trapsLost"))
        #expect(loss.observe(9, now: 2000) == nil)
        #expect(loss.observe(10, now: 2001) == .raised(Self.alarm, detail: "1 lost just now, 10 since the start."))
    }

    @Test func anAlarmOfTheTimeBeforeTheStartIsClearedToo() {
        var loss = ReceiverLoss(.syslogLost(on: "a1"), now: 0)
        #expect(loss.observe(0, now: 599) == nil)
        #expect(loss.observe(0, now: 600) == .cleared("syslogLost.a1"))
        #expect(loss.observe(0, now: 5000) == nil)
    }
}
