import FoundationEssentials
import GRDB

/// The one place that knows which database engine holds the fleet's state.
///
/// Features run named transactions in plain SQL through `read` and `write`, and see nothing of the engine. The SQL keeps to what SQLite
/// and PostgreSQL share: `ON CONFLICT`, `RETURNING`, integer timestamps (milliseconds since 1970), keys from the `sequence` table.
struct FleetDatabase: Sendable {
    private let writer: any DatabaseWriter

    /// Opens the database file at `path`, creating and migrating it as needed.
    ///
    /// `durability` is SQLite's `synchronous` level: `full` survives a power cut at any moment, `normal` may lose the last transactions then
    /// (never the file's integrity).
    init(path: String, migrations: [Migration], durability: Durability = .full) throws {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(10)
        let pool = try DatabasePool(path: path, configuration: configuration)
        // Only now: a pool that opens sets its writer to NORMAL, whatever has been prepared.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = \(durability.rawValue)") }
        writer = pool
        try migrate(migrations)
    }

    /// A database in memory, for tests.
    init(inMemory migrations: [Migration]) throws {
        writer = try DatabaseQueue()
        try migrate(migrations)
    }

    enum Durability: String { case full = "FULL", normal = "NORMAL" }

    func read<Value: Sendable>(_ body: @Sendable @escaping (SQLTransaction) throws -> Value) async throws -> Value {
        try await writer.read { try body(SQLTransaction(database: $0)) }
    }

    /// Runs `body` in one transaction, which commits when `body` returns and rolls back when it throws.
    @discardableResult
    func write<Value: Sendable>(_ body: @Sendable @escaping (SQLTransaction) throws -> Value) async throws -> Value {
        try await writer.write { try body(SQLTransaction(database: $0)) }
    }

    private func migrate(_ migrations: [Migration]) throws {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.name) { database in
                for statement in migration.statements { try database.execute(sql: statement) }
            }
        }
        try migrator.migrate(writer)
    }
}

/// A step of a schema's history. Never edited once shipped: a change is a new step.
struct Migration: Sendable {
    let name: String
    let statements: [String]
}
