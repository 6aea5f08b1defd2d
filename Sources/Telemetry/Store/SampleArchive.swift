import GRDB
package import Logging
import Synchronization

/// The history of all readings, in an SQLite file of its own.
///
/// What comes is written to a journal, one row a transaction, and waits in memory; after some minutes `upkeep` packs it into blocks, one a card
/// and hour, later one a card and day with summaries by hour and day. While the file can't be written, samples wait in memory up to a bound.
/// See `docs/adr/0015-history-blocks.md`.
///
/// One task calls `append`, one calls `upkeep`; anybody may ask.
package final class SampleArchive: Sendable {
    let state = Mutex(ArchiveState())
    let upkeepState = Mutex(UpkeepState())
    let logger: Logger
    /// Seconds that never go back.
    let uptime: @Sendable () -> Double
    private let current: Mutex<ArchiveFile>

    /// Opens or makes the file. One that is damaged is set aside, and a new one begun.
    package init(path: String, now: Int64, uptime: @escaping @Sendable () -> Double, logger: Logger) throws {
        self.uptime = uptime
        self.logger = logger
        current = Mutex(try Self.open(path, now: now, logger: logger))
        try load()
    }

    /// In memory, for tests.
    package init(uptime: @escaping @Sendable () -> Double = { 0 }, logger: Logger = Logger(label: "archive")) throws {
        self.uptime = uptime
        self.logger = logger
        current = Mutex(try ArchiveFile())
    }

    var file: ArchiveFile { current.withLock { $0 } }

    /// Samples that were lost since the start: memory was full of what the file did not take.
    package var lost: UInt64 { state.withLock { $0.lost } }
    /// Samples that came when they were older than what is kept.
    package var tooOld: UInt64 { state.withLock { $0.tooOld } }
    /// Samples in memory that no block has.
    package var waiting: Int { state.withLock { $0.samples } }

    // MARK: - Opening

    private static func open(_ path: String, now: Int64, logger: Logger) throws -> ArchiveFile {
        do {
            let file = try ArchiveFile(path: path)
            try file.check()
            return file
        } catch  where ArchiveFile.isDamage(error) {
            let name = try ArchiveFile.setAside(path, at: now)
            logger.error(
                "the history is damaged; it is set aside, and a new one begun", metadata: ["file": "\(name)", "error": "\(error)"])
            return try ArchiveFile(path: path)
        }
    }

    /// Takes from the journal what is in no block yet.
    private func load() throws {
        let uptime = uptime()
        let (metrics, reading, nextLink) = try file.writer.read { database in
            let metrics = try Row.fetchAll(database, sql: "SELECT id, name FROM metric").map { ($0["id"] as Int, $0["name"] as String) }
            let packed = try Row.fetchAll(database, sql: "SELECT card_id, journal_id FROM packed").reduce(into: [Int64: Int64]()) {
                $0[$1["card_id"]] = $1["journal_id"]
            }
            var reading = JournalReading(packed: packed, uptime: uptime)
            let rows = try Row.fetchCursor(database, sql: "SELECT id, links FROM journal ORDER BY id")
            while let row = try rows.next() { reading.add(row["links"], link: row["id"]) }
            return (metrics, reading, max(reading.last, packed.values.max() ?? 0) + 1)
        }
        var journal = reading
        let heads = journal.finish()
        if let damage = journal.damage { logger.warning("a part of the journal can't be read", metadata: ["error": "\(damage)"]) }
        state.withLock { state in
            for (key, name) in metrics { state.know(key, name) }
            state.load(heads, nextLink: nextLink)
        }
    }

    // MARK: - Appending

    /// Keeps the samples: in the file, and until they are packed in memory too.
    ///
    /// Throws if the file could not be written. The samples are kept nonetheless, in memory, and written when it can be: they are not to be
    /// appended again.
    package func append(_ samples: [Sample]) async throws {
        guard !samples.isEmpty else { return }
        let uptime = uptime()
        do {
            try await file.writer.writeWithoutTransaction { database in
                let batch = self.state.withLock { $0.take(samples, uptime: uptime) }
                do {
                    try database.inTransaction {
                        try Self.write(batch, database)
                        return .commit
                    }
                    self.state.withLock { $0.journaled(batch) }
                } catch {
                    self.state.withLock { $0.notJournaled(batch) }
                    throw error
                }
            }
        } catch  where ArchiveFile.isDamage(error) {
            try replaceDamaged(error)
            throw error
        }
    }

    private static func write(_ batch: ArchiveState.Batch, _ database: Database) throws {
        try write(metrics: batch.metrics, database)
        guard !batch.links.bytes.isEmpty else { return }
        try database.execute(literal: "INSERT INTO journal (id, links) VALUES (\(batch.link), \(batch.links.bytes.data))")
        for card in batch.recovered { try setPacked(card, upTo: batch.link - 1, database) }
    }

    static func write(metrics: [Int: String], _ database: Database) throws {
        for (key, name) in metrics {
            try database.execute(
                sql: "INSERT INTO metric (id, name) VALUES (?, ?) ON CONFLICT DO NOTHING", arguments: [key, name])
        }
    }

    static func setPacked(_ card: Int64, upTo link: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO packed (card_id, journal_id) VALUES (?, ?)
                ON CONFLICT (card_id) DO UPDATE SET journal_id = MAX(journal_id, excluded.journal_id)
                """, arguments: [card, link])
    }

    // MARK: - Damage

    /// Sets the file aside while the server runs, and begins a new one with what is in memory.
    func replaceDamaged(_ error: any Error) throws {
        guard let path = file.path else { throw error }
        let now = upkeepState.withLock { $0.now }
        let name = try ArchiveFile.setAside(path, at: now)
        let new = try ArchiveFile(path: path)
        current.withLock { $0 = new }
        state.withLock { $0.forgetFile() }
        logger.error(
            "the history is damaged; it is set aside, and a new one begun", metadata: ["file": "\(name)", "error": "\(error)"])
    }

    // MARK: - Size

    package struct Size: Sendable, Equatable {
        /// On the disk, with the write-ahead log.
        package let bytes: Int64
        package let samples: Int64
        /// Without the write-ahead log, which is emptied again and again; nil while there are too few samples to say.
        package let bytesPerSample: Double?
    }

    package func size() async throws -> Size {
        let file = file
        let waiting = Int64(waiting)
        let (pages, samples) = try await file.writer.read { database -> (Int64, Int64) in
            let pages = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            return (pages * (try Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 0), try database.tally("samples") ?? 0)
        }
        let all = samples + waiting
        return Size(bytes: max(file.length, pages), samples: all, bytesPerSample: all < 10_000 ? nil : Double(pages) / Double(all))
    }
}
