import Alarming
import FoundationEssentials
import HTTPTypes
import PowerDevice

/// What operators do to alarms. Each is whole in the transaction that it is given, for others' deeds to be part of it.
extension AlarmStore {
    /// What came of a deed on many alarms.
    struct Outcome: Sendable {
        var events: [AlarmEvent] = []
        var skipped: [Skipped] = []
    }

    struct Skipped: Encodable, Sendable, Equatable {
        let id: Int64
        let reason: String
    }

    static func find(_ id: Int64, _ transaction: SQLTransaction) throws -> AlarmRecord? {
        try transaction.row("SELECT * FROM alarm WHERE id = ?", [.integer(id)]).map(AlarmRecord.init)
    }

    static func acknowledge(_ ids: [Int64], _ deed: AlarmDeed, _ transaction: SQLTransaction) throws -> Outcome {
        var outcome = Outcome()
        var drafts: [Draft] = []
        for id in ids {
            let row = try transaction.row(
                """
                UPDATE alarm SET acknowledged_at = ?, acknowledged_by = ?, changed_at = ?
                WHERE id = ? AND cleared_at IS NULL AND acknowledged_at IS NULL RETURNING *
                """, [SQLValue(deed.at), SQLValue(deed.username), SQLValue(deed.at), .integer(id)])
            if let row {
                drafts.append(Draft(.acknowledged, of: try AlarmRecord(row), deed))
            } else {
                outcome.skipped.append(Skipped(id: id, reason: reason(try find(id, transaction))))
            }
        }
        outcome.events = try record(drafts, transaction)
        return outcome
    }

    private static func reason(_ alarm: AlarmRecord?) -> String {
        guard let alarm else { return "There is no such alarm." }
        if alarm.clearedAt != nil { return "The alarm is over." }
        return "\(alarm.acknowledgedBy ?? "Somebody") has acknowledged it already."
    }

    /// Ends all open alarms of a card that leaves the inventory.
    static func endAll(of card: Int64, _ deed: AlarmDeed, _ transaction: SQLTransaction) throws {
        let rows = try transaction.rows(
            """
            UPDATE alarm SET cleared_at = CASE WHEN since > ? THEN since ELSE ? END, flapping = 0, changed_at = ?
            WHERE card_id = ? AND cleared_at IS NULL RETURNING *
            """, [SQLValue(deed.at), SQLValue(deed.at), SQLValue(deed.at), .integer(card)])
        _ = try record(try rows.map { Draft(.cleared, of: try AlarmRecord($0), deed) }, transaction)
    }

    /// The card is another one of the inventory, and goes without a trace: its alarms, which have ended, are the other's history.
    static func move(from old: Int64, to card: Int64, _ transaction: SQLTransaction) throws {
        try transaction.execute("UPDATE alarm SET card_id = ? WHERE card_id = ?", [.integer(card), .integer(old)])
    }

    /// Changes the open alarm `id`, and records it. Throws a `Problem` if there is none, or it is over.
    func change(
        _ id: Int64, _ kind: AlarmEvent.Kind, _ deed: AlarmDeed, _ columns: String, _ values: [SQLValue] = [],
        if isRight: @Sendable @escaping (AlarmRecord) throws -> Bool = { _ in true }
    ) async throws -> [AlarmEvent] {
        try await database.write { transaction in
            guard let before = try Self.find(id, transaction) else { throw Problem.notFound("alarm \(id)") }
            guard before.clearedAt == nil else { throw Problem(.conflict, "The alarm is over.") }
            guard try isRight(before) else { return [] }
            let row = try transaction.row(
                "UPDATE alarm SET \(columns), changed_at = ? WHERE id = ? RETURNING *", values + [SQLValue(deed.at), .integer(id)])
            return try Self.record(try row.map { [Draft(kind, of: try AlarmRecord($0), deed)] } ?? [], transaction)
        }
    }

    /// What somebody has to say of an alarm, which may be over.
    func comment(_ id: Int64, _ deed: AlarmDeed) async throws -> [AlarmEvent] {
        try await database.write { transaction in
            guard let alarm = try Self.find(id, transaction) else { throw Problem.notFound("alarm \(id)") }
            return try Self.record([Draft(.commented, of: alarm, deed)], transaction)
        }
    }

    func acknowledge(_ ids: [Int64], _ deed: AlarmDeed) async throws -> Outcome {
        try await database.write { try Self.acknowledge(ids, deed, $0) }
    }
}
