import FoundationEssentials
import SNMP

/// Senders that are no cards, as the database keeps them.
struct UnknownSenderStore: Sendable {
    /// Rows that are kept; those that were silent longest go first.
    static let capacity = 10_000

    let database: FleetDatabase

    /// A row is shown until its address is a card's; a refused card's stays.
    private static let isShown = """
        (s.protocol = 'refusedTrap' OR NOT EXISTS (SELECT 1 FROM card c WHERE c.address = s.address AND c.retired_at IS NULL))
        """

    func add(_ sightings: [UnknownSenders.Key: UnknownSenders.Sighting]) async throws {
        try await database.write { transaction in
            for (key, sighting) in sightings {
                try transaction.execute(
                    """
                    INSERT INTO unknown_sender (address, protocol, engine, first_at, last_at, count, last_text) VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (address, protocol) DO UPDATE SET engine = COALESCE(excluded.engine, unknown_sender.engine),
                      last_at = excluded.last_at, count = unknown_sender.count + excluded.count,
                      last_text = COALESCE(excluded.last_text, unknown_sender.last_text)
                    """,
                    [
                        .text(key.address), .text(key.kind.rawValue), SQLValue(sighting.engine.map { "\($0)" }), SQLValue(sighting.firstAt),
                        SQLValue(sighting.lastAt), .integer(Int64(clamping: sighting.count)), SQLValue(sighting.text),
                    ])
            }
            try Self.prune(transaction)
        }
    }

    private static func prune(_ transaction: SQLTransaction) throws {
        let count = try transaction.row("SELECT COUNT(*) AS n FROM unknown_sender")?.integer("n") ?? 0
        guard count > capacity else { return }
        try transaction.execute("DELETE FROM unknown_sender AS s WHERE NOT \(isShown)")
        let oldest = try transaction.row(
            "SELECT last_at FROM unknown_sender ORDER BY last_at DESC LIMIT 1 OFFSET ?", [.integer(Int64(capacity))])
        guard let limit = oldest?.integer("last_at") else { return }
        try transaction.execute("DELETE FROM unknown_sender WHERE last_at <= ?", [.integer(limit)])
    }

    /// The rows of addresses that have become cards go.
    func forgetCards() async throws {
        try await database.write { transaction in
            try transaction.execute("DELETE FROM unknown_sender AS s WHERE NOT \(Self.isShown)")
        }
    }

    /// Heard last comes first.
    func senders(from start: Int, limit: Int) async throws -> [UnknownSender] {
        try await database.read { transaction in
            try transaction.rows(
                """
                SELECT s.*, (SELECT MIN(c.id) FROM card c WHERE c.address = s.address AND c.retired_at IS NULL) AS card_id
                FROM unknown_sender s WHERE \(Self.isShown) ORDER BY s.last_at DESC, s.address, s.protocol LIMIT ? OFFSET ?
                """,
                [.integer(Int64(limit)), .integer(Int64(start))]
            ).map { row in
                UnknownSender(
                    address: try row.required("address"), protocol: UnknownSender.Kind(rawValue: try row.required("protocol")) ?? .trap,
                    engine: row.text("engine"), firstAt: try row.requiredDate("first_at"), lastAt: try row.requiredDate("last_at"),
                    count: try row.required("count"), lastText: row.text("last_text"), card: row.integer("card_id"))
            }
        }
    }

    /// False if nobody is known by the address.
    func forget(_ address: String) async throws -> Bool {
        try await database.write { transaction in
            try !transaction.rows("DELETE FROM unknown_sender WHERE address = ? RETURNING address", [.text(address)]).isEmpty
        }
    }
}
