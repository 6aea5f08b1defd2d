/// The one place that knows which database engine holds the fleet's state.
///
/// Features run named transactions in plain SQL through `read` and `write`, and see nothing of the engine. The SQL keeps to what SQLite
/// and PostgreSQL share: `ON CONFLICT`, `RETURNING`, integer timestamps (milliseconds since 1970), keys from the `sequence` table.
struct FleetDatabase: Sendable {
    private let engine: any DatabaseEngine

    /// Opens the database file at `path`, creating and migrating it as needed.
    ///
    /// `durability` is SQLite's `synchronous` level: `full` survives a power cut at any moment, `normal` may lose the last transactions then
    /// (never the file's integrity).
    init(path: String, migrations: [Migration], durability: Durability = .full) throws {
        engine = try SQLiteEngine(path: path, durability: durability)
        try engine.migrate(migrations)
    }

    /// A database in memory, for tests.
    init(inMemory migrations: [Migration]) throws {
        engine = try SQLiteEngine()
        try engine.migrate(migrations)
    }

    /// A database of a PostgreSQL server, which several of our servers may share.
    ///
    /// Throws `PostgreSQLError` where the server can't be reached, or does not let us in.
    init(postgreSQL connection: PostgreSQLAddress, migrations: [Migration]) throws {
        engine = PostgreSQLEngine(connection)
        try engine.migrate(migrations)
    }

    enum Durability: String { case full = "FULL", normal = "NORMAL" }

    /// Whether no other server can be at work on the same state.
    var isEmbedded: Bool { engine.isEmbedded }

    /// Runs `body` on one state of the database, which it can't change.
    func read<Value: Sendable>(_ body: @Sendable @escaping (SQLTransaction) throws -> Value) async throws -> Value {
        try await engine.read(body)
    }

    /// Runs `body` in one transaction, which commits when `body` returns and rolls back when it throws. One runs at a time, whichever server
    /// has begun it.
    @discardableResult
    func write<Value: Sendable>(_ body: @Sendable @escaping (SQLTransaction) throws -> Value) async throws -> Value {
        try await engine.write(body)
    }
}

/// What keeps the tables: SQLite in a file of this server's, or PostgreSQL.
protocol DatabaseEngine: Sendable {
    var isEmbedded: Bool { get }
    func read<Value: Sendable>(_ body: @Sendable @escaping (SQLTransaction) throws -> Value) async throws -> Value
    func write<Value: Sendable>(_ body: @Sendable @escaping (SQLTransaction) throws -> Value) async throws -> Value
    /// Takes the steps that the database has not seen yet, each in a transaction. Called before all else.
    func migrate(_ migrations: [Migration]) throws
}

/// A step of a schema's history. Never edited once shipped: a change is a new step.
struct Migration: Sendable {
    let name: String
    let statements: [String]
}
