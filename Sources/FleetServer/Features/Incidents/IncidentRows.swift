import Alarming
import FoundationEssentials
import PowerDevice

// Rows of the tables and what the engine goes by, both ways.

extension AlarmNews {
    /// An event with its alarm and the alarm's card; the columns that two of them have are named apart.
    init?(event row: SQLRow, now: Date) throws {
        guard let kind = Kind(rawValue: try row.required("kind")) else { return nil }
        try self.init(kind, row, at: try row.required("at"), username: row.text("username"), now: now)
    }

    /// An alarm that is open and of which no event was heard.
    init(open row: SQLRow, now: Date) throws {
        try self.init(.raised, row, at: try row.required("since"), username: nil, now: now)
    }

    private init(_ kind: Kind, _ row: SQLRow, at: Int64, username: String?, now: Date) throws {
        let title: String = try row.required("title")
        let card = row.integer("card_id")
        let name = row.text("card_name") ?? card.map { "Card \($0)" } ?? title
        let place = card.map { Place(card: $0, name: name, site: row.text("card_site"), address: row.text("address") ?? "") } ?? .server
        self.init(
            kind, alarm: try row.required("alarm_id"), card: card, cardName: name, name: try row.required("name"), title: title,
            severity: Severity(rawValue: try row.required("severity")) ?? .warning, place: place, at: at, username: username,
            isShelved: row.date("shelved_until").map { $0 > now } ?? false)
    }
}

extension IncidentMember {
    /// - Parameter now: by the steady clock; what was stored by one that was ahead counts from now.
    init(_ row: SQLRow, now: Int64) throws {
        let singledAt = row.integer("singled_at").map { min($0, now) }
        let reason = row.integer("single_reason").flatMap { Reason(rawValue: Int($0)) }
        self.init(
            alarm: try row.required("alarm_id"), card: row.integer("card_id"), cardName: try row.required("card_name"),
            name: try row.required("name"), title: try row.required("title"),
            severity: Severity(rawValue: try row.required("severity")) ?? .warning,
            role: Role(rawValue: try row.required("role")) ?? .group, joinedAt: try row.required("joined_at"),
            seenAt: min(try row.required("seen_at"), now), clearedAt: row.integer("cleared_at"),
            clearSeenAt: row.integer("clear_seen_at").map { min($0, now) }, isShelved: row.bool("shelved"),
            isAcknowledged: row.bool("acknowledged"),
            single: singledAt.flatMap { at in reason.map { Single(reason: $0, at: at) } },
            singleEndedAt: row.integer("single_ended_at"))
    }

    static let columns = """
        incident_id, alarm_id, card_id, card_name, name, title, severity, role, joined_at, seen_at, cleared_at, clear_seen_at, shelved, \
        acknowledged, singled_at, single_reason, single_ended_at
        """

    func values(in incident: Int64) -> [SQLValue] {
        [
            .integer(incident), .integer(alarm), SQLValue(card), .text(cardName), .text(name), .text(title), .text(severity.rawValue),
            .text(role.rawValue), .integer(joinedAt), .integer(seenAt), SQLValue(clearedAt), SQLValue(clearSeenAt), SQLValue(isShelved),
            SQLValue(isAcknowledged), SQLValue(single?.at), SQLValue(single?.reason.rawValue), SQLValue(singleEndedAt),
        ]
    }
}

extension Incident {
    /// Without its members.
    init(_ row: SQLRow, now: Int64) throws {
        let place: String = try row.required("place")
        let title: String = try row.required("alarm_title")
        let lastClear = row.integer("last_clear_seen_at").map { min($0, now) }
        self.init(
            id: try row.required("id"), place: Place(stored: place, title: row.text("place_title") ?? title),
            family: try row.required("family"), cause: try row.required("cause"), alarmTitle: title,
            severity: Severity(rawValue: try row.required("severity")) ?? .warning, openedAt: try row.required("opened_at"),
            closedAt: row.integer("closed_at"), changedAt: try row.required("changed_at"), seenAt: min(try row.required("seen_at"), now),
            lastJoinedAt: min(try row.required("last_joined_at"), now), lastClearSeenAt: lastClear,
            lastClearedAt: row.integer("last_cleared_at"), told: Told(row, now: now))
    }

    /// All but what people write, which is the acknowledgement.
    static let columns = [
        "id", "site", "place", "place_title", "family", "cause", "title", "alarm_title", "severity", "opened_at", "closed_at", "changed_at",
        "cards", "active", "singles", "state", "seen_at", "last_joined_at", "last_clear_seen_at", "last_cleared_at", "told_at",
        "told_cards", "told_grave", "told_severity", "told_cause", "told_count",
    ]

    func values(title: String) -> [SQLValue] {
        [
            .integer(id), SQLValue(place.site), .text(place.key), .text(place.title), .text(family), .text(cause), .text(title),
            .text(alarmTitle), .text(severity.rawValue), .integer(openedAt), SQLValue(closedAt), .integer(changedAt), SQLValue(cards),
            SQLValue(active), SQLValue(singles), .text(isOpen ? "open" : "ended"), .integer(seenAt), .integer(lastJoinedAt),
            SQLValue(lastClearSeenAt), SQLValue(lastClearedAt), SQLValue(told?.at), SQLValue(told?.cards), SQLValue(told?.grave),
            SQLValue(told?.severity.rawValue), SQLValue(told?.cause), SQLValue(told?.count),
        ]
    }
}

extension Incident.Told {
    fileprivate init?(_ row: SQLRow, now: Int64) {
        guard let at = row.integer("told_at"), let cards = row.integer("told_cards"), let count = row.integer("told_count"),
            let severity = row.text("told_severity").flatMap(Severity.init), let cause = row.text("told_cause")
        else { return nil }
        self.init(
            at: min(at, now), cards: Int(cards), grave: Int(row.integer("told_grave") ?? 0), severity: severity, cause: cause,
            count: Int(count))
    }
}

extension Moment {
    init(steady: Date, wall: Date) { self.init(steady: steady.wholeMilliseconds, wall: wall.wholeMilliseconds) }
}

extension Date {
    fileprivate var wholeMilliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }
}
