import PowerDevice

/// What a log tells its card, so that it is noted as an event.
enum LogNotice: Equatable, Sendable {
    /// Somebody has emptied the log.
    case cleared(LogKind, by: ChangeOrigin?)
    /// The records of the log had another shape: it begins anew.
    case recreated(LogKind)
    /// Records that found no room on the disk.
    case lost(Int)
    /// The file could not be read, and was set aside.
    case damaged

    var event: CardEvent {
        switch self {
        case .cleared(let kind, _): .cleared(kind)
        case .recreated(let kind): .recreated(kind)
        case .lost(let count): .recordsLost(count)
        case .damaged: .logFileDamaged
        }
    }
}

/// The logs of one card. Appending never waits: what is appended is on the disk a second later.
final class CardLogs: Sendable {
    /// Characters of an event's text that are kept.
    static let longestText = 500

    private let database: LogDatabase
    private let card: Int
    private let timeText: @Sendable (Int64) -> String

    /// - Parameters:
    ///   - card: its number in the file.
    ///   - timeText: an instant in the card's local time, `dd/mm/yyyy hh:mm:ss`.
    init(_ database: LogDatabase, card: Int, timeText: @escaping @Sendable (Int64) -> String) {
        self.database = database
        self.card = card
        self.timeText = timeText
    }

    /// Calls `listener` with what is worth an event, from now on, and at once with what has happened to the file already.
    func onNotice(_ listener: @escaping @Sendable (LogNotice) -> Void) { database.onNotice(card: card, listener) }

    // MARK: - Writing

    /// - Parameter code: of a device's event its point; of a card's event who has caused it.
    func append(_ severity: Severity, _ text: String, code: String? = nil, at instant: Int64, to kind: LogKind) {
        let contents = LogContents.event(
            severity: severity, code: code, text: String(text.prefix(Self.longestText)), instant: instant)
        database.append(contents, card: card, to: kind)
    }

    func append(_ sample: LogSample, to kind: LogKind) { database.append(.sample(sample), card: card, to: kind) }

    /// Takes all records out of a log. The card's event log is told who did it, even if that is the one.
    func clear(_ kind: LogKind, by origin: ChangeOrigin? = nil) {
        database.clear(card: card, kind)
        database.tell(.cleared(kind, by: origin), card: card)
    }

    /// Writes what has been appended up to now.
    func flush() async { await database.flush() }

    // MARK: - Reading

    /// Records that the log has now.
    func count(_ kind: LogKind) async throws -> Int {
        let key = key(kind)
        return try await database.read { try $0.count(key, LogQuery()) }
    }

    /// A page of an event log; of another log an empty one.
    func events(_ kind: LogKind, _ query: LogQuery = LogQuery()) async throws -> LogPage<LoggedEvent> {
        let key = key(kind)
        return try await database.read { transaction in
            guard kind.holdsEvents else { return LogPage(records: [], total: 0, page: query.page, count: query.count) }
            var records: [LoggedEvent] = []
            try transaction.events(key, query) { records.append($0) }
            return LogPage(records: records, total: try transaction.count(key, query), page: query.page, count: query.count)
        }
    }

    /// A page of a log of measurements; of another log an empty one.
    func samples(_ kind: LogKind, _ query: LogQuery = LogQuery()) async throws -> LogPage<LoggedSample> {
        let key = key(kind)
        return try await database.read { transaction in
            guard !kind.holdsEvents else { return LogPage(records: [], total: 0, page: query.page, count: query.count) }
            var records: [LoggedSample] = []
            try transaction.samples(key, query) { records.append($0) }
            return LogPage(records: records, total: try transaction.count(key, query), page: query.page, count: query.count)
        }
    }

    /// A log as CSV text, oldest record first if nothing else is said; some hundred kilobytes at most.
    func csv(_ kind: LogKind, _ query: LogQuery = .whole) async throws -> String {
        let key = key(kind)
        let timeText = timeText
        return try await database.read { transaction in
            var document = LogDocument(kind, schema: try transaction.schema(of: key), localTime: timeText)
            if kind.holdsEvents {
                try transaction.events(key, query) { document.append($0) }
            } else {
                try transaction.samples(key, query) { document.append($0.sample) }
            }
            return document.text
        }
    }

    private func key(_ kind: LogKind) -> LogKey { LogKey(card: card, kind: kind) }
}
