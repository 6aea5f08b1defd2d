import NIOPosix
import Synchronization

/// PostgreSQL by libpq: one connection that writes, and some that read.
///
/// Writers of all servers wait for each other, as SQLite's do: the features' transactions are written for that. A read sees one state.
struct PostgreSQLEngine: DatabaseEngine {
    private static let readerCount = 4

    private let address: PostgreSQLAddress
    private let writer: PostgreSQLWorker
    private let readers: [PostgreSQLWorker]
    private let turn = Turn()

    init(_ address: PostgreSQLAddress) {
        self.address = address
        writer = PostgreSQLWorker(address)
        readers = (0..<Self.readerCount).map { _ in PostgreSQLWorker(address) }
    }

    var isEmbedded: Bool { false }

    func read<Value: Sendable>(_ body: @Sendable @escaping (SQLTransaction) throws -> Value) async throws -> Value {
        try await readers[turn.next(of: readers.count)].transaction(["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"], body)
    }

    func write<Value: Sendable>(_ body: @Sendable @escaping (SQLTransaction) throws -> Value) async throws -> Value {
        try await writer.transaction(Self.writing, body)
    }

    /// Begins a transaction that sees what those before it have written, and holds the lock of this schema to its end.
    static let writing = [
        "BEGIN ISOLATION LEVEL READ COMMITTED",
        "SELECT pg_advisory_xact_lock(hashtextextended('nvfleet ' || current_schema(), 0))",
    ]

    func migrate(_ migrations: [Migration]) throws {
        let connection = try PostgreSQLConnection(address)
        for statement in Self.writing { try connection.perform(statement) }
        // A failure drops the connection, and with it the transaction.
        try connection.perform("CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY)")
        let known = try Set(connection.rows("SELECT name FROM schema_migration", []).compactMap { $0.text("name") })
        for migration in migrations where !known.contains(migration.name) {
            for statement in migration.statements { try connection.perform(PostgreSQLStatement.definition(statement)) }
            try connection.perform("INSERT INTO schema_migration (name) VALUES (?)", [.text(migration.name)])
        }
        try connection.perform("COMMIT")
    }

    /// Whose turn it is of several.
    private final class Turn: Sendable {
        private let last = Atomic<UInt>(0)

        func next(of count: Int) -> Int { Int(last.wrappingAdd(1, ordering: .relaxed).newValue % UInt(count)) }
    }
}

/// A connection with a thread of its own, for libpq waits. Opened when it is needed, and again when it was lost.
actor PostgreSQLWorker {
    private let address: PostgreSQLAddress
    private let thread = ThreadExecutor()
    private var connection: PostgreSQLConnection?

    init(_ address: PostgreSQLAddress) { self.address = address }

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    func transaction<Value: Sendable>(
        _ opening: [String], _ body: @Sendable (SQLTransaction) throws -> Value
    ) throws -> Value {
        let connection = try begin(opening)
        do {
            let value = try body(SQLTransaction(connection))
            try connection.perform("COMMIT")
            return value
        } catch {
            // A connection that can't even roll back is of no use any more, and the server rolls back without it.
            if (try? connection.perform("ROLLBACK")) == nil { self.connection = nil }
            throw error
        }
    }

    /// Begins a transaction, on a new connection where the old one has been lost: nothing has been asked of it yet.
    private func begin(_ opening: [String]) throws(PostgreSQLError) -> PostgreSQLConnection {
        if let known = connection {
            do throws(PostgreSQLError) {
                for statement in opening { try known.perform(statement) }
                return known
            } catch {
                connection = nil
                if known.isUsable { throw error }
            }
        }
        let fresh = try PostgreSQLConnection(address)
        for statement in opening { try fresh.perform(statement) }
        connection = fresh
        return fresh
    }
}

/// Runs an actor's jobs on one thread that may block.
private final class ThreadExecutor: SerialExecutor {
    private let thread = NIOThreadPool(numberOfThreads: 1)

    init() { thread.start() }

    deinit { thread.shutdownGracefully { _ in } }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        thread.submit { [unowned self] _ in job.runSynchronously(on: asUnownedSerialExecutor()) }
    }
}
