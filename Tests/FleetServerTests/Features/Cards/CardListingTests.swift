import NetVision
import PowerDevice
import Testing

@testable import FleetServer

struct CardListingTests {
    private func stores() async throws -> InventoryStores {
        let stores = try InventoryStores()
        for (number, name) in ["Élysée", "ÄRZTEHAUS", "Bank 100%", "bank_1"].enumerated() {
            let card = try await stores.cards.enroll(
                InventoryStores.finding("10.0.0.\(number + 1)", serial: "P\(number + 1)"), now: InventoryStores.now
            ).card
            try await stores.cards.rename(card.id, to: name)
            try await stores.cards.tag(card.id, [number.isMultiple(of: 2) ? "Prod" : "prod", "50%_a"])
        }
        return stores
    }

    private func names(_ stores: InventoryStores, _ filter: CardFilter, after: Int64? = nil, limit: Int = 10) async throws -> [String] {
        try await stores.listing.summaries(filter, after: after, limit: limit).map(\.card.name)
    }

    @Test(arguments: [
        ("élys", ["Élysée"]), ("ÉLYSÉE", ["Élysée"]), ("ärzte", ["ÄRZTEHAUS"]), ("BANK", ["Bank 100%", "bank_1"]), ("0%", ["Bank 100%"]),
        ("k_1", ["bank_1"]), ("10.0.0.2", ["ÄRZTEHAUS"]), ("nobody", []),
    ])
    func textIsFoundWhateverItsCase(_ text: String, _ expected: [String]) async throws {
        #expect(try await names(stores(), CardFilter(text: text)) == expected)
    }

    @Test func tagsAreComparedToTheLetter() async throws {
        let stores = try await stores()
        #expect(try await names(stores, CardFilter(tag: "Prod")) == ["Élysée", "Bank 100%"])
        #expect(try await names(stores, CardFilter(tag: "rod")).isEmpty)
        #expect(try await names(stores, CardFilter(tag: "50%_a")).count == 4)
    }

    /// Whatever the filter, pages follow each other in the order of the cards' keys.
    @Test(arguments: [["normal"], ["normal", "unreachable"], []]) func pagesFollowEachOther(_ status: [String]) async throws {
        let stores = try await stores()
        let all = try await stores.listing.summaries(CardFilter(), after: nil, limit: 10).map(\.card.id)
        try await stores.database.write { try $0.execute("UPDATE card_status SET status = 'normal', fresh_until = ?", [.integer(.max)]) }
        var found: [Int64] = []
        while let row = try await stores.listing.summaries(CardFilter(status: status), after: found.last, limit: 1).first {
            found.append(row.card.id)
        }
        #expect(found == all)
    }

    @Test func whoseCardHasAnHeirIsSeenStill() async throws {
        let stores = try await stores()
        let ids = try await stores.listing.summaries(CardFilter(), after: nil, limit: 10).map(\.card.id)
        try await stores.note(ids[0], isAnswering: false)
        try await stores.note(ids[1], isAnswering: true)
        _ = try await stores.cards.inherit(ids[1], from: ids[0], now: InventoryStores.now)
        let old = try #require(try await stores.listing.card(ids[0]))
        #expect(old.card.retiredAt == InventoryStores.now)
        #expect(old.card.successor == ids[1])
        #expect(old.status.status == .unknown)
        #expect(try await stores.listing.card(ids[1])?.card.predecessor == ids[0])
        #expect(try await names(stores, CardFilter()) == ["Élysée", "Bank 100%", "bank_1"])
        try await stores.cards.retire(ids[2], now: InventoryStores.now)
        #expect(try await stores.listing.card(ids[2]) == nil)
    }
}
