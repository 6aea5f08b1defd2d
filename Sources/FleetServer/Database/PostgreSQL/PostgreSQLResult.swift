import CLibPQ

/// What the server calls a type: https://www.postgresql.org/docs/current/catalog-pg-type.html
enum PostgreSQLType: Oid {
    /// The server works it out.
    case unknown = 0
    case boolean = 16
    case bytes = 17
    case int8 = 20
    case int2 = 21
    case int4 = 23
    case text = 25
    case float4 = 700
    case float8 = 701
    case numeric = 1700

    init(_ value: SQLValue) {
        switch value {
        case .null: self = .unknown
        case .integer: self = .int8
        case .real: self = .float8
        case .text: self = .text
        case .blob: self = .bytes
        }
    }
}

/// The answer to one statement; its rows live as long as it does.
final class PostgreSQLResult {
    static let text: Int32 = 0

    private let handle: OpaquePointer?
    /// The columns by their names.
    private let columns: [String: Int32]

    init(_ handle: OpaquePointer?) {
        self.handle = handle
        let names = (0..<PQnfields(handle)).map { (String(cString: PQfname(handle, $0)), $0) }
        columns = Dictionary(names) { first, _ in first }
    }

    deinit { PQclear(handle) }

    var count: Int { Int(PQntuples(handle)) }

    var failure: PostgreSQLError? {
        switch PQresultStatus(handle) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: nil
        default:
            PostgreSQLError(
                state: field(PQFieldState), message: field(PQFieldMessage) ?? "the connection was lost")
        }
    }

    private func field(_ code: Int32) -> String? { PQresultErrorField(handle, code).map { String(cString: $0) } }

    func value(row: Int, column name: String) -> SQLValue {
        guard let column = columns[name], PQgetisnull(handle, Int32(row), column) == 0, let start = PQgetvalue(handle, Int32(row), column)
        else { return .null }
        let bytes = UnsafeBufferPointer(start: start, count: Int(PQgetlength(handle, Int32(row), column)))
        let text = String(decoding: bytes.lazy.map(UInt8.init(bitPattern:)), as: UTF8.self)
        switch PostgreSQLType(rawValue: PQftype(handle, column)) {
        case .boolean: return .integer(text == "t" ? 1 : 0)
        case .bytes: return .blob(Self.bytes(hexadecimal: text))
        case .int8, .int4, .int2: return Int64(text).map(SQLValue.integer) ?? .null
        case .numeric: return Int64(text).map(SQLValue.integer) ?? Double(text).map(SQLValue.real) ?? .null
        case .float4, .float8: return Double(text).map(SQLValue.real) ?? .null
        case .text, .unknown, nil: return .text(text)
        }
    }

    /// The bytes of `\x6e76`.
    private static func bytes(hexadecimal text: String) -> [UInt8] {
        let digits = text.utf8.dropFirst(2).map { digit in digit > 0x60 ? digit - 0x57 : digit & 0x0F }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

struct PostgreSQLColumns: SQLColumns {
    let result: PostgreSQLResult
    let row: Int

    func value(_ column: String) -> SQLValue { result.value(row: row, column: column) }
}
