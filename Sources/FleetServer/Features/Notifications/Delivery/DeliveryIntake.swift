import Alarming
import FoundationEssentials
import PowerDevice

/// Makes deliveries of what is worth telling.
///
/// A tell, the cursor behind it and its deliveries are one transaction: none is lost and none is taken twice, however the server ends.
struct DeliveryIntake: Sendable {
    /// Tells in a transaction.
    static let batch = 100
    /// Messages that may wait for one channel. Of more, the oldest that are not critical are left out.
    static let maximumWaiting = 10_000
    private static let reader = "notifications"

    let database: FleetDatabase
    let zones: @Sendable (String) -> ZoneRules?

    /// Takes in what has come since the last time. Returns the number of tells.
    func takeTells(_ time: NotificationTime) async throws -> Int {
        guard try await isAnythingNew() else { return 0 }
        return try await database.write { transaction in
            let last = try transaction.row("SELECT last FROM alarm_cursor WHERE reader = ?", [.text(Self.reader)])?.integer("last") ?? 0
            let rows = try transaction.rows(
                "SELECT * FROM incident_tell WHERE id > ? ORDER BY id LIMIT \(Self.batch)", [.integer(last)])
            guard !rows.isEmpty else { return 0 }
            let desk = try DeliveryDesk(transaction, zones: zones, time: time)
            var channels: Set<Int64> = []
            var end = last
            for row in rows {
                let record = try TellRecord(row, transaction)
                channels.formUnion(try desk.take(record))
                end = record.id
            }
            for channel in channels { try Self.bound(channel, transaction) }
            try transaction.execute(
                "INSERT INTO alarm_cursor (reader, last) VALUES (?, ?) ON CONFLICT (reader) DO UPDATE SET last = excluded.last",
                [.text(Self.reader), .integer(end)])
            return rows.count
        }
    }

    /// Asked each second: what is written then would keep other writers waiting.
    private func isAnythingNew() async throws -> Bool {
        try await database.read { transaction in
            let last = try transaction.row("SELECT last FROM alarm_cursor WHERE reader = ?", [.text(Self.reader)])?.integer("last") ?? 0
            return try transaction.row("SELECT id FROM incident_tell WHERE id > ? LIMIT 1", [.integer(last)]) != nil
        }
    }

    /// Looks again at what maintenance windows have held back that are over: what is still the matter is told now.
    func reviewMaintenance(_ time: NotificationTime) async throws -> Int {
        let due = try await database.read { transaction in
            try transaction.row(
                "SELECT id FROM delivery WHERE state = 'suppressed' AND is_held = 1 AND due_at <= ? LIMIT 1", [SQLValue(time.steady)])
                != nil
        }
        guard due else { return 0 }
        return try await database.write { transaction in
            let rows = try transaction.rows(
                """
                SELECT id, tell_id, incident_id, alarm_id FROM delivery WHERE state = 'suppressed' AND is_held = 1 AND due_at <= ?
                ORDER BY id DESC LIMIT \(Self.batch)
                """, [SQLValue(time.steady)])
            let desk = try DeliveryDesk(transaction, zones: zones, time: time)
            // Of several about one thing the newest counts: it says how it stands.
            var seen: Set<String> = []
            for row in rows {
                let isNewest = seen.insert("\(row.integer("incident_id") ?? 0)/\(row.integer("alarm_id") ?? 0)").inserted
                try desk.review(row.required("id"), tell: row.integer("tell_id"), isNewest: isNewest)
            }
            return rows.count
        }
    }

    /// The text that the ids of this database's messages carry.
    func instance() async throws -> String { try await database.write { try DeliveryDesk.instance($0) } }

    private static func bound(_ channel: Int64, _ transaction: SQLTransaction) throws {
        let waiting =
            try transaction.row(
                "SELECT COUNT(*) AS number FROM delivery WHERE state = 'waiting' AND channel_id = ?", [.integer(channel)])?.integer(
                "number") ?? 0
        guard waiting > maximumWaiting else { return }
        try transaction.execute(
            """
            UPDATE delivery SET state = 'suppressed', reason = 'queueFull' WHERE id IN (SELECT id FROM delivery
            WHERE state = 'waiting' AND channel_id = ? AND severity <> 'critical' ORDER BY id LIMIT ?)
            """, [.integer(channel), .integer(waiting - Int64(maximumWaiting))])
    }
}
