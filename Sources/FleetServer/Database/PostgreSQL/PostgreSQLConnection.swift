import CLibPQ

/// One connection to a PostgreSQL server, by libpq. Not for several threads at a time; each call waits for the server.
final class PostgreSQLConnection {
    private let handle: OpaquePointer
    private var statements: [String: String] = [:]

    /// Statements whose wording is kept; ours are a few hundred.
    private static let keptStatements = 1000
    private static let options = [
        // What the address says wins over these. A server that is gone is noticed within 25 s, also while its answer is waited for.
        "connect_timeout": "10", "tcp_user_timeout": "20000", "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3",
        "application_name": "NVFleet",
    ]
    /// What the PostgreSQL server is told of its own waiting. A server of ours that is frozen or cut off must not hold the lock that all
    /// writers wait for: its transaction is ended, and the connection with it.
    private static let settings = [
        "idle_in_transaction_session_timeout": "15s", "lock_timeout": "20s", "tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5",
        "tcp_keepalives_count": "3",
    ]

    init(_ address: PostgreSQLAddress) throws(PostgreSQLError) {
        var keywords: [String] = []
        var values: [String] = []
        for (keyword, value) in Self.options.sorted(by: { $0.key < $1.key }) + [("dbname", address.text), ("client_encoding", "UTF8")] {
            keywords.append(keyword)
            values.append(value)
        }
        let opened = CStrings.withPointers(keywords) { keywords in
            CStrings.withPointers(values) { values in PQconnectdbParams(keywords, values, 1) }
        }
        guard let opened else { throw PostgreSQLError(state: nil, message: "out of memory") }
        guard PQstatus(opened) == CONNECTION_OK else {
            let message = String(cString: PQerrorMessage(opened)).split(separator: "\n").joined(separator: " ")
            PQfinish(opened)
            throw PostgreSQLError(state: nil, message: message)
        }
        handle = opened
        // Notices are no errors, and our standard error is the log's.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        // Not by the connection's `options`: those of the address would replace them.
        let settings = Self.settings.sorted { $0.key < $1.key }
        try perform(
            "SELECT " + settings.map { _ in "set_config(?, ?, false)" }.joined(separator: ", "),
            settings.flatMap { [.text($0.key), .text($0.value)] })
    }

    deinit { PQfinish(handle) }

    var isUsable: Bool { PQstatus(handle) == CONNECTION_OK }

    /// Runs one statement of ours. Throws `PostgreSQLError`.
    @discardableResult
    func perform(_ sql: String, _ arguments: [SQLValue] = []) throws(PostgreSQLError) -> PostgreSQLResult {
        let parameters = PostgreSQLParameters(arguments)
        let statement = wording(of: sql)
        let result = PostgreSQLResult(
            parameters.withPointers { values, lengths in
                PQexecParams(
                    handle, statement, Int32(arguments.count), parameters.types, values, lengths, parameters.formats, PostgreSQLResult.text)
            })
        if let failure = result.failure { throw failure }
        return result
    }

    private func wording(of sql: String) -> String {
        if let known = statements[sql] { return known }
        let statement = PostgreSQLStatement.numbered(sql)
        if statements.count >= Self.keptStatements { statements = [:] }
        statements[sql] = statement
        return statement
    }
}

extension PostgreSQLConnection: SQLSession {
    func execute(_ sql: String, _ arguments: [SQLValue]) throws { try perform(sql, arguments) }

    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow] {
        let result = try perform(sql, arguments)
        return (0..<result.count).map { SQLRow(PostgreSQLColumns(result: result, row: $0)) }
    }

    func firstRow(_ sql: String, _ arguments: [SQLValue]) throws -> SQLRow? { try rows(sql, arguments).first }
}

/// Arguments as libpq takes them: text, and bytes as they are.
struct PostgreSQLParameters {
    let types: [Oid]
    let formats: [Int32]
    private let lengths: [Int32]
    /// Where each value begins in `bytes`; nil for null.
    private let places: [Int?]
    private let bytes: [CChar]

    init(_ values: [SQLValue]) {
        var types: [Oid] = []
        var formats: [Int32] = []
        var lengths: [Int32] = []
        var places: [Int?] = []
        var bytes: [CChar] = []
        for value in values {
            types.append(PostgreSQLType(value).rawValue)
            let content: [UInt8]? =
                switch value {
                case .null: nil
                case .integer(let number): Array(String(number).utf8)
                case .real(let number): Array("\(number)".utf8)
                // PostgreSQL has no text with NUL in it; what a card calls itself may have.
                case .text(let text): text.utf8.filter { $0 != 0 }
                case .blob(let blob): blob
                }
            if case .blob = value { formats.append(1) } else { formats.append(0) }
            lengths.append(Int32(clamping: content?.count ?? 0))
            places.append(content == nil ? nil : bytes.count)
            if let content { bytes += content.map(CChar.init(bitPattern:)) + [0] }
        }
        self.types = types
        self.formats = formats
        self.lengths = lengths
        self.places = places
        self.bytes = bytes
    }

    func withPointers<Result>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { bytes in
            let pointers = places.map { place in place.flatMap { bytes.baseAddress?.advanced(by: $0) } }
            return pointers.withUnsafeBufferPointer { pointers in
                lengths.withUnsafeBufferPointer { body(pointers.baseAddress, $0.baseAddress) }
            }
        }
    }
}

/// Texts for a C function that takes a list of them, with a null at its end.
private enum CStrings {
    static func withPointers<Result>(_ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result) -> Result {
        let parameters = PostgreSQLParameters(texts.map(SQLValue.text) + [.null])
        return parameters.withPointers { pointers, _ in body(pointers) }
    }
}
