import NetVision

/// What an operator calls a card by: its number at the server, its name, address, MAC or serial number.
struct CardSelector: Sendable, Equatable {
    let text: String
    private let mac: String?

    init(_ text: String) {
        self.text = text
        mac = HardwareAddress(text).map { "\($0)" }
    }

    /// The number at the server that the text may be.
    var number: Int? { text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil }

    /// What to search the server for.
    var query: String { mac ?? text }

    func matches(_ card: CardRecord) -> Bool {
        if let mac, card.mac?.uppercased() == mac { return true }
        if card.address == text || card.serial == text { return true }
        return card.name.lowercased() == text.lowercased()
    }

    /// The one card among `cards` that is meant. Throws where there is none, or where several have that name.
    func one(of cards: [CardRecord]) throws -> CardRecord {
        let found = cards.filter(matches)
        guard let card = found.first else {
            throw CommandFailure(
                .failed, "There is no card \"\(text)\". See nvexplorer list; a card is named by id, name, address, MAC or serial number.")
        }
        guard found.count == 1 else {
            let choices = found.map { "\($0.id.map(String.init) ?? "?") (\($0.name), \($0.address))" }.joined(separator: ", ")
            throw CommandFailure(.failed, "\"\(text)\" may be several cards: \(choices). Name it by its id.")
        }
        return card
    }
}

/// Which cards a list is to have.
struct CardCriteria: Sendable, Equatable {
    var status: [String] = []
    var generation: String?
    var model: String?
    var firmware: String?
    var site: String?
    var tag: String?

    var isEmpty: Bool { self == CardCriteria() }

    var query: [(String, String?)] {
        [
            ("status", status.isEmpty ? nil : status.joined(separator: ",")), ("generation", generation), ("model", model),
            ("firmware", firmware), ("site", site), ("tag", tag),
        ]
    }

    /// The same for cards that no server has filtered. Sites and tags are a server's.
    func matches(_ card: CardRecord) -> Bool {
        (status.isEmpty || status.contains(card.status)) && (generation == nil || generation == card.generation)
            && (model == nil || model == card.model) && (firmware == nil || firmware == card.firmware)
    }
}

extension FleetAPI {
    /// The card that the text means.
    func card(_ text: String) async throws -> CardRecord {
        let selector = CardSelector(text)
        if let number = selector.number {
            // A number is a card's id before anything else; else it may be a name or a serial number.
            if let card: CardRecord = try await readIfThere("cards/\(number)") { return card }
        }
        return try selector.one(of: try await list("cards", [("q", selector.query)]))
    }

    /// The number under which the server has the card.
    static func number(of card: CardRecord) throws -> Int {
        guard let id = card.id else { throw CommandFailure(.failed, "The server tells no id of \(card.name).") }
        return id
    }
}
