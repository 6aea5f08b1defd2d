import Alarming
import FoundationEssentials
import PowerDevice

/// Which alarms a request wants to see.
struct AlarmFilter: Sendable, Equatable {
    enum State: String, Sendable, CaseIterable { case open, raised, acknowledged, cleared, all }
    enum Shelved: String, Sendable, CaseIterable {
        case yes = "true"
        case no = "false"
        case any
    }

    var state = State.open
    var shelved = Shelved.any
    var severity: [String] = []
    var source: [String] = []
    var card: Int64?
    var site: String?
    var tag: String?
    var name: String?
    /// Text that name, title, detail or the card's name contain, whatever the case.
    var text: String?
    /// Raised at or after it.
    var from: Date?
    /// Raised before it.
    var to: Date?
}

/// Alarms with what their cards are called, for lists and pages.
struct AlarmListing: Sendable {
    let database: FleetDatabase
    /// What the freshness of answers is compared with: the `SteadyClock`'s time.
    var steadyNow: @Sendable () -> Date = { SteadyClock.process.now }

    /// The newest first, those before the alarm `before`.
    func alarms(_ filter: AlarmFilter, before: Int64?, limit: Int) async throws -> [AlarmResource] {
        var condition = Condition()
        condition.add("1 = 1")
        if let before { condition.add("a.id < ?", .integer(before)) }
        filter.add(to: &condition)
        return try await rows("WHERE \(condition.sql) ORDER BY a.id DESC LIMIT \(limit)", condition.arguments)
    }

    func alarm(_ id: Int64) async throws -> AlarmResource? { try await rows("WHERE a.id = ?", [.integer(id)]).first }

    /// The card's alarms, open ones first, then the newest first.
    func alarms(of card: Int64, openOnly: Bool, offset: Int, limit: Int) async throws -> [AlarmResource] {
        let open = openOnly ? "AND a.cleared_at IS NULL" : ""
        return try await rows(
            """
            WHERE a.card_id = ? \(open)
            ORDER BY CASE WHEN a.cleared_at IS NULL THEN 0 ELSE 1 END, a.since DESC, a.name LIMIT \(limit) OFFSET \(offset)
            """, [.integer(card)])
    }

    private func rows(_ clause: String, _ arguments: [SQLValue]) async throws -> [AlarmResource] {
        let now = SQLValue(steadyNow())
        return try await database.read { transaction in
            try transaction.rows(
                """
                SELECT a.*, c.name AS card_name, c.site AS card_site,
                  CASE WHEN s.status IN ('unknown', 'unreachable') OR s.fresh_until >= ? THEN s.status ELSE 'unknown' END AS card_status,
                  (SELECT MAX(m.incident_id) FROM incident_member m WHERE m.alarm_id = a.id) AS incident
                FROM alarm a LEFT JOIN card c ON c.id = a.card_id LEFT JOIN card_status s ON s.card_id = a.card_id \(clause)
                """, [now] + arguments
            ).map(AlarmResource.init)
        }
    }

    /// What happened to an alarm, from its begin on.
    func timeline(of alarm: Int64) async throws -> [AlarmEventResource] {
        try await database.read { transaction in
            try transaction.rows(
                "\(AlarmStore.selectEvents) WHERE e.alarm_id = ? ORDER BY e.id LIMIT 1000", [.integer(alarm)]
            ).map { AlarmEventResource(try AlarmEvent($0, alarm: AlarmRecord($0))) }
        }
    }

    /// What happened to a card's alarms, and what it has sent, the newest first.
    func events(of card: Int64, offset: Int, limit: Int) async throws -> [CardEventResource] {
        try await database.read { transaction in
            try transaction.rows(
                """
                SELECT e.at AS at, e.id AS id, e.kind AS kind, e.alarm_id AS alarm_id, a.name AS name, a.title AS title,
                  e.severity AS severity, e.source AS source, e.username AS username, e.text AS text
                FROM alarm_event e JOIN alarm a ON a.id = e.alarm_id WHERE a.card_id = ?
                UNION ALL
                SELECT m.at, m.id, 'message', NULL, NULL, NULL, m.severity, m.protocol, NULL, m.text
                FROM card_message m WHERE m.card_id = ?
                ORDER BY at DESC, id DESC LIMIT \(limit) OFFSET \(offset)
                """, [.integer(card), .integer(card)]
            ).map(CardEventResource.init)
        }
    }

    func summary() async throws -> AlarmSummary {
        try await database.read { transaction in
            var summary = AlarmSummary()
            let rows = try transaction.rows(
                """
                SELECT severity, CASE WHEN acknowledged_at IS NULL THEN 0 ELSE 1 END AS known,
                  CASE WHEN shelved_until IS NULL THEN 0 ELSE 1 END AS shelved, COUNT(*) AS count
                FROM alarm WHERE cleared_at IS NULL GROUP BY 1, 2, 3
                """)
            for row in rows {
                let severity = Severity(rawValue: try row.required("severity")) ?? .warning
                summary.add(Int(row.integer("count") ?? 0), severity, isKnown: row.bool("known"), isShelved: row.bool("shelved"))
            }
            return summary
        }
    }
}

extension AlarmFilter {
    fileprivate func add(to condition: inout Condition) {
        switch state {
        case .all: break
        case .open: condition.add("a.cleared_at IS NULL")
        case .raised: condition.add("a.cleared_at IS NULL AND a.acknowledged_at IS NULL")
        case .acknowledged: condition.add("a.cleared_at IS NULL AND a.acknowledged_at IS NOT NULL")
        case .cleared: condition.add("a.cleared_at IS NOT NULL")
        }
        switch shelved {
        case .any: break
        case .yes: condition.add("a.shelved_until IS NOT NULL")
        case .no: condition.add("a.shelved_until IS NULL")
        }
        condition.addOneOf("a.severity", severity)
        condition.addOneOf("a.source", source)
        if let card { condition.add("a.card_id = ?", .integer(card)) }
        if let name { condition.add("a.name = ?", .text(name)) }
        if let site { condition.add("c.site = ?", .text(site)) }
        if let tag { condition.add("REPLACE(c.tags, ?, '') <> c.tags", .text("\"\(tag)\"")) }
        if let from { condition.add("a.since >= ?", SQLValue(from)) }
        if let to { condition.add("a.since < ?", SQLValue(to)) }
        guard let text, !text.isEmpty else { return }
        let escaped = text.lowercased().replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
        let columns = ["a.name", "a.title", "a.detail", "c.name"]
        condition.add(
            "(\(columns.map { "LOWER(\($0)) LIKE ? ESCAPE '\\'" }.joined(separator: " OR ")))", columns.map { _ in .text("%\(escaped)%") })
    }
}
