import Crypto
import FoundationEssentials
import NetVision
import PowerDevice
import SNMP
import Testing

@testable import FleetServer

struct CardStoreTests {
    private let now = Date(timeIntervalSince1970: 1_700_000_000)

    private func store() throws -> CardStore {
        CardStore(database: try FleetDatabase.forTests(), secrets: SecretBox(key: SymmetricKey(size: .bits256)))
    }

    private func finding(
        _ address: String, mac: String? = nil, serial: String? = nil, generation: CardGeneration = .netVision8, firmware: String? = "8.00"
    ) -> CardFinding {
        let identity = CardIdentity(generation: generation, firmware: firmware, model: "MASTERYS BC+", serial: serial, mac: mac)
        return CardFinding(address: address, identity: identity, access: .standard)
    }

    @Test func aCardIsKnownByItsMACWhereverItGoes() async throws {
        let store = try store()
        let first = try await store.enroll(finding("10.0.0.1", mac: "00:E0:D8:00:00:01"), now: now)
        let moved = try await store.enroll(finding("10.0.0.9", mac: "00:E0:D8:00:00:01", firmware: "8.01"), now: now)
        #expect(first.isNew && !moved.isNew)
        #expect(moved.card.id == first.card.id)
        #expect(moved.card.address == "10.0.0.9")
        #expect(moved.card.firmware == "8.01")
    }

    @Test func theSerialNumberServesWhereNoMACIsKnown() async throws {
        let store = try store()
        let first = try await store.enroll(finding("10.0.0.1", serial: "P1"), now: now)
        let again = try await store.enroll(finding("10.0.0.2", mac: "00:E0:D8:00:00:01", serial: "P1"), now: now)
        #expect(again.card.id == first.card.id)
        #expect(again.card.mac == "00:E0:D8:00:00:01")
    }

    @Test func twoCardsWithOneSerialAndTwoMACsAreTwo() async throws {
        let store = try store()
        let first = try await store.enroll(finding("10.0.0.1", mac: "00:E0:D8:00:00:01", serial: "P1"), now: now)
        let second = try await store.enroll(finding("10.0.0.2", mac: "00:E0:D8:00:00:02", serial: "P1"), now: now)
        #expect(first.card.id != second.card.id)
    }

    @Test func anAddressIsNoIdentityForACardThatHasOne() async throws {
        let store = try store()
        let first = try await store.enroll(finding("10.0.0.1", serial: "P1"), now: now)
        let other = try await store.enroll(finding("10.0.0.1", serial: "P2"), now: now)
        #expect(first.card.id != other.card.id)
        let nameless = try await store.enroll(finding("10.0.0.7"), now: now)
        let again = try await store.enroll(finding("10.0.0.7"), now: now)
        #expect(nameless.card.id == again.card.id)
    }

    @Test func aCardAgentStaysOneWhenSNMPShowsAnNV8() async throws {
        let store = try store()
        _ = try await store.enroll(finding("10.0.0.1", mac: "00:E0:D8:00:00:01", generation: .cardAgent), now: now)
        let again = try await store.enroll(finding("10.0.0.1", mac: "00:E0:D8:00:00:01", generation: .netVision8), now: now)
        #expect(again.card.generation == .cardAgent)
    }

    @Test func whatTheNeighbourTableSaysTakesNothingBack() async throws {
        let store = try store()
        let mac = "00:E0:D8:00:00:01"
        let heard = try await store.enroll(finding("10.0.0.1", mac: mac, generation: .unknown, firmware: nil), now: now)
        #expect(heard.card.generation == .unknown)
        let read = try await store.enroll(finding("10.0.0.1", mac: mac, generation: .netVision6), now: now)
        #expect(read.card.generation == .netVision6)
        let again = try await store.enroll(finding("10.0.0.1", mac: mac, generation: .unknown, firmware: nil), now: now)
        #expect(again.card.id == heard.card.id && again.card.generation == .netVision6 && again.card.firmware == "8.00")
    }

