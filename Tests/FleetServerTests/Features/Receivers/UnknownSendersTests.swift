import Crypto
import FoundationEssentials
import NetVision
import SNMP
import Testing

@testable import FleetServer

struct UnknownSendersTests {
    private static let time = Date(timeIntervalSince1970: 1_700_000_000)

    private func key(_ address: String, _ kind: UnknownSender.Kind = .trap) -> UnknownSenders.Key { .init(address: address, kind: kind) }

    @Test func sightingsAreSummedUp() {
        var senders = UnknownSenders()
        senders.note(key("10.0.0.1"), count: 3, text: "first", at: Self.time)
        senders.note(key("10.0.0.1"), count: 2, text: "second", at: Self.time.addingTimeInterval(1))
        senders.note(key("10.0.0.1", .syslog), text: nil, at: Self.time)
        #expect(senders.sightings.count == 2)
        #expect(
            senders.sightings[key("10.0.0.1")]
                == .init(count: 5, firstAt: Self.time, lastAt: Self.time.addingTimeInterval(1), engine: nil, text: "second"))
        #expect(senders.take().count == 2)
        #expect(senders.sightings.isEmpty)
    }

    @Test func forgedAddressesTakeNoMoreRoomThanThereIs() {
        var senders = UnknownSenders()
        for number in 0..<UnknownSenders.capacity + 10 { senders.note(key("\(number)"), count: 2, text: "x", at: Self.time) }
        #expect(senders.sightings.count == UnknownSenders.capacity)
        #expect(senders.unlisted == 20)
    }

    @Test func secretsAreLeftOut() {
        #expect(UnknownSenders.harmless("login user=joe password=abc ok") == "login user=joe password=*** ok")
        #expect(UnknownSenders.harmless("community: public and Token:x") == "community: *** and Token:***")
        #expect(UnknownSenders.harmless("key missing") == "key missing")
        #expect(UnknownSenders.harmless(String(repeating: "a b ", count: 200)).count == UnknownSenders.textLength)
    }

    private func store() throws -> UnknownSenderStore { UnknownSenderStore(database: try .forTests()) }

    private func sighting(_ count: UInt64 = 1, at seconds: Double, engine: EngineID? = nil, text: String? = "x") -> UnknownSenders.Sighting
    {
        .init(
            count: count, firstAt: Self.time.addingTimeInterval(seconds), lastAt: Self.time.addingTimeInterval(seconds), engine: engine,
            text: text)
    }

    @Test func rowsAreCountedAndForgotten() async throws {
        let store = try store()
        let engine = EngineID.mac(enterprise: 4555, [0, 1, 2, 3, 4, 5])
        try await store.add([key("10.0.0.1"): sighting(3, at: 0, engine: engine), key("fe80::1", .syslog): sighting(at: 1)])
        try await store.add([key("10.0.0.1"): sighting(4, at: 5, text: nil), key("10.0.0.1", .refusedTrap): sighting(at: 2)])
        let all = try await store.senders(from: 0, limit: 10)
        #expect(all.map(\.address) == ["10.0.0.1", "10.0.0.1", "fe80::1"])
        #expect(all[0].count == 7)
        #expect(all[0].firstAt == Self.time)
        #expect(all[0].lastAt == Self.time.addingTimeInterval(5))
        #expect(all[0].engine == "80:00:11:cb:03:00:01:02:03:04:05")
        #expect(all[0].lastText == "x")
        #expect(try await store.senders(from: 1, limit: 1).map(\.protocol) == [.refusedTrap])
        #expect(try await store.forget("10.0.0.1"))
        #expect(try await !store.forget("10.0.0.1"))
        #expect(try await store.senders(from: 0, limit: 10).map(\.address) == ["fe80::1"])
    }

    @Test func aSenderThatBecomesACardGoes() async throws {
        let store = try store()
        let id = try await CardStore(database: store.database, secrets: SecretBox(key: SymmetricKey(size: .bits256))).enroll(
            CardFinding(address: "10.0.0.1", identity: CardIdentity(generation: .netVision8, serial: "P1"), access: .standard),
            now: Self.time
        ).card.id
        try await store.add([
            key("10.0.0.1"): sighting(at: 0), key("10.0.0.1", .refusedTrap): sighting(at: 1), key("10.0.0.2"): sighting(at: 2),
        ])
        for _ in 0..<2 {
            let shown = try await store.senders(from: 0, limit: 10)
            #expect(shown.map(\.address) == ["10.0.0.2", "10.0.0.1"])
            #expect(shown.map(\.card) == [nil, id])
            try await store.forgetCards()
        }
    }

    @Test func rowsAreBounded() async throws {
        let store = try store()
        for part in 0..<6 {
            let keys = (0..<2000).map { part * 2000 + $0 }
            try await store.add(
                Dictionary(uniqueKeysWithValues: keys.map { (key("a\($0)"), sighting(at: Double($0))) }))
        }
        let rows = try await store.database.read { try $0.row("SELECT COUNT(*) AS n FROM unknown_sender")?.integer("n") }
        #expect(rows == Int64(UnknownSenderStore.capacity))
        #expect(try await store.senders(from: 0, limit: 1).map(\.address) == ["a11999"], "who was silent longest has gone")
    }
}
