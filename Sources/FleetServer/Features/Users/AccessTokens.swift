import Crypto
import FoundationEssentials

/// A session or an API token, without its secret.
struct AccessToken: Encodable, Sendable {
    enum Kind: String, Sendable { case session, api }

    let id: Int64
    @Nullable var name: String?
    let user: String
    let role: Role
    let createdAt: Date
    @Nullable var expiresAt: Date?
}

extension UserStore {
    /// Makes a token for `user`. Its secret is returned once, and never stored.
    func issueToken(
        kind: AccessToken.Kind, for user: User, name: String? = nil, role: Role, now: Date, expiresAt: Date?
    ) async throws -> (id: Int64, secret: String) {
        let secret = (kind == .api ? "nvf_" : "nvs_") + randomText(40)
        let hash = Self.hash(ofToken: secret)
        let id = try await database.write { transaction in
            try transaction.execute("DELETE FROM access_token WHERE expires_at < ?", [SQLValue(now)])
            let id = try transaction.nextKey(for: "token")
            try transaction.execute(
                """
                INSERT INTO access_token (id, kind, user_id, name, role, token_hash, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .integer(id), .text(kind.rawValue), .integer(user.id), SQLValue(name), .text(min(role, user.role).rawValue),
                    .blob(hash), SQLValue(now), SQLValue(expiresAt),
                ])
            return id
        }
        return (id, secret)
    }

    /// Who a token stands for; nil if it is unknown or has expired.
    func identity(forToken secret: String, now: Date) async throws -> Identity? {
        let hash = Self.hash(ofToken: secret)
        return try await database.read { transaction in
            let row = try transaction.row(
                """
                SELECT t.id AS token_id, t.role AS token_role, t.expires_at, u.id AS user_id, u.username, u.role AS user_role
                FROM access_token t JOIN user_account u ON u.id = t.user_id WHERE t.token_hash = ?
                """, [.blob(hash)])
            guard let row else { return nil }
            let expiresAt = row.date("expires_at")
            if let expiresAt, expiresAt <= now { return nil }
            let tokenRole = Role(rawValue: try row.required("token_role")) ?? .viewer
            let userRole = Role(rawValue: try row.required("user_role")) ?? .viewer
            return Identity(
                userID: try row.required("user_id"), username: try row.required("username"), role: min(tokenRole, userRole),
                tokenID: try row.required("token_id"), expiresAt: expiresAt)
        }
    }

    func apiTokens(ofUser userID: Int64?) async throws -> [AccessToken] {
        try await database.read { transaction in
            try transaction.rows(
                """
                SELECT t.*, u.username FROM access_token t JOIN user_account u ON u.id = t.user_id
                WHERE t.kind = 'api' AND (? IS NULL OR t.user_id = ?) ORDER BY t.id
                """, [SQLValue(userID), SQLValue(userID)]
            ).map { row in
                AccessToken(
                    id: try row.required("id"), name: row.text("name"), user: try row.required("username"),
                    role: Role(rawValue: try row.required("role")) ?? .viewer, createdAt: try row.requiredDate("created_at"),
                    expiresAt: row.date("expires_at"))
            }
        }
    }

    /// Ends a token; with `userID` only if it is that user's. False if there is none.
    func revokeToken(id: Int64, ofUser userID: Int64?) async throws -> Bool {
        try await database.write { transaction in
            try transaction.row(
                "DELETE FROM access_token WHERE id = ? AND (? IS NULL OR user_id = ?) RETURNING id",
                [.integer(id), SQLValue(userID), SQLValue(userID)]) != nil
        }
    }

    private static func hash(ofToken secret: String) -> [UInt8] { Array(SHA256.hash(data: Array(secret.utf8))) }
}
