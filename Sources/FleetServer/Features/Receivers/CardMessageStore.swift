import FoundationEssentials
import PowerDevice

/// A line that a card has sent.
struct CardMessage: Sendable, Equatable, Encodable {
    enum Kind: String, Sendable, Codable, CaseIterable { case syslog }

    /// 0 before it is stored.
    var id: Int64 = 0
    let card: Int64
    /// When it was written, as far as the message tells with its zone; else when it came.
    let at: Date
    let receivedAt: Date
    let `protocol`: Kind
    let severity: Severity
    let text: String
}

/// What cards have sent, bounded for each card.
struct CardMessageStore: Sendable {
    /// Lines of a card that are kept.
    static let capacity = 10_000
    /// How long they are kept.
    static let lifetime: TimeInterval = 366 * 86_400

    let database: FleetDatabase

    /// Those of cards that are not there any more are left out.
    func add(_ messages: [CardMessage]) async throws {
        guard !messages.isEmpty else { return }
        try await database.write { transaction in
            let ids = Set(messages.map(\.card)).sorted()
            let places = ids.map { _ in "?" }.joined(separator: ", ")
            let rows = try transaction.rows("SELECT id FROM card WHERE id IN (\(places))", ids.map(SQLValue.integer))
            let known = Set(rows.compactMap { $0.integer("id") })
            let kept = messages.filter { known.contains($0.card) }
            guard !kept.isEmpty else { return }
            var id = try Self.reserve(kept.count, transaction)
            for message in kept {
                try transaction.execute(
                    "INSERT INTO card_message (id, card_id, at, received_at, protocol, severity, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    [
                        .integer(id), .integer(message.card), SQLValue(message.at), SQLValue(message.receivedAt),
                        .text(message.protocol.rawValue), .text(message.severity.rawValue), .text(message.text),
                    ])
                id += 1
            }
        }
    }

    /// The first of so many keys.
    private static func reserve(_ count: Int, _ transaction: SQLTransaction) throws -> Int64 {
        let row = try transaction.row(
            """
            INSERT INTO sequence (kind, last) VALUES ('card_message', ?)
            ON CONFLICT (kind) DO UPDATE SET last = sequence.last + excluded.last RETURNING last
            """,
            [.integer(Int64(count))])
        guard let last = row?.integer("last") else { throw SQLShapeError(column: "last") }
        return last - Int64(count) + 1
    }

    /// Forgets what is beyond the card's share.
    func prune(card: Int64) async throws {
        try await database.write { transaction in
            let row = try transaction.row(
                "SELECT id FROM card_message WHERE card_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?",
                [.integer(card), .integer(Int64(Self.capacity))])
            guard let last = row?.integer("id") else { return }
            try transaction.execute("DELETE FROM card_message WHERE card_id = ? AND id <= ?", [.integer(card), .integer(last)])
        }
    }

    /// Forgets some of what is older than its lifetime. False if there is no more of it.
    func pruneOld(now: Date, limit: Int = 1000) async throws -> Bool {
        let before = now.addingTimeInterval(-Self.lifetime)
        return try await database.write { transaction in
            try transaction.rows(
                """
                DELETE FROM card_message WHERE id IN (SELECT id FROM card_message WHERE received_at < ? ORDER BY id LIMIT ?) RETURNING id
                """,
                [SQLValue(before), .integer(Int64(limit))]
            ).count == limit
        }
    }

    /// Newest first, from just before the line `before`.
    func messages(of card: Int64, before: Int64?, limit: Int) async throws -> [CardMessage] {
        try await database.read { transaction in
            try transaction.rows(
                "SELECT * FROM card_message WHERE card_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
                [.integer(card), .integer(before ?? .max), .integer(Int64(limit))]
            ).map { row in
                CardMessage(
                    id: try row.required("id"), card: try row.required("card_id"), at: try row.requiredDate("at"),
                    receivedAt: try row.requiredDate("received_at"),
                    protocol: CardMessage.Kind(rawValue: try row.required("protocol")) ?? .syslog,
                    severity: Severity(rawValue: try row.required("severity")) ?? .information, text: try row.required("text"))
            }
        }
    }
}
