import Alarming
import FoundationEssentials
import PowerDevice

extension IncidentStore {
    /// Stores what the engine has changed.
    func write(_ changes: IncidentChanges, _ step: inout Step, _ now: Moment, _ transaction: SQLTransaction) throws {
        guard !changes.isEmpty else { return }
        for id in changes.removedIncidents.sorted() { try Self.remove(id, transaction) }
        for key in changes.removedMembers {
            try transaction.execute(
                "DELETE FROM incident_member WHERE incident_id = ? AND alarm_id = ?", [.integer(key.incident), .integer(key.alarm)])
        }
        let engine = step.progress.engine
        for id in changes.incidents.sorted() {
            guard let incident = engine.incidents[id] ?? changes.finished[id] else { continue }
            try transaction.execute(
                Self.upsertIncident, incident.values(title: IncidentWording(incident, now, engine.policy).title))
        }
        for key in changes.members {
            guard let incident = engine.incidents[key.incident] ?? changes.finished[key.incident],
                let member = incident.members[key.alarm]
            else { continue }
            try transaction.execute(Self.upsertMember, member.values(in: key.incident))
        }
        for line in changes.lines { try Self.add(line, transaction) }
        for tell in changes.tells { try Self.add(tell, transaction) }
        step.tells += changes.tells.count + (try writeAcknowledgements(changes, now, transaction))
        let touched = changes.incidents.union(changes.unacknowledged).union(changes.acknowledged.keys)
        step.changed += try touched.sorted().compactMap { try Self.record($0, transaction) }
    }

    /// Returns the number of tells.
    private func writeAcknowledgements(_ changes: IncidentChanges, _ now: Moment, _ transaction: SQLTransaction) throws -> Int {
        for id in changes.unacknowledged.sorted() {
            let row = try transaction.row(
                """
                UPDATE incident SET acknowledged_at = NULL, acknowledged_by = NULL WHERE id = ? AND acknowledged_at IS NOT NULL RETURNING id
                """, [.integer(id)])
            guard row != nil else { continue }
            try Self.add(IncidentLine(.unacknowledged, incident: id, at: now.wall, text: "To be acknowledged anew"), transaction)
        }
        return try changes.acknowledged.sorted { $0.key < $1.key }.reduce(into: 0) { tells, entry in
            tells += try Self.acknowledge(entry.key, by: entry.value, comment: nil, at: now.wall, transaction)
        }
    }

    /// Notes that somebody knows of the incident, unless somebody does already. Returns the number of tells.
    static func acknowledge(_ id: Int64, by user: String, comment: String?, at: Int64, _ transaction: SQLTransaction) throws -> Int {
        let row = try transaction.row(
            """
            UPDATE incident SET acknowledged_at = ?, acknowledged_by = ?, changed_at = ? WHERE id = ? AND acknowledged_at IS NULL
            RETURNING site, severity, title, told_at
            """, [.integer(at), .text(user), .integer(at), .integer(id)])
        guard let row else { return 0 }
        try add(IncidentLine(.acknowledged, incident: id, at: at, text: comment ?? "Acknowledged", username: user), transaction)
        guard row.integer("told_at") != nil else { return 0 }
        let body = ["Acknowledged by \(user).", comment].compactMap(\.self).joined(separator: "\n")
        try add(
            IncidentTell(
                .acknowledged, incident: id, site: row.text("site"), at: at,
                severity: Severity(rawValue: try row.required("severity")) ?? .warning,
                title: "Acknowledged: \(try row.required("title", as: String.self))", body: body), transaction)
        return 1
    }

    static func add(_ line: IncidentLine, _ transaction: SQLTransaction) throws {
        let id = try transaction.nextKey(for: "incident_event")
        try transaction.execute(
            "INSERT INTO incident_event (id, incident_id, at, kind, text, username) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .integer(id), .integer(line.incident), .integer(line.at), .text(line.kind.rawValue), .text(line.text),
                SQLValue(line.username),
            ])
        guard id % 64 == 0 else { return }
        try transaction.execute(
            """
            DELETE FROM incident_event WHERE incident_id = ? AND id < (
              SELECT id FROM incident_event WHERE incident_id = ? ORDER BY id DESC LIMIT 1 OFFSET \(maximumLines))
            """, [.integer(line.incident), .integer(line.incident)])
    }

    private static func add(_ tell: IncidentTell, _ transaction: SQLTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO incident_tell (id, at, kind, incident_id, alarm_id, card_id, site, severity, title, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(try transaction.nextKey(for: "incident_tell")), .integer(tell.at), .text(tell.kind.rawValue),
                .integer(tell.incident), SQLValue(tell.alarm), SQLValue(tell.card), SQLValue(tell.site), .text(tell.severity.rawValue),
                .text(tell.title), .text(tell.body),
            ])
    }

    static func remove(_ id: Int64, _ transaction: SQLTransaction) throws {
        try transaction.execute("DELETE FROM incident_event WHERE incident_id = ?", [.integer(id)])
        try transaction.execute("DELETE FROM incident_member WHERE incident_id = ?", [.integer(id)])
        try transaction.execute("DELETE FROM incident WHERE id = ?", [.integer(id)])
    }

    private static let upsertIncident = """
        INSERT INTO incident (\(Incident.columns.joined(separator: ", "))) VALUES (\(Incident.columns.map { _ in "?" }.joined(separator: ", ")))
        ON CONFLICT (id) DO UPDATE SET \(Incident.columns.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
        """

    private static let upsertMember = """
        INSERT INTO incident_member (\(IncidentMember.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (incident_id, alarm_id) DO UPDATE SET severity = excluded.severity, role = excluded.role,
          joined_at = excluded.joined_at, seen_at = excluded.seen_at, cleared_at = excluded.cleared_at,
          clear_seen_at = excluded.clear_seen_at, shelved = excluded.shelved, acknowledged = excluded.acknowledged,
          singled_at = excluded.singled_at, single_reason = excluded.single_reason, single_ended_at = excluded.single_ended_at
        """
}
