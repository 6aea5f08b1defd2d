import FoundationEssentials
import NetVision
import Testing

@testable import FleetServer

struct CardIntakeTests {
    private let macs = ["00:E0:D8:00:00:01", "00:E0:D8:00:00:02", "00:E0:D8:00:00:03"]

    private func take(
        _ stores: InventoryStores, _ finding: CardFinding, by method: DiscoveryMethod = .snmp, accept: Bool = false
    ) async throws -> CardIntake.Outcome {
        try await stores.intake.take(finding, by: method, in: nil, accept: accept)
    }

    @Test func oneCandidateOfEachIdentityOverAllSearches() async throws {
        let stores = try InventoryStores()
        let first = try await take(stores, InventoryStores.finding("10.0.0.1", mac: macs[0]))
        #expect(first == .init(card: nil, state: .new))
        _ = try await take(stores, InventoryStores.finding("10.0.0.9", mac: macs[0]), by: .bacnet)
        let found = try await stores.candidates.candidates(state: .new, after: nil, limit: 10)
        #expect(found.count == 1)
        #expect(found.first?.methods == [.snmp, .bacnet] && found.first?.finding.address == "10.0.0.9")
    }

    @Test func whatWasOnlyHeardOfIsTheOneThatTellsLater() async throws {
        let stores = try InventoryStores()
        var heard = CardFinding(address: "10.0.0.1", identity: CardIdentity(generation: .netVision7), access: nil)
        heard.evidence = ["BACnet device 17"]
        _ = try await take(stores, heard, by: .bacnet)
        _ = try await take(stores, InventoryStores.finding("10.0.0.1", mac: macs[0], serial: "P1"))
        _ = try await take(stores, heard, by: .ssdp)
        let found = try await stores.candidates.candidates(state: nil, after: nil, limit: 10)
        #expect(found.count == 1)
        #expect(found.first?.finding.identity.serial == "P1" && found.first?.finding.evidence == ["BACnet device 17"])
        #expect(found.first?.methods == [.bacnet, .snmp, .ssdp])
    }

    @Test func ignoredStaysIgnoredWhoeverFindsItAgain() async throws {
        let stores = try InventoryStores()
        _ = try await take(stores, InventoryStores.finding("10.0.0.1", mac: macs[0]))
        let candidate = try await stores.candidates.candidates(state: nil, after: nil, limit: 1)[0]
        try await stores.candidates.decide(candidate.id, .ignored)
        let again = try await take(stores, InventoryStores.finding("10.0.0.5", mac: macs[0]), accept: true)
        #expect(again == .init(card: nil, state: .ignored))
        #expect(try await stores.cards.cards().isEmpty)
    }

    @Test func theFirstRuleThatMatchesDecides() async throws {
        let stores = try InventoryStores()
        let ranges = DiscoveryRule.Conditions(ranges: ["10.0.1.0/24"])
        _ = try await stores.rules.add(
            DiscoveryRule(id: 0, position: 0, name: "lab", conditions: ranges, action: .ignore, tags: []), position: 1)
        let models = DiscoveryRule.Conditions(generations: [.netVision8], model: "mast")
        _ = try await stores.rules.add(
            DiscoveryRule(id: 0, position: 0, name: "ours", conditions: models, action: .accept, site: "Bern", tags: ["new"]), position: 2)
        let lab = try await take(stores, InventoryStores.finding("10.0.1.1", mac: macs[0]))
        let ours = try await take(stores, InventoryStores.finding("10.0.0.1", mac: macs[1]))
        let other = try await take(stores, InventoryStores.finding("10.0.0.2", mac: macs[2], model: "NETYS"))
        #expect([lab.state, ours.state, other.state] == [.ignored, .accepted, .new])
        let id = try #require(ours.card)
        let card = try #require(try await stores.cards.card(id))
        #expect(card.site == "Bern" && card.tags == ["new"])
        #expect(try await stores.sites.sites(after: nil, limit: 10).map(\.name) == ["Bern"])
    }

    @Test func aCardThatMovesKeepsItsPlaceInTheInventory() async throws {
        let stores = try InventoryStores()
        let card = try #require(try await take(stores, InventoryStores.finding("10.0.0.1", mac: macs[0]), accept: true).card)
        let moved = try await take(stores, InventoryStores.finding("10.0.0.9", mac: macs[0]))
        #expect(moved == .init(card: card, state: .known))
        #expect(try await stores.cards.card(card)?.address == "10.0.0.9")
    }

    @Test func aRetiredCardComesBackOnlyIfSomebodyWantsIt() async throws {
        let stores = try InventoryStores()
        let card = try #require(try await take(stores, InventoryStores.finding("10.0.0.1", mac: macs[0]), accept: true).card)
        try await stores.cards.retire(card, now: InventoryStores.now)
        let found = try await take(stores, InventoryStores.finding("10.0.0.1", mac: macs[0]))
        #expect(found == .init(card: nil, state: .new))
        #expect(try await stores.cards.card(card) == nil)
        let wanted = try await take(stores, InventoryStores.finding("10.0.0.1", mac: macs[0]), accept: true)
        #expect(wanted == .init(card: card, state: .accepted))
    }

