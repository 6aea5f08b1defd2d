import ArgumentParser
import NetVision

/// What became of an order to one card.
struct OrderOutcome: Encodable, Sendable {
    @Nullable var card: Int?
    let name: String
    @Nullable var address: String?
    @Nullable var mac: String?
    let done: Bool
    @Nullable var error: String?

    static func done(_ card: CardRecord) -> OrderOutcome {
        OrderOutcome(card: card.id, name: card.name, address: card.address, mac: card.mac, done: true, error: nil)
    }

    init(_ outcome: Batch<CardRecord>.Outcome) {
        let card = outcome.card
        self.init(
            card: card?.id, name: card?.name ?? outcome.name, address: card?.address, mac: card?.mac, done: outcome.failure == nil,
            error: outcome.failure?.description)
    }

    private init(card: Int?, name: String, address: String?, mac: String?, done: Bool, error: String?) {
        self.name = name
        self.done = done
        self.card = card
        self.address = address
        self.mac = mac
        self.error = error
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
    func onLAN(_ order: LANRequest.Order, password: CardPassword) async throws -> Batch<CardRecord> {
        let secret = try password.given()
        return try await options.withLAN { lan in
            let (found, missing) = try await CardSearch(lan: lan).look(for: cards)
            let outcomes = try await found.mapConcurrently(limit: CardSearch.concurrency) { card in
                let record = card.record(nil, at: "").named
                var outcome = Batch<CardRecord>.Outcome(name: record.title, card: record, result: .success(record))
                do {
                    try await lan.order(order, card, password: secret)
                } catch let failure as CommandFailure {
                    outcome.result = .failure(failure)
                }
                return outcome
            }
            let silent = missing.map { Batch<CardRecord>.Outcome(name: $0.text, result: .failure($0.failure)) }
            return Batch(outcomes: outcomes + silent)
        }
    }

    /// Posts each card's `verb` to the server.
    func atServer(_ verb: String, _ body: some Encodable & Sendable = [String: Int]()) async throws -> Batch<CardRecord> {
        try await atServer { api, card in try await api.order("cards/\(try FleetAPI.number(of: card))/\(verb)", body) }
    }

    /// Does the same for each card at the server.
    func atServer(_ act: (FleetAPI, CardRecord) async throws -> Void) async throws -> Batch<CardRecord> {
        try await options.withServer { api in
            try await api.cards(cards).each { card in
                try await act(api, card)
                return card
            }
        }
    }

    /// Prints the outcomes, and throws where one of them is no success.
    func tell(_ orders: Batch<CardRecord>, success: String) throws {
        try options.output.show(OrderReport(orders.outcomes.map(OrderOutcome.init))) {
            orders.outcomes.filter { $0.failure == nil }.map { "\($0.name): \(success)" }
        }
        try orders.complain()
    }
}

extension CardRecord {
    /// `Rack 3 (10.1.0.5)`
    var title: String { name == address ? name : "\(name) (\(address))" }

    /// Who the card is, without a state that nobody has asked for.
    var named: CardRecord {
        var record = self
        record.status = "unknown"
        record.problem = nil
        record.lastSeen = nil
        return record
    }
}
