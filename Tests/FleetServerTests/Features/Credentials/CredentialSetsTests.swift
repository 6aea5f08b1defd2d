import FoundationEssentials
import NetVision
import Testing

@testable import FleetServer

struct CredentialSetsTests {
    private func credentials(_ community: String) -> CardCredentials {
        CardCredentials(snmp: SNMPAccess(communityVersion: .v2c, readCommunity: community))
    }

    private func communities(_ stores: InventoryStores) async throws -> [String] {
        try await stores.cards.cardsWithCredentials().map(\.credentials.snmp.readCommunity)
    }

    @Test func whoFoundTheCardComesBeforeGroupAndRange() async throws {
        let stores = try InventoryStores()
        var finding = InventoryStores.finding("10.0.0.1", serial: "P1")
        finding.access = nil
        let card = try await stores.cards.enroll(finding, now: InventoryStores.now).card
        #expect(try await communities(stores) == ["public"])
        _ = try await stores.credentials.add(
            name: "range", position: nil, ranges: ["10.0.0.0/24"], group: nil, credentials: credentials("of the range"))
        #expect(try await communities(stores) == ["of the range"])
        var filter = CardFilterFields()
        filter.tag = "bank"
        let group = try await stores.groups.add(name: "bank", position: nil, filter: filter, polling: nil)
        _ = try await stores.credentials.add(
            name: "group", position: nil, ranges: [], group: group, credentials: credentials("of the group"))
        #expect(try await communities(stores) == ["of the range"])
        try await stores.cards.tag(card.id, ["bank"])
        #expect(try await communities(stores) == ["of the group"])
        let finder = try await stores.credentials.add(
            name: "finder", position: nil, ranges: ["10.9.0.0/24"], group: nil, credentials: credentials("of the finder"))
        finding.access = credentials("of the finder").snmp
        finding.credentialSet = finder
        _ = try await stores.cards.enroll(finding, now: InventoryStores.now)
        #expect(try await communities(stores) == ["of the finder"])
        try await stores.cards.setCredentials(card.id, credentials("its own"))
        #expect(try await communities(stores) == ["its own"])
        try await stores.cards.forgetCredentials(card.id)
        #expect(try await communities(stores) == ["of the finder"])
        try await stores.credentials.remove(finder)
        #expect(try await communities(stores) == ["of the group"])
    }

    /// A card with a login of its own is still asked as its set says.
    @Test func aLoginOfItsOwnLeavesSNMPToTheSet() async throws {
        let stores = try InventoryStores()
        var finding = InventoryStores.finding("10.0.0.1", serial: "P1")
        finding.access = nil
        let card = try await stores.cards.enroll(finding, now: InventoryStores.now).card
        let set = try await stores.credentials.add(
            name: "all", position: nil, ranges: [], group: nil, credentials: credentials("of the set"))
        func change(_ text: String) async throws {
            let change = try JSONCoding.value(CardChange.self, from: text)
            let opened = try await change.credentials(of: card, in: stores.cards)
            try await change.apply(to: card, opened: opened, in: stores.cards, now: InventoryStores.now)
        }
        try await change(#"{"credentials": {"username": "boss", "password": "secret"}}"#)
        #expect(try await stores.cards.credentials(card.id).snmp.readCommunity == "of the set")
        #expect(try await stores.cards.credentials(card.id).username == "boss")
        var changed = try #require(try await stores.credentials.set(set))
        changed.credentials.snmp.readCommunity = "renewed"
        try await stores.credentials.change(changed)
        #expect(try await communities(stores) == ["renewed"])
        try await change(#"{"credentials": {"snmp": {"writeCommunity": "w"}}}"#)
        #expect(try await stores.cards.ownCredentials(card.id)?.snmp.readCommunity == "renewed")
        #expect(try await stores.cards.ownCredentials(card.id)?.username == "boss")
    }

    @Test func secretsAreSealed() async throws {
        let stores = try InventoryStores()
        _ = try await stores.credentials.add(name: "x", position: nil, ranges: [], group: nil, credentials: credentials("open sesame"))
        let stored = try await stores.database.read { try $0.row("SELECT secret FROM credential_set")?.blob("secret") }
        #expect(!String(decoding: stored ?? [], as: UTF8.self).contains("sesame"))
        #expect(try await stores.credentials.searchWays().last?.access.readCommunity == "open sesame")
    }

    @Test func aStrangerIsToldOnlyTheCommunitiesOfItsRange() async throws {
        let stores = try InventoryStores()
        for (name, ranges) in [("everywhere", []), ("here", ["10.0.0.0/24"]), ("there", ["10.9.0.0/24"])] {
            _ = try await stores.credentials.add(name: name, position: nil, ranges: ranges, group: nil, credentials: credentials(name))
        }
        let ways = try await stores.credentials.ways(forStranger: "10.0.0.7")
        #expect(ways.map(\.access.readCommunity) == ["public", "public", "here"])
    }
}
