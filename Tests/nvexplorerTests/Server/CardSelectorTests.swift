import Testing

@testable import nvexplorer

@Suite struct CardSelectorTests {
    private let cards: [CardRecord] = {
        var first = CardRecord(name: "Rack 1", address: "10.0.0.1", generation: "NV8", status: "normal")
        first.id = 1
        first.mac = "00:E0:D8:00:00:01"
        first.serial = "P1"
        var second = CardRecord(name: "Rack 11", address: "10.0.0.11", generation: "NV8", status: "normal")
        second.id = 2
        var third = second
        third.id = 3
        third.name = "rack 11"
        return [first, second, third]
    }()

    @Test(arguments: ["Rack 1", "rack 1", "10.0.0.1", "00-e0-d8-00-00-01", "00:E0:D8:00:00:01", "P1"])
    func namesOneCardInManyWays(text: String) throws {
        #expect(try CardSelector(text).one(of: cards).id == 1)
    }

    @Test func partOfANameIsNoName() {
        #expect(throws: CommandFailure.self) { try CardSelector("Rack").one(of: cards) }
    }

    @Test func twoOfOneNameAreNotGuessedAt() {
        #expect {
            try CardSelector("Rack 11").one(of: cards)
        } throws: { error in
            let text = "\(error)"
            return text.contains("2 (Rack 11") && text.contains("3 (rack 11")
        }
    }

    @Test func recordIsWrittenWithAllItsKeys() throws {
        let text = try Output.json(cards[1])
        #expect(text.contains(#""mac" : null"#))
        #expect(text.contains(#""dhcp" : null"#))
    }
}
