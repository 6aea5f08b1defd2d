import FoundationEssentials
import GRDB

/// A value in an SQL statement or a row.
enum SQLValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    init(_ value: Int64?) { self = value.map(SQLValue.integer) ?? .null }
    init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
    init(_ value: Double?) { self = value.map(SQLValue.real) ?? .null }
    init(_ value: String?) { self = value.map(SQLValue.text) ?? .null }
    init(_ value: Bool) { self = .integer(value ? 1 : 0) }
    init(_ value: [UInt8]?) { self = value.map(SQLValue.blob) ?? .null }
    /// Times are stored as whole milliseconds since 1970.
    init(_ value: Date?) { self = value.map { .integer(Int64(($0.timeIntervalSince1970 * 1000).rounded())) } ?? .null }
}

/// One open transaction: statements in, rows out.
struct SQLTransaction {
    fileprivate let database: Database

    init(database: Database) { self.database = database }

    func execute(_ sql: String, _ arguments: [SQLValue] = []) throws {
        try database.cachedStatement(sql: sql).execute(arguments: StatementArguments(arguments.map(\.databaseValue)))
    }

    func rows(_ sql: String, _ arguments: [SQLValue] = []) throws -> [SQLRow] {
        let statement = try database.cachedStatement(sql: sql)
        return try Row.fetchAll(statement, arguments: StatementArguments(arguments.map(\.databaseValue))).map(SQLRow.init)
    }

    func row(_ sql: String, _ arguments: [SQLValue] = []) throws -> SQLRow? {
        let statement = try database.cachedStatement(sql: sql)
        return try Row.fetchOne(statement, arguments: StatementArguments(arguments.map(\.databaseValue))).map(SQLRow.init)
    }

    /// The next key for records of one kind, counted from 1 and never given twice.
    func nextKey(for kind: String) throws -> Int64 {
        let row = try row(
            "INSERT INTO sequence (kind, last) VALUES (?, 1) ON CONFLICT (kind) DO UPDATE SET last = sequence.last + 1 RETURNING last",
            [.text(kind)])
        guard let key = row?.integer("last") else { throw SQLShapeError(column: "last") }
        return key
    }
}

/// A row of a result, read by column name.
struct SQLRow {
    fileprivate let row: Row

    init(row: Row) { self.row = row }

    func integer(_ column: String) -> Int64? { row[column] }
    func text(_ column: String) -> String? { row[column] }
    func bool(_ column: String) -> Bool { (row[column] as Int64?) == 1 }
    func blob(_ column: String) -> [UInt8]? { (row[column] as Data?).map(Array.init) }
    func date(_ column: String) -> Date? {
        (row[column] as Int64?).map { Date(timeIntervalSince1970: Double($0) / 1000) }
    }

    /// A column that the schema declares NOT NULL.
    func required<Value: DatabaseValueConvertible>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        guard let value = row[column] as Value? else { throw SQLShapeError(column: column) }
        return value
    }

    func requiredDate(_ column: String) throws -> Date {
        guard let date = date(column) else { throw SQLShapeError(column: column) }
        return date
    }
}

/// A row that does not have the shape which the schema promises.
struct SQLShapeError: Error, CustomStringConvertible {
    let column: String
    var description: String { "The database row has no usable column \(column)." }
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
