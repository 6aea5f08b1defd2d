import FoundationEssentials
import Testing

@testable import nvexplorer

@Suite struct CardTableTests {
    private func lines(_ kinds: [String?]) -> [String] {
        let cards = kinds.map { kind in
            var card = CardRecord(name: "Rack", address: "10.0.0.1", generation: "NV8", status: "normal")
            card.kind = kind
            return card
        }
        return CardTable.lines(cards, now: Date(timeIntervalSince1970: 0), width: nil)
    }

    @Test func kindIsToldWhereNotAllCardsAreOfUPSs() {
        #expect(lines(["ups", "sts"])[0].contains("KIND"))
        #expect(lines(["ups", "sts"])[2].contains("STS"))
        #expect(!lines(["ups", nil])[0].contains("KIND"))
    }

    @Test func cardsWithWarningsAreMarked() {
        var card = CardRecord(name: "Rack", address: "10.0.0.1", generation: "NV8", status: "normal")
        let plain = CardTable.lines([card], now: Date(timeIntervalSince1970: 0), width: nil)
        #expect(!plain[0].contains("WARNINGS"))
        card.warnings = ["Shares its address with card 7."]
        card.place = PlaceRecord(card: 3, name: "Rack 3")
        let lines = CardTable.lines([card], now: Date(timeIntervalSince1970: 0), width: nil)
        #expect(lines[0].hasSuffix("WARNINGS"))
        #expect(lines[1].hasSuffix("Shares its address with card 7. Seems to be in the place of Rack 3 (id 3)."))
        #expect(CardTable.lines([card], now: Date(timeIntervalSince1970: 0), width: 80)[1].contains("…"))
    }
}