    @Test func aRetiredCardComesBackAsItWas() async throws {
        let store = try store()
        let card = try await store.enroll(finding("10.0.0.1", serial: "P1"), now: now).card
        try await store.rename(card.id, to: "Rack 3")
        try await store.retire(card.id, now: now)
        #expect(try await store.card(card.id) == nil)
        #expect(try await store.cards().isEmpty)
        let back = try await store.enroll(finding("10.0.0.2", serial: "P1"), now: now).card
        #expect(back.id == card.id && back.name == "Rack 3")
    }

    private func withUser(_ name: String) throws -> SNMPAccess {
        var access = SNMPAccess.standard
        access.user = SNMPUser(user: try USMUser(name: name, authentication: (.sha1, password: "very secret")), context: "")
        return access
    }

    @Test func aUserIsKeptAndSealed() async throws {
        let store = try store()
        let found = CardFinding(
            address: "10.0.0.1", identity: CardIdentity(generation: .netVision8, serial: "P1"), access: try withUser("nms"))
        let card = try await store.enroll(found, now: now).card
        #expect(card.snmpVersion == .v3)
        #expect(try await store.credentials(card.id).snmp == found.access)
        #expect(try await store.cardsWithCredentials().map(\.credentials.snmp) == [found.access])
        let stored = try await store.database.read { try $0.row("SELECT credentials FROM card")?.blob("credentials") }
        #expect(String(decoding: stored ?? [], as: UTF8.self).contains("nms") == false)
    }

    @Test func aCardThatWasNeverReadTakesTheWayThatWorks() async throws {
        let store = try store()
        let identity = CardIdentity(generation: .cardAgent, mac: "00:E0:D8:00:00:01")
        let card = try await store.enroll(CardFinding(address: "10.0.0.1", identity: identity, access: nil), now: now).card
        let user = try withUser("nms")
        _ = try await store.enroll(CardFinding(address: "10.0.0.1", identity: identity, access: user), now: now)
        #expect(try await store.credentials(card.id).snmp == user)
        _ = try await store.enroll(CardFinding(address: "10.0.0.1", identity: identity, access: try withUser("other")), now: now)
        #expect(try await store.credentials(card.id).snmp == user, "what somebody has chosen stays")
    }

    @Test func aCardThatIsReadKeepsItsWay() async throws {
        let store = try store()
        let identity = CardIdentity(generation: .cardAgent, mac: "00:E0:D8:00:00:01")
        let card = try await store.enroll(CardFinding(address: "10.0.0.1", identity: identity, access: nil), now: now).card
        let status = CardStatus(status: .normal, lastSeen: now, alarmCount: 0, readings: [:])
        try await CardStatusStore(database: store.database).record([.init(card: card.id, at: now, status: status)])
        _ = try await store.enroll(CardFinding(address: "10.0.0.1", identity: identity, access: try withUser("nms")), now: now)
        #expect(try await store.credentials(card.id).snmp == .standard)
    }

    @Test func credentialsAreSealedAndBoundToTheirCard() async throws {
        let store = try store()
        let card = try await store.enroll(finding("10.0.0.1", serial: "P1"), now: now).card
        var credentials = CardCredentials()
        credentials.password = "very secret"
        try await store.setCredentials(card.id, credentials)
        #expect(try await store.credentials(card.id) == credentials)
        let stored = try await store.database.read { try $0.row("SELECT credentials FROM card")?.blob("credentials") }
        #expect(String(decoding: stored ?? [], as: UTF8.self).contains("secret") == false)
        #expect("\(credentials)".contains("secret") == false)
        let other = try await store.enroll(finding("10.0.0.2", serial: "P2"), now: now).card
        let id = other.id
        try await store.database.write {
            try $0.execute("UPDATE card SET credentials = ? WHERE id = ?", [.blob(stored ?? []), .integer(id)])
        }
        await #expect(throws: (any Error).self) { try await store.credentials(id) }
    }
}