    @Test func aSwappedCardIsANewOneThatIsOfferedThePlace() async throws {
        let stores = try InventoryStores()
        let old = try #require(try await take(stores, InventoryStores.finding("10.0.0.1", mac: macs[0], serial: "P1"), accept: true).card)
        try await stores.cards.rename(old, to: "Rack 3")
        try await stores.cards.move(old, toSite: "Bern", now: InventoryStores.now)
        try await stores.cards.pollBy(old, PollIntervals(statusSeconds: 5, fullSeconds: 30))
        let found = try await take(stores, InventoryStores.finding("10.0.0.1", mac: macs[1], serial: "P1"))
        #expect(found.state == .new)
        let candidate = try await stores.candidates.candidates(state: .new, after: nil, limit: 1)[0]
        #expect(candidate.place == CardPlace(card: old, name: "Rack 3"))
        let card = try await stores.intake.accept(candidate)
        #expect(card.id != old && card.place == candidate.place)
        let heir = try await stores.cards.inherit(card.id, from: old, now: InventoryStores.now)
        #expect(heir.name == "Rack 3" && heir.site == "Bern" && heir.predecessor == old && heir.place == nil)
        #expect(heir.polling == PollIntervals(statusSeconds: 5, fullSeconds: 30))
        #expect(try await stores.cards.card(old) == nil)
    }

    @Test func aPlaceIsNotOfferedAnyMoreWhenItsCardIsFoundElsewhere() async throws {
        let stores = try InventoryStores()
        _ = try await take(stores, InventoryStores.finding("10.0.0.1", mac: macs[0]), accept: true)
        let new = try #require(try await take(stores, InventoryStores.finding("10.0.0.1", mac: macs[1]), accept: true).card)
        #expect(try await stores.cards.card(new)?.place != nil)
        _ = try await take(stores, InventoryStores.finding("10.0.0.7", mac: macs[0]))
        #expect(try await stores.cards.card(new)?.place == nil)
    }

    @Test func aClonedMACIsNotTakenForTheCard() async throws {
        let stores = try InventoryStores()
        let card = try #require(try await take(stores, InventoryStores.finding("10.0.0.1", mac: macs[0], serial: "P1"), accept: true).card)
        try await stores.note(card, isAnswering: true)
        let clone = try await take(stores, InventoryStores.finding("10.0.0.2", mac: macs[0], serial: "P2"), accept: true)
        #expect(clone == .init(card: nil, state: .new))
        #expect(try await stores.cards.card(card)?.address == "10.0.0.1")
        let warnings = try await stores.candidates.candidates(state: nil, after: 1, limit: 5).flatMap(\.warnings)
        #expect(warnings.contains { $0.contains("10.0.0.1") && $0.contains(macs[0]) })
    }

    @Test func aCardAtTheFactoryAddressIsFlagged() async throws {
        let stores = try InventoryStores()
        _ = try await take(stores, InventoryStores.finding(Card.factoryAddress, mac: macs[0]), by: .lan)
        #expect(try await stores.candidates.candidates(state: nil, after: nil, limit: 1)[0].warnings.count == 1)
        _ = try await take(stores, InventoryStores.finding(Card.factoryAddress, mac: macs[0]), accept: true)
        #expect(try await stores.cards.cards()[0].placeWarnings.count == 1)
    }

    private func heard(_ address: String) -> CardFinding {
        CardFinding(address: address, identity: CardIdentity(generation: .unknown, mac: macs[0]), access: nil)
    }

    @Test func whatIsOnlyHeardOfACardDoesNotMoveItWhileItAnswers() async throws {
        let stores = try InventoryStores()
        let card = try #require(try await take(stores, InventoryStores.finding("10.0.0.2", mac: macs[0]), accept: true).card)
        try await stores.note(card, isAnswering: true)
        let listed = CardFinding(address: "10.0.0.1", identity: CardIdentity(generation: .unknown), access: nil)
        let placeholder = try await stores.cards.enroll(listed, now: InventoryStores.now).card.id
        for method in [DiscoveryMethod.neighbours, .lan] { #expect(try await take(stores, heard("10.0.0.1"), by: method).card == card) }
        #expect(try await stores.cards.card(card)?.address == "10.0.0.2")
        #expect(try await stores.cards.card(placeholder) != nil)
        try await stores.note(card, isAnswering: false)
        _ = try await take(stores, heard("10.0.0.1"), by: .neighbours)
        #expect(try await stores.cards.card(card)?.address == "10.0.0.1")
    }

    @Test func anAnswerMovesACardAtOnce() async throws {
        let stores = try InventoryStores()
        let card = try #require(try await take(stores, InventoryStores.finding("10.0.0.1", mac: macs[0]), accept: true).card)
        try await stores.note(card, isAnswering: true)
        _ = try await take(stores, InventoryStores.finding("10.0.0.2", mac: macs[0]))
        #expect(try await stores.cards.card(card)?.address == "10.0.0.2")
    }

    @Test func whatIsHeardAtADoublesAddressLeavesItADouble() async throws {
        let stores = try InventoryStores()
        let card = try #require(try await take(stores, InventoryStores.finding("10.0.0.1", mac: macs[0], serial: "P1"), accept: true).card)
        try await stores.note(card, isAnswering: true)
        try await stores.cards.retire(card, now: InventoryStores.now)
        _ = try await take(stores, InventoryStores.finding("10.0.0.1", mac: macs[0], serial: "P1"))
        _ = try await take(stores, InventoryStores.finding("10.0.0.2", mac: macs[0], serial: "P2"))
        let double = try #require(try await stores.candidates.candidates(state: nil, after: nil, limit: 5).first { !$0.warnings.isEmpty })
        let nameless = CardFinding(address: "10.0.0.2", identity: CardIdentity(generation: .unknown), access: nil)
        _ = try await take(stores, nameless, by: .bacnet)
        let after = try await stores.candidates.candidate(double.id)
        #expect(after?.methods == [.snmp, .bacnet] && after?.warnings == double.warnings)
    }
}
