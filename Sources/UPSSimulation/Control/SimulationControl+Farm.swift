import Hummingbird

/// What concerns many cards of a farm at once.
extension SimulationControl {
    func addFarm(to router: some RouterMethods<ControlRequestContext>) {
        router.put("mains") { request, context in
            let example =
                #"{"present": false} with optional cards ([1, 2]; absent: all), source, voltage, frequency, drift, lost, phase, "#
                + "reversed"
            let body = try await request.document(FarmSupplyChange.self, context, like: example)
            return CardCount(cards: try change(body.change, of: body.cards))
        }
        router.get("traps") { _, _ in TrapTotals(cards.values.compactMap { $0.traps?.state() }) }
    }

    /// Nothing happens to any of them where one is not there, or the change is none that a device can meet.
    private func change(_ change: SupplyChange, of numbers: [Int]?) throws -> Int {
        let chosen = try Set(numbers ?? Array(cards.keys)).sorted().map { number throws(ControlProblem) in try card("\(number)") }
        for card in chosen { try Occurrence.supply(change).validate(card.simulator.layout) }
        for card in chosen { try card.simulator.apply(.supply(change)) }
        return chosen.count
    }

    private struct FarmSupplyChange: Decodable {
        /// The numbers of the cards; nil: all.
        let cards: [Int]?
        let change: SupplyChange

        init(from decoder: any Decoder) throws {
            cards = try decoder.container(keyedBy: Key.self).decodeIfPresent([Int].self, forKey: .cards)
            change = try SupplyChange(from: decoder)
        }

        private enum Key: CodingKey { case cards }
    }

    private struct CardCount: ResponseEncodable {
        let cards: Int
    }

    /// What has become of the traps of all cards.
    private struct TrapTotals: ResponseEncodable {
        let sent: Int
        let merged: Int
        let dropped: Int

        init(_ states: [ControlledCard.TrapState]) {
            sent = states.reduce(0) { $0 + $1.sent }
            merged = states.reduce(0) { $0 + $1.merged }
            dropped = states.reduce(0) { $0 + $1.dropped }
        }
    }
}
