import FoundationEssentials
import NetVision
import PowerDevice

/// What metrics tell of one card at a moment.
struct CardFigures: Sendable {
    let card: Card
    let status: CardStatus
    /// Whether the status is one of now. What a card said before it fell silent is no metric any more.
    let isFresh: Bool

    init(card: Card, status: CardStatus, isFresh: Bool) {
        self.card = card
        self.status = status
        self.isFresh = isFresh && status.status != .unreachable && status.lastSeen != nil
    }

    /// `unknown` when the last answer is too old for a status, even if nobody has noticed that yet.
    var operatingStatus: OperatingStatus { isFresh || status.status == .unreachable ? status.status : .unknown }

    /// The values of now; none of a card that does not answer.
    var readings: [Variable: Double] { isFresh ? status.readings : [:] }

    /// The labels that tell which card it is. The same on every metric of a card, and bounded by the inventory.
    var labels: [(String, String)] { [("card", "\(card.id)"), ("name", card.name), ("site", card.site ?? "")] }

    /// What does not change from poll to poll, for joins.
    var facts: [(String, String)] {
        let values = [card.address, card.firmware ?? "", card.generation.rawValue, card.kind.rawValue, card.model ?? ""]
        return Array(zip(Self.factNames, values))
    }

    static let factNames = ["address", "firmware", "generation", "kind", "model"]
}
