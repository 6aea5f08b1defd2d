import Alarming
import FoundationEssentials

// What people see of incidents, and what they add.

extension IncidentStore {
    static func record(_ id: Int64, _ transaction: SQLTransaction) throws -> IncidentRecord? {
        try transaction.row("SELECT * FROM incident WHERE id = ?", [.integer(id)]).map(IncidentRecord.init)
    }

    /// The newest first, from just before the incident `before`.
    func incidents(_ filter: IncidentFilter, before: Int64?, limit: Int) async throws -> [IncidentRecord] {
        var condition = filter.condition
        condition.add("id < ?", .integer(before ?? .max))
        let (sql, arguments) = (condition.sql, condition.arguments)
        return try await database.read { transaction in
            try transaction.rows("SELECT * FROM incident WHERE \(sql) ORDER BY id DESC LIMIT \(limit)", arguments)
                .map(IncidentRecord.init)
        }
    }

    func incident(_ id: Int64) async throws -> IncidentDetail? {
        try await database.read { transaction in
            guard let record = try Self.record(id, transaction) else { return nil }
            let row = try transaction.row(
                """
                SELECT COUNT(*) AS alarms, COUNT(CASE WHEN cleared_at IS NULL THEN 1 END) AS active,
                  COUNT(CASE WHEN acknowledged = 1 THEN 1 END) AS acknowledged, COUNT(CASE WHEN shelved = 1 THEN 1 END) AS shelved
                FROM incident_member WHERE incident_id = ?
                """, [.integer(id)])
            func count(_ column: String) -> Int { Int(row?.integer(column) ?? 0) }
            return IncidentDetail(
                record: record,
                counts: .init(
                    alarms: count("alarms"), active: count("active"), acknowledged: count("acknowledged"), shelved: count("shelved")))
        }
    }

    /// In the order of the alarms' keys, after the alarm `after`.
    func members(
        of incident: Int64, _ which: IncidentFilter.Members, after: Int64?, limit: Int
    ) async throws -> [IncidentMemberResource] {
        let condition =
            switch which {
            case .active: " AND cleared_at IS NULL"
            case .cleared: " AND cleared_at IS NOT NULL"
            case .single: " AND singled_at IS NOT NULL"
            case .all: ""
            }
        return try await database.read { transaction in
            try transaction.rows(
                """
                SELECT * FROM incident_member WHERE incident_id = ? AND alarm_id > ?\(condition) ORDER BY alarm_id LIMIT \(limit)
                """, [.integer(incident), .integer(after ?? 0)]
            ).map(IncidentMemberResource.init)
        }
    }

    /// In their order, after the line `after`.
    func timeline(of incident: Int64, after: Int64?, limit: Int) async throws -> [IncidentLineResource] {
        try await database.read { transaction in
            try transaction.rows(
                "SELECT * FROM incident_event WHERE incident_id = ? AND id > ? ORDER BY id LIMIT \(limit)",
                [.integer(incident), .integer(after ?? 0)]
            ).map(IncidentLineResource.init)
        }
    }

    /// The incident's alarms that nobody has acknowledged.
    func unacknowledgedAlarms(of incident: Int64) async throws -> [Int64] {
        try await database.read { transaction in
            try transaction.rows(
                """
                SELECT m.alarm_id FROM incident_member m JOIN alarm a ON a.id = m.alarm_id
                WHERE m.incident_id = ? AND a.cleared_at IS NULL AND a.acknowledged_at IS NULL ORDER BY m.alarm_id
                """, [.integer(incident)]
            ).compactMap { $0.integer("alarm_id") }
        }
    }

    /// Returns the number of tells: none if somebody knew of it already.
    func acknowledge(_ id: Int64, by user: String, comment: String?, now: Date) async throws -> Int {
        let at = Moment(steady: now, wall: now).wall
        return try await database.write { try Self.acknowledge(id, by: user, comment: comment, at: at, $0) }
    }

    func comment(_ id: Int64, by user: String, text: String, now: Date) async throws {
        let at = Moment(steady: now, wall: now).wall
        try await database.write { try Self.add(IncidentLine(.commented, incident: id, at: at, text: text, username: user), $0) }
    }
}
