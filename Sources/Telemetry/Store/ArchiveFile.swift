import FoundationEssentials
import GRDB

/// The history's SQLite file.
struct ArchiveFile: Sendable {
    let writer: any DatabaseWriter
    /// Nil in memory.
    let path: String?

    /// Opens the file, makes it where there is none, and brings it to today's schema.
    init(path: String) throws {
        self.path = path
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            // A connection that only reads may not say the rest.
            guard !database.configuration.readonly else { return }
            // Works in a file without tables only: freed pages can be given back to the disk a few at a time.
            try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            try database.execute(sql: "PRAGMA journal_size_limit = 4194304")
        }
        let pool = try DatabasePool(path: path, configuration: configuration)
        try ArchiveSchema.migrator.migrate(pool)
        writer = pool
    }

    init() throws {
        path = nil
        writer = try DatabaseQueue()
        try ArchiveSchema.migrator.migrate(writer)
    }

    /// The length of all that belongs to the file, in bytes.
    var length: Int64 {
        guard let path else { return 0 }
        return ["", "-wal"].reduce(0) { sum, ending in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + ending)
            return sum + Int64(clamping: attributes?[.size] as? UInt64 ?? 0)
        }
    }

    // MARK: - Damage

    /// Whether trying again will not help: the file is not what was written.
    static func isDamage(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        return error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_NOTADB
    }

    /// The largest file that is read through when it is opened, in bytes. Of larger ones only the ends are looked at.
    static let checkedLength: Int64 = 128 << 20

    /// Throws if the file is shorter than it says, or, where it is small, if any page is damaged.
    func check() throws {
        guard path != nil else { return }
        let isSmall = length <= Self.checkedLength
        try writer.read { database in
            for table in ["metric", "packed", "tally", "journal", "open_day"] {
                _ = try Row.fetchOne(database, sql: "SELECT COUNT(*) FROM \(table)")
            }
            for table in ["raw", "hourly", "daily"] {
                for order in ["ASC", "DESC"] {
                    let sql = "SELECT block FROM \(table) ORDER BY card_id \(order), start \(order) LIMIT 1"
                    _ = try Row.fetchOne(database, sql: sql)
                }
            }
            guard isSmall else { return }
            let answer = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
            if answer != "ok" { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: answer) }
        }
    }

    /// Gives the file at `path`, and what belongs to it, a name that tells of the damage. Returns the new name.
    static func setAside(_ path: String, at now: Int64) throws -> String {
        let name = "\(path).damaged-\(now / 1000)"
        try FileManager.default.moveItem(atPath: path, toPath: name)
        for ending in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: path + ending) {
            try FileManager.default.moveItem(atPath: path + ending, toPath: name + ending)
        }
        return name
    }
}
