import SNMP

/// Finds the card of a notification whose addresses are no card's: a card behind address translation, or with a new address. Pure.
///
/// By the engine that the same card's authentic notifications had before; by the MAC address in the engine's id; by a MAC address or serial
/// number among the variables. Bounded.
struct TrapSenders: Sendable {
    static let maximumEngines = 16_384
    /// Variables that are looked at.
    static let maximumVariables = 16

    private var cards: [EngineID: Int64] = [:]

    /// A card has sent a notification that its key vouches for.
    mutating func learn(_ engine: EngineID?, of card: Int64) {
        guard let engine, cards[engine] != card, cards[engine] != nil || cards.count < Self.maximumEngines else { return }
        cards[engine] = card
    }

    func card(of arrival: TrapIntake.Arrival, find: (CardMark) -> Card?) -> Card? {
        if let engine = arrival.engine {
            if let card = cards[engine].flatMap({ find(.number($0)) }) { return card }
            if let card = engine.mac.flatMap({ find(.mac($0)) }) { return card }
        }
        for binding in arrival.notification.bindings.prefix(Self.maximumVariables) {
            guard case .octetString(let octets) = binding.value, 5...64 ~= octets.count else { continue }
            if octets.count == 6, let card = find(.mac(octets.hexadecimal)) { return card }
            let text = String(decoding: octets, as: UTF8.self)
            if let card = find(.serial(text)) ?? find(.mac(text)) { return card }
        }
        return nil
    }
}

extension ReceivedNotification {
    /// The sender's engine, of version 3.
    var engine: EngineID? {
        if case .user(_, _, let engine) = principal { engine } else { nil }
    }

    /// Whether a key vouches for it.
    var isAuthentic: Bool {
        if case .user(_, let level, _) = principal { level != .noAuthNoPriv } else { false }
    }
}
