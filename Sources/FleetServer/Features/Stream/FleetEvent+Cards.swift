import FoundationEssentials
import PowerDevice

extension FleetEvent {
    /// A card's status, or something else that lists show of it, has changed.
    static func card(_ resource: CardResource, at: Date) -> FleetEvent {
        let status = resource.status
        return FleetEvent(
            kind: .card,
            encoding: CardChanged(
                card: resource.card.id, at: at, status: status.status, problem: status.problem, lastSeen: status.lastSeen,
                alarmCount: status.alarmCount, summary: resource.summary, item: resource))
    }

    /// A card is out of the inventory; lists drop it.
    static func retired(_ card: Int64, at: Date) -> FleetEvent {
        FleetEvent(kind: .card, encoding: Retired(card: card, at: at, status: .unknown, retired: true))
    }

    /// So many cards have changed that lists are better read again.
    static func cards(changed: Int, at: Date) -> FleetEvent {
        FleetEvent(kind: .cards, encoding: CardsChanged(card: nil, at: at, changed: changed))
    }

    static func readings(card: Int64, at: Date, readings: [Variable: Double]) -> FleetEvent {
        FleetEvent(
            kind: .readings, data: text(of: Readings(card: card, at: at, values: ReadingsResource(at: at, readings: readings).values)),
            brief: (card, text(of: BriefReadings(card: card, at: at))))
    }

    init(kind: Kind, encoding document: some Encodable) {
        self.init(kind: kind, data: Self.text(of: document))
    }

    /// Our own documents always encode: numbers in them are finite, keys are strings.
    private static func text(of document: some Encodable) -> String { (try? JSONCoding.text(document)) ?? "{}" }

    private struct CardChanged: Encodable {
        let card: Int64
        let at: Date
        let status: OperatingStatus
        @Nullable var problem: String?
        @Nullable var lastSeen: Date?
        let alarmCount: Int
        let summary: [String: Double]
        let item: CardResource
    }

    private struct Retired: Encodable {
        let card: Int64
        let at: Date
        let status: OperatingStatus
        let retired: Bool
    }

    private struct CardsChanged: Encodable {
        @Nullable var card: Int64?
        let at: Date
        let changed: Int
    }

    private struct BriefReadings: Encodable {
        let card: Int64
        let at: Date
    }

    private struct Readings: Encodable {
        let card: Int64
        let at: Date
        let values: [String: Double]
    }
}
