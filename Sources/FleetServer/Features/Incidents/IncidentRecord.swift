import Alarming
import FoundationEssentials
import Hummingbird
import PowerDevice

/// An incident as lists show it.
struct IncidentRecord: ResponseEncodable, Sendable, Equatable {
    enum State: String, Sendable, Encodable, CaseIterable { case open, ended }

    let id: Int64
    let site: String?
    let place: String
    let cause: String
    let title: String
    let severity: Severity
    let state: State
    let openedAt: Date
    let endedAt: Date?
    let changedAt: Date
    let cards: Int
    let active: Int
    let singles: Int
    let acknowledgedAt: Date?
    let acknowledgedBy: String?

    init(_ row: SQLRow) throws {
        id = try row.required("id")
        site = row.text("site")
        place = try row.required("place_title")
        cause = try row.required("cause")
        title = try row.required("title")
        severity = Severity(rawValue: try row.required("severity")) ?? .warning
        state = State(rawValue: try row.required("state")) ?? .open
        openedAt = try row.requiredDate("opened_at")
        endedAt = row.date("closed_at")
        changedAt = try row.requiredDate("changed_at")
        cards = Int(try row.required("cards", as: Int64.self))
        active = Int(try row.required("active", as: Int64.self))
        singles = Int(try row.required("singles", as: Int64.self))
        acknowledgedAt = row.date("acknowledged_at")
        acknowledgedBy = row.text("acknowledged_by")
    }

    private enum CodingKeys: CodingKey {
        case id, site, place, cause, title, severity, state, openedAt, endedAt, changedAt, cards, active, singles, acknowledgedAt
        case acknowledgedBy
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(site, forKey: .site)
        try container.encode(place, forKey: .place)
        try container.encode(cause, forKey: .cause)
        try container.encode(title, forKey: .title)
        try container.encode(severity, forKey: .severity)
        try container.encode(state, forKey: .state)
        try container.encode(openedAt, forKey: .openedAt)
        try container.encode(endedAt, forKey: .endedAt)
        try container.encode(changedAt, forKey: .changedAt)
        try container.encode(cards, forKey: .cards)
        try container.encode(active, forKey: .active)
        try container.encode(singles, forKey: .singles)
        try container.encode(acknowledgedAt, forKey: .acknowledgedAt)
        try container.encode(acknowledgedBy, forKey: .acknowledgedBy)
    }
}

/// An incident with what its own page shows besides.
struct IncidentDetail: ResponseEncodable, Sendable {
    struct Counts: Encodable, Sendable, Equatable {
        let alarms: Int
        let active: Int
        let acknowledged: Int
        let shelved: Int
    }

    let record: IncidentRecord
    let counts: Counts

    /// What is taken for the cause of it all, where that is one thing outside of the cards.
    var root: String? {
        switch record.cause {
        case "mains": "The mains of \(record.place)"
        case Incident.siteUnreachable: "The router or the link of \(record.place)"
        case Incident.serverIsolated: "This server's own network"
        default: nil
        }
    }

    private enum CodingKeys: CodingKey { case counts, root }

    func encode(to encoder: any Encoder) throws {
        try record.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(counts, forKey: .counts)
        try container.encode(root, forKey: .root)
    }
}

/// An alarm of an incident.
struct IncidentMemberResource: Encodable, Sendable {
    let alarm: Int64
    @Nullable var card: Int64?
    let cardName: String
    let name: String
    let title: String
    let severity: Severity
    let role: IncidentMember.Role
    let joinedAt: Date
    @Nullable var clearedAt: Date?
    /// When it was told by itself.
    @Nullable var singledAt: Date?
    let acknowledged: Bool
    let shelved: Bool

    init(_ row: SQLRow) throws {
        let member = try IncidentMember(row, now: .max)
        alarm = member.alarm
        cardName = member.cardName
        name = member.name
        title = member.title
        severity = member.severity
        role = member.role
        joinedAt = try row.requiredDate("joined_at")
        acknowledged = member.isAcknowledged
        shelved = member.isShelved
        card = member.card
        clearedAt = row.date("cleared_at")
        singledAt = row.date("singled_at")
    }
}

/// A line of an incident's timeline.
struct IncidentLineResource: Encodable, Sendable {
    let id: Int64
    let at: Date
    let kind: IncidentLine.Kind
    let text: String
    @Nullable var username: String?

    init(_ row: SQLRow) throws {
        id = try row.required("id")
        at = try row.requiredDate("at")
        kind = IncidentLine.Kind(rawValue: try row.required("kind")) ?? .commented
        text = try row.required("text")
        username = row.text("username")
    }
}

extension IncidentMember.Role: Encodable {}
extension IncidentLine.Kind: Encodable {}

extension FleetEvent {
    /// An incident began, ended or is another than it was.
    static func incident(_ record: IncidentRecord, at: Date) -> FleetEvent {
        FleetEvent(kind: .incident, encoding: IncidentChanged(card: nil, at: at, incident: record.id, item: record))
    }

    private struct IncidentChanged: Encodable {
        @Nullable var card: Int64?
        let at: Date
        let incident: Int64
        let item: IncidentRecord
    }
}
