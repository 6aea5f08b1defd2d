import GRDB
import Logging
import Synchronization

/// The logs of a card, or of all cards of a farm, in one SQLite file.
///
/// What is appended waits in memory, and is written in one transaction a second: a power cut takes the last second at most. When the
/// disk takes nothing, the card goes on; what waits is bounded, and what is lost is counted and told when the disk takes again.
///
///     append ──▶ pending ──once a second──▶ ring in the file
///                   ▲                            │
///                   └──────── can't be written ◀─┘
final class LogDatabase: Sendable {
    struct Options: Sendable {
        /// Whether the logs must outlive a power cut; else they go with the program.
        var isKept = true
        /// Records that wait at most.
        var pendingLimit = 4096
        /// Kilobytes of the file that each connection remembers.
        var cache = 512
        /// Pages of 4 KiB that the file may have; nil is what the disk gives.
        var pageLimit: Int?
        /// For whoever looks into the file of a card that runs.
        var isReadOnly = false
    }

    private struct State {
        var pending: PendingRecords
        var writer: (any DatabaseWriter)?
        var listeners: [Int: @Sendable (LogNotice) -> Void] = [:]
        /// What has happened to the file before anybody listened; told to each card.
        var openNotices: [LogNotice] = []
        /// A read has met a broken page.
        var isDamaged = false
        var isFailing = false
        var isClosed = false
    }

    /// A little less than the second that may be lost, for writing takes its time, too.
    private static let period = Duration.milliseconds(900)

    private let file: LogFile
    private let logger: Logger
    private let state: Mutex<State>
    /// Held while the file is opened again.
    private let opening = Mutex(())

    /// Opens the file, or makes it. One that can't be had is tried again with each transaction: the card does not stand or fall with it.
    ///
    /// - Parameter path: nil keeps the logs in memory.
    init(path: String?, options: Options = Options(), logger: Logger) {
        file = LogFile(path: path, options: options)
        self.logger = logger
        state = Mutex(State(pending: PendingRecords(limit: options.pendingLimit)))
        do {
            try open(afresh: false)
        } catch {
            failed(error)
        }
    }

    /// Logs that are gone with the program.
    static func inMemory() -> LogDatabase { LogDatabase(path: nil, logger: Logger(label: "logs")) }

    // MARK: - Appending

    func append(_ contents: LogContents, card: Int, to kind: LogKind) {
        state.withLock { $0.pending.append(.init(key: LogKey(card: card, kind: kind), contents: contents)) }
    }

    func clear(card: Int, _ kind: LogKind) {
        state.withLock { $0.pending.clear(LogKey(card: card, kind: kind)) }
    }

    /// Calls `listener` with what is worth an event of this card: from now on, and at once with what has happened to the file already.
    func onNotice(card: Int, _ listener: @escaping @Sendable (LogNotice) -> Void) {
        let notices = state.withLock { state in
            state.listeners[card] = listener
            return state.openNotices
        }
        notices.forEach(listener)
    }

    // MARK: - Writing

    /// Writes what has been appended, once a second, until the task is cancelled. Then `close()` is due.
    func run() async {
        let clock = ContinuousClock()
        var next = clock.now + Self.period
        while !Task.isCancelled {
            try? await clock.sleep(until: next)
            next = max(next + Self.period, clock.now)
            await flush()
        }
    }

    /// Writes once a second while `body` runs, and closes the file when that is done.
    func written(during body: @escaping @Sendable () async throws -> Void) async throws {
        let outcome = await withTaskGroup(of: Result<Void, any Error>?.self) { tasks in
            defer { tasks.cancelAll() }
            tasks.addTask {
                await self.run()
                return nil
            }
            tasks.addTask {
                do {
                    return .success(try await body())
                } catch {
                    return .failure(error)
                }
            }
            while let end = await tasks.next() {
                if let end { return end }
            }
            return .success(())
        }
        await close()
        try outcome.get()
    }

