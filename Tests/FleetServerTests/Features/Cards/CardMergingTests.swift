import FoundationEssentials
import NetVision
import Testing

@testable import FleetServer

struct CardMergingTests {
    private let mac = "00:E0:D8:00:00:01"

    private func listed(_ stores: InventoryStores, _ address: String, _ name: String) async throws -> Int64 {
        let file = try CardFile(csv: "address,name,site,tags,community\n\(address),\(name),Bern,a;b,secret\n")
        let items = try await CardImport(cards: stores.cards, profiles: .builtIn, now: { InventoryStores.now })
            .run(file, isRehearsal: false)
        return try #require(items.first?.card)
    }

    @Test func aListedCardThatTurnsOutToBeAKnownOneBecomesIt() async throws {
        let stores = try InventoryStores()
        let known = try await stores.cards.enroll(InventoryStores.finding("10.0.0.9", mac: mac), now: InventoryStores.now).card
        let placeholder = try await listed(stores, "10.0.0.1", "Rack 3")
        let card = try await stores.cards.refresh(
            placeholder, with: InventoryStores.finding("10.0.0.1", mac: mac), now: InventoryStores.now)
        #expect(card.id == known.id && card.address == "10.0.0.1")
        #expect(card.name == "Rack 3" && card.site == "Bern" && card.tags == ["a", "b"])
        #expect(try await stores.cards.cards().map(\.id) == [known.id])
    }

    @Test func aNameThatSomebodyGaveStays() async throws {
        let stores = try InventoryStores()
        let known = try await stores.cards.enroll(InventoryStores.finding("10.0.0.9", mac: mac), now: InventoryStores.now).card
        try await stores.cards.rename(known.id, to: "The old name")
        let placeholder = try await listed(stores, "10.0.0.1", "Rack 3")
        let card = try await stores.cards.refresh(
            placeholder, with: InventoryStores.finding("10.0.0.1", mac: mac), now: InventoryStores.now)
        #expect(card.name == "The old name")
    }

    @Test func aListedCardWithAHistoryStaysAsThePredecessor() async throws {
        let stores = try InventoryStores()
        let known = try await stores.cards.enroll(InventoryStores.finding("10.0.0.9", mac: mac), now: InventoryStores.now).card
        let placeholder = try await listed(stores, "10.0.0.1", "Rack 3")
        try await stores.note(placeholder, isAnswering: true)
        let found = InventoryStores.finding("10.0.0.1", mac: mac, generation: .rfc1628, model: nil)
        let card = try await stores.cards.refresh(placeholder, with: found, now: InventoryStores.now)
        #expect(card.id == known.id && card.predecessor == placeholder)
        #expect(try await stores.cards.cards([placeholder])[placeholder] != nil)
    }

    @Test func aListedCardLearnsItsIdentity() async throws {
        let stores = try InventoryStores()
        let placeholder = try await listed(stores, "10.0.0.1", "Rack 3")
        let card = try await stores.cards.refresh(
            placeholder, with: InventoryStores.finding("10.0.0.1", mac: mac, serial: "P1"), now: InventoryStores.now)
        #expect(card.id == placeholder && card.mac == mac && card.name == "Rack 3" && card.generation == .netVision8)
        let moved = try await stores.cards.enroll(InventoryStores.finding("10.0.0.8", mac: mac), now: InventoryStores.now)
        #expect(moved.card.id == placeholder && !moved.isNew)
    }
}
