/// Which cards Modbus clients may reach through the server, and by which unit on the shared port. Pure.
struct GatewayRoster: Sendable {
    private(set) var cards: [Int64: Card] = [:]
    private var units: [UInt8: Int64] = [:]

    init(_ cards: [Card] = []) {
        for card in cards where card.gateway != nil {
            self.cards[card.id] = card
            if let unit = card.gateway?.unit.flatMap(UInt8.init(exactly:)) { units[unit] = card.id }
        }
    }

    /// The card that a unit identifier picks on the shared port.
    func card(unit: UInt8) -> Card? { units[unit].flatMap { cards[$0] } }

    /// The cards with a port of their own, by port.
    var ports: [Int: Int64] {
        Dictionary(cards.values.compactMap { card in card.gateway?.port.map { ($0, card.id) } }) { min($0, $1) }
    }

    /// The unit that a card is asked as by a client of its own port: 0 and 255 mean the card itself (MODBUS Messaging on TCP/IP V1.0b
    /// §4.4.2), others a unit of its system.
    static func unit(_ asked: UInt8) -> UInt8 { asked == 0 || asked == 255 ? 1 : asked }
}
