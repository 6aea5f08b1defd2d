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

    static func readings(card: Int64, at: Date, readings: [Variable: Double]) -> FleetEvent {
        FleetEvent(kind: .readings, encoding: Readings(card: card, at: at, values: ReadingsResource(at: at, readings: readings).values))
    }

    static func alarm(_ edge: CardStatusStore.AlarmEdge) -> FleetEvent {
        FleetEvent(
            kind: .alarm,
            encoding: AlarmChanged(
                card: edge.card, at: edge.at, name: edge.alarm.name, title: edge.alarm.title, severity: edge.alarm.severity,
                active: edge.isActive))
    }

    init(kind: Kind, encoding document: some Encodable) {
        // Our own documents always encode: numbers in them are finite, keys are strings.
        let text = (try? JSONCoding.text(document)) ?? "{}"
        self.init(kind: kind, data: text)
    }

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

    private struct Readings: Encodable {
        let card: Int64
        let at: Date
        let values: [String: Double]
    }

    private struct AlarmChanged: Encodable {
        let card: Int64
        let at: Date
        let name: String
        let title: String
        let severity: Severity
        let active: Bool
    }
}
