import FoundationEssentials

/// What became of every message.
struct DeliveryArchive: Sendable {
    /// How long the fate of a message is kept.
    static let days = 730

    struct Filter: Sendable {
        var state: DeliveryState?
        var channel: Int64?
        var incident: Int64?
        var alarm: Int64?
        var from: Date?
        var to: Date?
    }

    let database: FleetDatabase

    private static let select =
        "SELECT delivery.*, channel.name AS channel_name FROM delivery LEFT JOIN channel ON channel.id = delivery.channel_id"

    /// Newest first, from just before the key `before`.
    func deliveries(_ filter: Filter, before: Int64?, limit: Int) async throws -> [Delivery] {
        var conditions = ["delivery.id < ?"]
        var arguments = [SQLValue.integer(before ?? .max)]
        func add(_ condition: String, _ value: SQLValue) {
            guard value != .null else { return }
            conditions.append(condition)
            arguments.append(value)
        }
        add("delivery.state = ?", SQLValue(filter.state?.rawValue))
        add("delivery.channel_id = ?", SQLValue(filter.channel))
        add("delivery.incident_id = ?", SQLValue(filter.incident))
        add("delivery.alarm_id = ?", SQLValue(filter.alarm))
        add("delivery.created_at >= ?", SQLValue(filter.from))
        add("delivery.created_at < ?", SQLValue(filter.to))
        let (sql, values) = (
            "\(Self.select) WHERE \(conditions.joined(separator: " AND ")) ORDER BY delivery.id DESC LIMIT \(limit)", arguments
        )
        return try await database.read { try $0.rows(sql, values).map(Delivery.init) }
    }

    func delivery(_ id: Int64) async throws -> Delivery? {
        try await database.read { try $0.row("\(Self.select) WHERE delivery.id = ?", [.integer(id)]).map(Delivery.init) }
    }

    /// Sends what has ended once more, under the same id. False if it waits or is being sent, or has no channel.
    func retry(_ id: Int64, _ time: NotificationTime) async throws -> Bool {
        try await database.write { transaction in
            try transaction.row(
                """
                UPDATE delivery SET state = 'waiting', reason = 'retry', due_at = ?, planned_at = ?, steady_at = ?, attempts = 0, step = 0,
                  is_held = 0, ended_at = NULL
                WHERE id = ? AND state IN ('delivered', 'failed', 'suppressed', 'digested')
                AND channel_id IN (SELECT id FROM channel WHERE enabled = 1) RETURNING id
                """, [SQLValue(time.steady), SQLValue(time.steady), SQLValue(time.steady), .integer(id)]) != nil
        }
    }

    /// How many messages wait, by the kind of their channel.
    func waiting() async throws -> [ChannelKind: Int] {
        try await database.read { transaction in
            let rows = try transaction.rows(
                """
                SELECT channel.kind AS kind, COUNT(*) AS number FROM delivery JOIN channel ON channel.id = delivery.channel_id
                WHERE delivery.state = 'waiting' GROUP BY channel.kind
                """)
            let counts = rows.compactMap { row in
                row.text("kind").flatMap(ChannelKind.init).map { ($0, Int(row.integer("number") ?? 0)) }
            }
            return Dictionary(counts) { first, _ in first }
        }
    }

    /// Forgets what has ended long ago.
    func prune(_ time: NotificationTime) async throws {
        let limit = SQLValue(time.wall.addingTimeInterval(-Double(Self.days) * 86_400))
        try await database.write { transaction in
            try transaction.execute(
                "DELETE FROM delivery WHERE created_at < ? AND state IN ('delivered', 'failed', 'suppressed', 'digested')", [limit])
        }
    }
}
