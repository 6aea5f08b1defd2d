import Alarming
import FoundationEssentials
import PowerDevice

/// A row of what is worth telling, with what else is known of it now.
struct TellRecord: Sendable {
    /// Cards of an incident that are looked at for their tags.
    private static let maximumCards = 5000

    let id: Int64
    let at: Date
    let tell: Tell
    let incident: Int64?
    let alarm: Int64?
    let card: Int64?
    let cardName: String?
    let title: String
    let body: String
    /// Whether it is over, and whether somebody has said that they know.
    let isOver: Bool
    let isAcknowledged: Bool

    init(_ row: SQLRow, _ transaction: SQLTransaction) throws {
        id = try row.required("id")
        at = try row.requiredDate("at")
        (incident, alarm, card) = (row.integer("incident_id"), row.integer("alarm_id"), row.integer("card_id"))
        title = try row.required("title")
        body = try row.required("body")
        let ofIncident = try incident.flatMap {
            try transaction.row("SELECT cause, closed_at, acknowledged_at FROM incident WHERE id = ?", [.integer($0)])
        }
        let ofAlarm = try alarm.flatMap {
            try transaction.row("SELECT name, cleared_at, acknowledged_at, shelved_until FROM alarm WHERE id = ?", [.integer($0)])
        }
        let state = ofAlarm ?? ofIncident
        isOver = state?.integer(ofAlarm == nil ? "closed_at" : "cleared_at") != nil
        isAcknowledged = state?.integer("acknowledged_at") != nil || ofIncident?.integer("acknowledged_at") != nil
        let cards = try Self.cards(of: card, in: incident, transaction)
        cardName = cards.count == 1 ? cards[0].name : nil
        let isShelved = try (ofAlarm?.date("shelved_until") ?? .distantPast) > row.requiredDate("at")
        tell = Tell(
            kind: Tell.Kind(rawValue: try row.required("kind")) ?? .changed,
            severity: Severity(rawValue: try row.required("severity")) ?? .critical, site: row.text("site"),
            cause: ofIncident?.text("cause"),
            cards: cards.map(\.card), alarm: ofAlarm?.text("name"), isShelved: isShelved)
    }

    private static func cards(
        of card: Int64?, in incident: Int64?, _ transaction: SQLTransaction
    ) throws -> [(card: Tell.Card, name: String)] {
        let rows =
            if let card {
                try transaction.rows("SELECT id, name, tags FROM card WHERE id = ?", [.integer(card)])
            } else if let incident {
                try transaction.rows(
                    """
                    SELECT id, name, tags FROM card WHERE id IN (SELECT card_id FROM incident_member WHERE incident_id = ?)
                    ORDER BY id LIMIT \(maximumCards)
                    """, [.integer(incident)])
            } else {
                [SQLRow]()
            }
        return try rows.map { row in
            let tags = try JSONCoding.value([String].self, from: try row.required("tags"))
            return (Tell.Card(id: try row.required("id"), tags: Set(tags)), try row.required("name"))
        }
    }

    func message(id messageId: String, instance: String, step: Int) -> NotificationMessage {
        NotificationMessage(
            messageId: messageId, kind: tell.kind.rawValue, severity: tell.severity, title: step > 0 ? "Unacknowledged: \(title)" : title,
            text: body, at: at, site: tell.site, cause: tell.cause, incident: incident, alarm: alarm, alarmName: tell.alarm, card: card,
            cardName: cardName, cards: tell.cards.count, thread: incident.map { "nvfleet-\(instance)-incident-\($0)" },
            step: step > 0 ? step : nil)
    }
}
