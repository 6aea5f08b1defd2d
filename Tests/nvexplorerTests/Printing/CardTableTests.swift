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
}
