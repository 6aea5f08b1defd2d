import FoundationEssentials
import GRDB
import PowerDevice

/// One open transaction on the logs' file.
struct LogTransaction {
    /// How far a ring has come.
    struct Ring: Equatable {
        /// The number of the newest record; never goes back, not even when the log is cleared.
        var last: Int64 = 0
        var count = 0
        /// The row of the samples' schema; 0 where there is none.
        var schema: Int64 = 0
    }

    private let database: Database

    init(_ database: Database) { self.database = database }

    // MARK: - Writing

    /// Puts a record into its ring. True where the log had to begin anew for it.
    func append(_ contents: LogContents, to key: LogKey) throws -> Bool {
        var ring = try ring(of: key) ?? Ring()
        var isRecreated = false
        if case .sample(let sample) = contents {
            let schema = try identifier(of: sample.schema)
            if ring.schema != schema {
                isRecreated = ring.count > 0
                if isRecreated { try delete(key) }
                ring.count = 0
                ring.schema = schema
            }
        }
        ring.last += 1
        ring.count = min(ring.count + 1, LogKind.capacity)
        try insert(contents, number: ring.last, key)
        try store(ring, of: key)
        return isRecreated
    }

    func clear(_ key: LogKey) throws {
        guard var ring = try ring(of: key) else { return }
        try delete(key)
        ring.count = 0
        try store(ring, of: key)
    }

    private func delete(_ key: LogKey) throws {
        try database.cachedStatement(sql: LogTable(key.kind).deletion).execute(arguments: [key.card])
    }

    private func insert(_ contents: LogContents, number: Int64, _ key: LogKey) throws {
        let statement = try database.cachedStatement(sql: LogTable(key.kind).insertion)
        let slot = number % Int64(LogKind.capacity)
        switch contents {
        case .event(let severity, let code, let text, let instant):
            try statement.execute(arguments: [key.card, slot, number, instant, severity.storedLevel, code, text])
        case .sample(let sample):
            let bytes = SampleCoding.bytes(of: sample.values)
            try statement.execute(arguments: [key.card, slot, number, sample.instant, sample.start, bytes])
        }
    }

    private func store(_ ring: Ring, of key: LogKey) throws {
        let sql = "INSERT OR REPLACE INTO ring (card, log, last, count, schema) VALUES (?, ?, ?, ?, ?)"
        try database.cachedStatement(sql: sql)
            .execute(arguments: [key.card, key.kind.rawValue, ring.last, ring.count, ring.schema])
    }

    private func identifier(of schema: LogSchema) throws -> Int64 {
        let sql = "SELECT id FROM log_schema WHERE columns = ?"
        if let known = try Int64.fetchOne(database.cachedStatement(sql: sql), arguments: [schema.text]) { return known }
        try database.execute(sql: "INSERT INTO log_schema (columns) VALUES (?)", arguments: [schema.text])
        return database.lastInsertedRowID
    }

    // MARK: - Reading

    func ring(of key: LogKey) throws -> Ring? {
        let statement = try database.cachedStatement(sql: "SELECT last, count, schema FROM ring WHERE card = ? AND log = ?")
        guard let row = try Row.fetchOne(statement, arguments: [key.card, key.kind.rawValue]) else { return nil }
        return Ring(last: row[0], count: row[1], schema: row[2])
    }

    /// What the values of a log's samples are; nil where it has none.
    func schema(of key: LogKey) throws -> LogSchema? {
        guard let ring = try ring(of: key), ring.schema != 0 else { return nil }
        let text = try String.fetchOne(database, sql: "SELECT columns FROM log_schema WHERE id = ?", arguments: [ring.schema])
        return text.map(LogSchema.init(text:))
    }

    func count(_ key: LogKey, _ query: LogQuery) throws -> Int {
        guard query.from != nil || query.to != nil else { return try ring(of: key)?.count ?? 0 }
        let statement = try database.cachedStatement(sql: LogTable(key.kind).counting)
        return try Int.fetchOne(statement, arguments: [key.card, query.from ?? .min, query.to ?? .max]) ?? 0
    }

    func events(_ key: LogKey, _ query: LogQuery, _ visit: (LoggedEvent) throws -> Void) throws {
        let rows = try rows(key, query)
        while let row = try rows.next() {
            try visit(
                LoggedEvent(sequence: row[0], instant: row[1], severity: Severity(storedLevel: row[2]), code: row[3], text: row[4]))
        }
    }

    func samples(_ key: LogKey, _ query: LogQuery, _ visit: (LoggedSample) throws -> Void) throws {
        guard let schema = try schema(of: key) else { return }
        let rows = try rows(key, query)
        while let row = try rows.next() {
            let values = SampleCoding.values(of: row[3], count: schema.columns.count)
            try visit(LoggedSample(sequence: row[0], sample: LogSample(schema: schema, instant: row[1], start: row[2], values: values)))
        }
    }

    private func rows(_ key: LogKey, _ query: LogQuery) throws -> RowCursor {
        let statement = try database.cachedStatement(sql: LogTable(key.kind).selection(query.order))
        return try Row.fetchCursor(
            statement, arguments: [key.card, query.from ?? .min, query.to ?? .max, query.count, (query.page - 1) * query.count])
    }
}

extension Severity {
    /// The number that is kept, and by which logs are put in order.
    fileprivate var storedLevel: Int {
        switch self {
        case .information: 0
        case .warning: 1
        case .critical: 2
        }
    }

    fileprivate init(storedLevel: Int) {
        self = Severity.allCases.first { $0.storedLevel == storedLevel } ?? .information
    }
}
