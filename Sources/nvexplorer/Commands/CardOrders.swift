import ArgumentParser
import NetVision

/// What became of an order to one card.
struct OrderOutcome: Encodable, Sendable {
    @Nullable var card: Int?
    let name: String
    let address: String
    @Nullable var mac: String?
    let done: Bool
    @Nullable var error: String?

    static func done(_ card: CardRecord) -> OrderOutcome {
        OrderOutcome(card: card.id, name: card.name, address: card.address, mac: card.mac, done: true, error: nil)
    }

    static func failed(_ card: CardRecord, _ error: String) -> OrderOutcome {
        OrderOutcome(card: card.id, name: card.name, address: card.address, mac: card.mac, done: false, error: error)
    }
}

/// What a command that gives orders prints.
struct OrderReport: Encodable, Sendable {
    let cards: [OrderOutcome]

    init(_ cards: [OrderOutcome]) { self.cards = cards }
}

/// An order to several cards, one after the other or at once; each succeeds or fails for itself.
struct CardOrders: Sendable {
    let options: GlobalOptions
    let cards: [String]

    /// Gives each card the order by the LAN protocol.
    func onLAN(_ order: LANRequest.Order, password: CardPassword) async throws -> [(OrderOutcome, ProgramExit)] {
        let secret = try password.given()
        return try await options.withLAN { lan in
            try await CardSearch(lan: lan).everyCard(cards).mapConcurrently(limit: CardSearch.concurrency) { card in
                let record = card.record(nil, at: "").named
                do {
                    try await lan.order(order, card, password: secret)
                    return (.done(record), .done)
                } catch let failure as CommandFailure {
                    return (.failed(record, failure.description), failure.code)
                }
            }
        }
    }

    /// Posts each card's `verb` to the server.
    func atServer(_ verb: String, _ body: some Encodable & Sendable = [String: Int]()) async throws -> [(OrderOutcome, ProgramExit)] {
        try await options.withServer { api in
            var outcomes: [(OrderOutcome, ProgramExit)] = []
            for record in try await api.cards(cards) {
                do {
                    try await api.order("cards/\(try FleetAPI.number(of: record))/\(verb)", body)
                    outcomes.append((.done(record), .done))
                } catch let failure as CommandFailure {
                    outcomes.append((.failed(record, failure.description), failure.code))
                }
            }
            return outcomes
        }
    }

    /// Prints the outcomes, and throws where one of them is no success: alone with its own exit code, else with the one for "some".
    func tell(_ outcomes: [(OrderOutcome, ProgramExit)], success: String) throws {
        try options.output.show(OrderReport(outcomes.map(\.0))) {
            outcomes.filter { $0.0.done }.map { "\($0.0.name) (\($0.0.address)): \(success)" }
        }
        let failures = outcomes.filter { !$0.0.done }
        for (outcome, _) in failures { Output.complain("\(outcome.name) (\(outcome.address)): \(outcome.error ?? "failed")") }
        if let first = failures.first { throw CommandFailure(outcomes.count == 1 ? first.1 : .failed, "") }
    }
}

extension CardRecord {
    /// Who the card is, without a state that nobody has asked for.
    var named: CardRecord {
        var record = self
        record.status = "unknown"
        record.problem = nil
        record.lastSeen = nil
        return record
    }
}
