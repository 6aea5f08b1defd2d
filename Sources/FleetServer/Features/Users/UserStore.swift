import Crypto
import FoundationEssentials
import HTTPTypes

/// Users and the tokens that stand for them. Passwords are kept as scrypt hashes, tokens as SHA-256.
struct UserStore: Sendable {
    let database: FleetDatabase

    func users() async throws -> [User] {
        try await database.read { try $0.rows("SELECT * FROM user_account ORDER BY username").map(User.init) }
    }

    func user(id: Int64) async throws -> User? {
        try await database.read { try $0.row("SELECT * FROM user_account WHERE id = ?", [.integer(id)]).map(User.init) }
    }

    func user(named username: String) async throws -> User? {
        try await database.read { try $0.row("SELECT * FROM user_account WHERE username = ?", [.text(username)]).map(User.init) }
    }

    func add(username: String, password: String, role: Role, now: Date) async throws -> User {
        try UserPolicy.check(username: username)
        try UserPolicy.check(password: password)
        let hash = try await PasswordHash.make(password: password, salt: randomBytes(16))
        return try await database.write { transaction in
            let id = try transaction.nextKey(for: "user")
            let row = try transaction.row(
                """
                INSERT INTO user_account (id, username, role, password_salt, password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (username) DO NOTHING RETURNING *
                """,
                [.integer(id), .text(username), .text(role.rawValue), .blob(hash.salt), .blob(hash.hash), SQLValue(now)])
            guard let row else { throw Problem(.conflict, "There is a user \(username) already.") }
            return try User(row)
        }
    }

    /// Changes the password, and ends every session of the user.
    func changePassword(id: Int64, to password: String) async throws {
        try UserPolicy.check(password: password)
        let hash = try await PasswordHash.make(password: password, salt: randomBytes(16))
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE user_account SET password_salt = ?, password_hash = ? WHERE id = ?",
                [.blob(hash.salt), .blob(hash.hash), .integer(id)])
            try transaction.execute("DELETE FROM access_token WHERE user_id = ? AND kind = 'session'", [.integer(id)])
        }
    }

    func changeRole(id: Int64, to role: Role) async throws {
        try await database.write { transaction in
            if role != .admin { try Self.keepAnAdmin(besides: id, transaction) }
            try transaction.execute("UPDATE user_account SET role = ? WHERE id = ?", [.text(role.rawValue), .integer(id)])
        }
    }

    func remove(id: Int64) async throws {
        try await database.write { transaction in
            try Self.keepAnAdmin(besides: id, transaction)
            try transaction.execute("DELETE FROM user_account WHERE id = ?", [.integer(id)])
        }
    }

    /// The user, if the password is right. Costs the same time for a user that does not exist.
    func authenticate(username: String, password: String) async throws -> User? {
        let row = try await database.read { transaction in
            try transaction.row("SELECT * FROM user_account WHERE username = ?", [.text(username)]).map { row in
                (try User(row), PasswordHash(salt: row.blob("password_salt") ?? [], hash: row.blob("password_hash") ?? []))
            }
        }
        guard let (user, hash) = row else {
            _ = try await PasswordHash.make(password: password, salt: [UInt8](repeating: 0, count: 16))
            return nil
        }
        return try await hash.matches(password: password) ? user : nil
    }

    private static func keepAnAdmin(besides id: Int64, _ transaction: SQLTransaction) throws {
        let others = try transaction.row("SELECT COUNT(*) AS n FROM user_account WHERE role = 'admin' AND id <> ?", [.integer(id)])
        guard (others?.integer("n") ?? 0) > 0 else {
            throw Problem(.conflict, "This is the only administrator. Make another user admin first.")
        }
    }
}

extension User {
    init(_ row: SQLRow) throws {
        self.init(
            id: try row.required("id"), username: try row.required("username"),
            role: Role(rawValue: try row.required("role")) ?? .viewer, createdAt: try row.requiredDate("created_at"))
    }
}
