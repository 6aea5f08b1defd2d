import FoundationEssentials
import GRDB

/// The system's SQLite, by GRDB: one writer, and readers beside it that see the last state committed.
struct SQLiteEngine: DatabaseEngine {
    private let writer: any DatabaseWriter

    init(path: String, durability: FleetDatabase.Durability) throws {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { $0.add(function: .lower) }
        let pool = try DatabasePool(path: path, configuration: configuration)
        // Only now: a pool that opens sets its writer to NORMAL, whatever has been prepared.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = \(durability.rawValue)") }
        writer = pool
    }

    /// In memory.
    init() throws {
        var configuration = GRDB.Configuration()
        configuration.prepareDatabase { $0.add(function: .lower) }
        writer = try DatabaseQueue(configuration: configuration)
    }

    var isEmbedded: Bool { true }

    func read<Value: Sendable>(_ body: @Sendable @escaping (SQLTransaction) throws -> Value) async throws -> Value {
        try await writer.read { try body(SQLTransaction(SQLiteSession(database: $0))) }
    }

    func write<Value: Sendable>(_ body: @Sendable @escaping (SQLTransaction) throws -> Value) async throws -> Value {
        try await writer.write { try body(SQLTransaction(SQLiteSession(database: $0))) }
    }

    func migrate(_ migrations: [Migration]) throws {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.name) { database in
                for statement in migration.statements { try database.execute(sql: statement) }
            }
        }
        try migrator.migrate(writer)
    }
}

extension DatabaseFunction {
    /// SQLite's own LOWER knows the letters of ASCII only.
    fileprivate static let lower = DatabaseFunction("LOWER", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0])?.lowercased()
    }
}

private struct SQLiteSession: SQLSession {
    let database: Database

    func execute(_ sql: String, _ arguments: [SQLValue]) throws {
        try database.cachedStatement(sql: sql).execute(arguments: StatementArguments(arguments.map(\.databaseValue)))
    }

    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow] {
        let statement = try database.cachedStatement(sql: sql)
        let places = Dictionary(statement.columnNames.enumerated().map { ($1, $0) }) { first, _ in first }
        return try Row.fetchAll(statement, arguments: StatementArguments(arguments.map(\.databaseValue))).map {
            SQLRow(SQLiteColumns(row: $0, places: places))
        }
    }

    func firstRow(_ sql: String, _ arguments: [SQLValue]) throws -> SQLRow? {
        let statement = try database.cachedStatement(sql: sql)
        return try Row.fetchOne(statement, arguments: StatementArguments(arguments.map(\.databaseValue))).map {
            SQLRow(SQLiteColumns(row: $0, places: nil))
        }
    }
}

private struct SQLiteColumns: SQLColumns {
    let row: Row
    /// Where each column is, for rows that are many: a look-up by name goes through all names.
    let places: [String: Int]?

    private func stored(_ column: String) -> DatabaseValue? {
        guard let places else { return row[column] as DatabaseValue? }
        return places[column].map { row[$0] as DatabaseValue }
    }

    func value(_ column: String) -> SQLValue {
        guard let value = stored(column) else { return .null }
        return switch value.storage {
        case .null: .null
        case .int64(let number): .integer(number)
        case .double(let number): .real(number)
        case .string(let text): .text(text)
        case .blob(let data): .blob(Array(data))
        }
    }
}

extension SQLValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let value): value.databaseValue
        case .real(let value): value.databaseValue
        case .text(let value): value.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
    }
}
