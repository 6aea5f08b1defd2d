import FoundationEssentials

/// The answers given to requests that carried an `Idempotency-Key`; sealed, for an answer may hold a token.
struct IdempotencyStore: Sendable {
    enum Beginning: Sendable {
        case first
        case running
        case otherRequest
        case replay(RememberedAnswer)
    }

    let database: FleetDatabase
    let secrets: SecretBox
    /// This server instance.
    let owner: String
    /// How long an answer is remembered.
    static let lifetime: TimeInterval = 24 * 3600

    func begin(key: String, user: Int64, fingerprint: [UInt8], now: Date) async throws -> Beginning {
        let (secrets, owner) = (secrets, owner)
        return try await database.write { transaction in
            try transaction.execute(
                "DELETE FROM idempotent_request WHERE at < ?", [SQLValue(now.addingTimeInterval(-Self.lifetime))])
            let inserted = try transaction.row(
                """
                INSERT INTO idempotent_request (user_id, request_key, fingerprint, at, owner) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (user_id, request_key) DO NOTHING RETURNING user_id
                """, [.integer(user), .text(key), .blob(fingerprint), SQLValue(now), .text(owner)])
            if inserted != nil { return .first }
            let row = try transaction.row(
                "SELECT * FROM idempotent_request WHERE user_id = ? AND request_key = ?", [.integer(user), .text(key)])
            guard let row else { return .running }
            guard row.blob("fingerprint") == fingerprint else { return .otherRequest }
            guard let status = row.integer("status") else { return .running }
            let body = try secrets.open(row.blob("body") ?? [], context: "answer \(user) \(key)")
            return .replay(RememberedAnswer(status: Int(status), contentType: row.text("content_type"), body: body))
        }
    }

    func finish(key: String, user: Int64, answer: RememberedAnswer) async throws {
        let body = try secrets.seal(answer.body, context: "answer \(user) \(key)")
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE idempotent_request SET status = ?, content_type = ?, body = ? WHERE user_id = ? AND request_key = ?",
                [.integer(Int64(answer.status)), SQLValue(answer.contentType), .blob(body), .integer(user), .text(key)])
        }
    }

    func forget(key: String, user: Int64) async throws {
        try await database.write { transaction in
            try transaction.execute(
                "DELETE FROM idempotent_request WHERE user_id = ? AND request_key = ?", [.integer(user), .text(key)])
        }
    }

    /// Requests that were running when this server died are not running any more. Those of other servers may be.
    func forgetInterrupted() async throws {
        let owner = owner
        try await database.write {
            try $0.execute("DELETE FROM idempotent_request WHERE status IS NULL AND (owner = ? OR owner IS NULL)", [.text(owner)])
        }
    }
}
