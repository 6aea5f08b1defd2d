import GRDB

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Opens the logs' file, and makes it what it should be.
struct LogFile: Sendable {
    /// What had to be done to the file.
    struct Opened: Sendable {
        let writer: any DatabaseWriter
        /// The file could not be read: it is set aside, and a new one is in its place.
        var isReplaced = false
        /// Logs that another program had made with other columns.
        var recreated: [LogKind] = []
    }

    /// Nil keeps everything in memory.
    let path: String?
    let options: LogDatabase.Options

    /// What a damaged file is called afterwards: `card.sqlite.damaged`.
    static func damagedPath(of path: String) -> String { path + ".damaged" }

    /// A file up to this size is read through when it is opened; a larger one shows its damages when they are met.
    private static let largestChecked = 16 << 20

    /// - Parameter afresh: whether the file that is there is known to be damaged.
    func open(afresh: Bool = false) throws -> Opened {
        guard let path else { return try prepared(DatabaseQueue(configuration: configuration)) }
        guard !options.isReadOnly else { return Opened(writer: try DatabaseQueue(path: path, configuration: configuration)) }
        guard !afresh else { return try replacing(path) }
        do {
            return try prepared(pool(path))
        } catch let error as DatabaseError where error.meansDamage || error.meansOtherContents {
            return try replacing(path)
        }
    }

    private func replacing(_ path: String) throws -> Opened {
        setAside(path)
        var opened = try prepared(pool(path))
        opened.isReplaced = true
        return opened
    }

    /// A new file is for its owner alone, and so is what SQLite makes beside it.
    private func pool(_ path: String) throws -> DatabasePool {
        // What can't be made here, SQLite reports.
        if let file = fopen(path, "ae") {
            fchmod(fileno(file), 0o600)
            fclose(file)
        }
        return try DatabasePool(path: path, configuration: configuration)
    }

    private var configuration: Configuration {
        var configuration = Configuration()
        // One record a second at most: two readers are enough, and a dozen would cost memory.
        configuration.maximumReaderCount = 2
        configuration.busyMode = .timeout(5)
        configuration.readonly = options.isReadOnly
        let settings = ["PRAGMA cache_size = -\(options.cache)", "PRAGMA journal_size_limit = 4194304"]
        let limit = options.pageLimit.map { "PRAGMA max_page_count = \($0)" }
        configuration.prepareDatabase { database in
            for statement in settings { try database.execute(sql: statement) }
            if let limit { try database.execute(sql: limit) }
        }
        return configuration
    }

    private func prepared(_ writer: any DatabaseWriter) throws -> Opened {
        do {
            // FULL: each transaction is on the disk when it ends. With NORMAL, to which a pool is set when it is opened, a power cut takes
            // all since the last checkpoint.
            try writer.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = \(options.isKept ? "FULL" : "OFF")")
            }
            let recreated = try writer.write { database in
                try check(database)
                return try Self.makeTables(database)
            }
            return Opened(writer: writer, recreated: recreated)
        } catch {
            // The error that counts is the one above.
            try? writer.close()
            throw error
        }
    }

    private func check(_ database: Database) throws {
        let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        let size = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
        guard pages * size <= Self.largestChecked else { return }
        let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
        guard verdict == "ok" else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: verdict) }
    }

    /// Makes the tables that are missing, and anew those whose columns are others; returns these.
    private static func makeTables(_ database: Database) throws -> [LogKind] {
        for statement in LogTable.common { try database.execute(sql: statement) }
        var recreated: [LogKind] = []
        for table in LogKind.allCases.map(LogTable.init) {
            let known = try String.fetchOne(
                database, sql: "SELECT columns FROM log_table WHERE name = ?", arguments: [table.name])
            if known == table.columns { continue }
            if known != nil { recreated.append(table.kind) }
            try database.execute(sql: "DROP TABLE IF EXISTS \(table.name)")
            try database.execute(sql: table.creation)
            try database.execute(
                sql: "INSERT OR REPLACE INTO log_table (name, columns) VALUES (?, ?)", arguments: [table.name, table.columns])
            try database.execute(sql: "UPDATE ring SET count = 0, schema = 0 WHERE log = ?", arguments: [table.kind.rawValue])
        }
        return recreated
    }

    /// Moves the file and what belongs to it out of the way, over what was set aside before.
    private func setAside(_ path: String) {
        let damaged = Self.damagedPath(of: path)
        unlink(damaged + "-wal")
        // What can't be moved is removed: the card is to have logs.
        for suffix in ["", "-wal"] where rename(path + suffix, damaged + suffix) != 0 { unlink(path + suffix) }
        unlink(path + "-shm")
    }
}

extension DatabaseError {
    /// The file is no database, or a broken one.
    var meansDamage: Bool { resultCode == .SQLITE_CORRUPT || resultCode == .SQLITE_NOTADB }

    /// The file is a database that holds something else.
    fileprivate var meansOtherContents: Bool { resultCode == .SQLITE_ERROR || resultCode == .SQLITE_CONSTRAINT }
}
