import FoundationEssentials

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

/// What runs the statements of one open transaction.
protocol SQLSession {
    func execute(_ sql: String, _ arguments: [SQLValue]) throws
    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow]
    func firstRow(_ sql: String, _ arguments: [SQLValue]) throws -> SQLRow?
}

/// One open transaction: statements in, rows out. A `?` stands for the next argument.
struct SQLTransaction {
    private let session: any SQLSession

    init(_ session: any SQLSession) { self.session = session }

    func execute(_ sql: String, _ arguments: [SQLValue] = []) throws { try session.execute(sql, arguments) }

    func rows(_ sql: String, _ arguments: [SQLValue] = []) throws -> [SQLRow] { try session.rows(sql, arguments) }

    func row(_ sql: String, _ arguments: [SQLValue] = []) throws -> SQLRow? { try session.firstRow(sql, arguments) }

    /// The next key for records of one kind, counted from 1 and never given twice.
    func nextKey(for kind: String) throws -> Int64 {
        let row = try row(
            "INSERT INTO sequence (kind, last) VALUES (?, 1) ON CONFLICT (kind) DO UPDATE SET last = sequence.last + 1 RETURNING last",
            [.text(kind)])
        guard let key = row?.integer("last") else { throw SQLShapeError(column: "last") }
        return key
    }
}

/// The columns of one row as an engine keeps them. A column that is not there is null.
protocol SQLColumns {
    func value(_ column: String) -> SQLValue
}

/// A row of a result, read by column name.
struct SQLRow {
    private let columns: any SQLColumns

    init(_ columns: any SQLColumns) { self.columns = columns }

    func integer(_ column: String) -> Int64? { Int64(columns.value(column)) }
    func real(_ column: String) -> Double? { Double(columns.value(column)) }
    func text(_ column: String) -> String? { String(columns.value(column)) }
    func bool(_ column: String) -> Bool { integer(column) == 1 }
    func blob(_ column: String) -> [UInt8]? { [UInt8](columns.value(column)) }
    func date(_ column: String) -> Date? {
        integer(column).map { Date(timeIntervalSince1970: Double($0) / 1000) }
    }

    /// A column that the schema declares NOT NULL.
    func required<Value: SQLReadable>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        guard let value = Value(columns.value(column)) else { throw SQLShapeError(column: column) }
        return value
    }

    func requiredDate(_ column: String) throws -> Date {
        guard let date = date(column) else { throw SQLShapeError(column: column) }
        return date
    }
}

/// What a column can be read as; nil where it holds something else.
protocol SQLReadable {
    init?(_ value: SQLValue)
}

extension Int64: SQLReadable {
    init?(_ value: SQLValue) {
        guard case .integer(let number) = value else { return nil }
        self = number
    }
}

extension Double: SQLReadable {
    init?(_ value: SQLValue) {
        switch value {
        case .real(let number): self = number
        case .integer(let number): self = Double(number)
        case .null, .text, .blob: return nil
        }
    }
}

extension String: SQLReadable {
    init?(_ value: SQLValue) {
        guard case .text(let text) = value else { return nil }
        self = text
    }
}

extension [UInt8]: SQLReadable {
    init?(_ value: SQLValue) {
        guard case .blob(let bytes) = value else { return nil }
        self = bytes
    }
}

/// A row that does not have the shape which the schema promises.
struct SQLShapeError: Error, CustomStringConvertible {
    let column: String
    var description: String { "The database row has no usable column \(column)." }
}