    /// Writes what has been appended up to now, whatever becomes of the task.
    func flush() async {
        guard state.withLock({ !$0.isClosed && ($0.isDamaged || !$0.pending.isEmpty) }) else { return }
        do {
            try reopenIfNeeded()
            guard let writer = state.withLock({ $0.writer }) else { return }
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                writer.asyncWriteWithoutTransaction { database in
                    continuation.resume(with: Result { try self.writePending(database) })
                }
            }
            succeeded()
        } catch {
            failed(error)
        }
    }

    /// Writes what is left, and closes the file.
    func close() async {
        await flush()
        let writer = state.withLock { state in
            state.isClosed = true
            defer { state.writer = nil }
            return state.writer
        }
        do {
            try writer?.close()
        } catch {
            logger.warning("Logs not closed", metadata: ["error": "\(error)"])
        }
    }

    /// On the writer's queue: one transaction after the other.
    private func writePending(_ database: Database) throws {
        let batch = state.withLock { $0.pending.takeAll() }
        guard !batch.isEmpty else { return }
        var recreated: Set<LogKey> = []
        do {
            try database.inTransaction(.immediate) {
                let transaction = LogTransaction(database)
                for key in batch.clears { try transaction.clear(key) }
                for record in batch.records where try transaction.append(record.contents, to: record.key) {
                    recreated.insert(record.key)
                }
                return .commit
            }
        } catch {
            state.withLock { $0.pending.putBack(batch) }
            throw error
        }
        for key in recreated { tell(.recreated(key.kind), card: key.card) }
    }

    private func succeeded() {
        let (lost, wasFailing) = state.withLock { state in
            defer { state.isFailing = false }
            return (state.pending.takeLost(), state.isFailing)
        }
        if wasFailing { logger.notice("Logs are written again") }
        for (card, count) in lost { tell(.lost(count), card: card) }
    }

    private func failed(_ error: any Error) {
        let isDamage = (error as? DatabaseError)?.meansDamage ?? false
        let isNews = state.withLock { state in
            defer { state.isFailing = true }
            state.isDamaged = state.isDamaged || isDamage
            return !state.isFailing
        }
        if isNews { logger.error("Logs not written", metadata: ["error": "\(error)"]) }
    }

    // MARK: - The file

    /// - Parameter afresh: whether the file that is there is to be set aside, whatever it looks like.
    private func open(afresh: Bool) throws {
        let opened = try file.open(afresh: afresh)
        var notices = opened.recreated.map(LogNotice.recreated)
        if opened.isReplaced {
            logger.error("Log file damaged, and set aside", metadata: ["path": "\(LogFile.damagedPath(of: file.path ?? ""))"])
            notices.append(.damaged)
        }
        let listeners = state.withLock { state in
            state.writer = opened.writer
            state.isDamaged = false
            state.openNotices += notices
            return Array(state.listeners.values)
        }
        for notice in notices { listeners.forEach { $0(notice) } }
    }

    /// Opens the file where that has not been possible yet, or where it has turned out to be damaged.
    private func reopenIfNeeded() throws {
        try opening.withLock { _ in
            let (writer, isDamaged) = state.withLock { ($0.writer, $0.isDamaged) }
            guard writer == nil || isDamaged else { return }
            state.withLock { $0.writer = nil }
            // A reader that is not done yet closes its connection itself.
            if isDamaged { try? writer?.close() }
            try open(afresh: isDamaged)
        }
    }

    /// Tells the one who listens for a card.
    func tell(_ notice: LogNotice, card: Int) {
        let listener = state.withLock { $0.listeners[card] }
        listener?(notice)
    }

    /// Runs `body` on a snapshot of the file that has all that was appended before, as far as the disk takes it.
    func read<Value: Sendable>(_ body: @escaping @Sendable (LogTransaction) throws -> Value) async throws -> Value {
        await flush()
        guard let writer = state.withLock({ $0.writer }) else { throw LogsUnavailable() }
        do {
            return try await writer.read { try body(LogTransaction($0)) }
        } catch let error as DatabaseError {
            if error.meansDamage { state.withLock { $0.isDamaged = true } }
            throw error
        }
    }
}

/// The logs' file can't be opened.
struct LogsUnavailable: Error, CustomStringConvertible {
    var description: String { "the logs can't be read" }
}
