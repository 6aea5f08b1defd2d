import ArgumentParser
import Logging
import NetVision
import PowerDevice

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `CardAgent log`: the logs of a card, from its state directory.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "The logs of a card: lists, exports and clears them.",
        discussion: """
            The logs are history, extended-history, device-events, card-events and emd-history. Listing and exporting work while the card \
            runs; what was logged in the last second may still be missing.
            """,
        subcommands: [LogListCommand.self, LogExportCommand.self, LogClearCommand.self])
}

/// Whose logs.
struct LogOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The state directory of the card, or of the farm.", valueName: "dir"))
    var state: String

    @Option(help: ArgumentHelp("The card of a farm.", valueName: "n"))
    var card = 1

    /// What a command needs of a card: its logs, and its time.
    struct Reader {
        let logs: CardLogs
        let clock: CardClock
        let localTime: LocalTime
    }

    /// The card's logs, for as long as `body` runs.
    func withLogs(isReadOnly: Bool = true, _ body: (Reader) async throws -> Void) async throws {
        let path = "\(state)/card.sqlite"
        guard access(path, F_OK) == 0 else { throw CommandFailure("there are no logs in \(state).") }
        let own = "\(state)/card-\(card)"
        let directory = access(own, F_OK) == 0 ? own : state
        let localTime = try Self.localTime(directory)
        let clock = try CardClock(directory: directory) { localTime }
        let database = LogDatabase(path: path, options: .init(isReadOnly: isReadOnly), logger: Logger(label: "CardAgent"))
        do {
            let logs = CardLogs(database, card: card) { clock.text($0) }
            try await body(Reader(logs: logs, clock: clock, localTime: localTime))
        } catch is LogsUnavailable {
            await database.close()
            throw CommandFailure("the logs in \(state) can't be read.")
        }
        await database.close()
    }

    /// The zone of the settings; no secret is looked into for it.
    private static func localTime(_ directory: String) throws(StateDirectoryError) -> LocalTime {
        let contents = try SettingsFileStore(directory: directory)
            .contents(into: CardSettings(), secrets: SettingsDocument.Secrets(seal: { _, _ in "" }, open: { _, _ in nil }))
        return LocalTime(CardSettings(contents?.reading.values ?? SettingsValues()).time)
    }
}

/// Which records.
struct LogRangeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Not before: dd/mm/yyyy or \"dd/mm/yyyy hh:mm:ss\", by the card's clock.", valueName: "time"))
    var from: String?

    @Option(help: ArgumentHelp("Not after; a date means all of the day.", valueName: "time"))
    var to: String?

    func validate() throws {
        for text in [from, to].compactMap(\.self) where LogTime(text) == nil {
            throw ValidationError("\"\(text)\" is no time; give dd/mm/yyyy or \"dd/mm/yyyy hh:mm:ss\".")
        }
    }

    func query(_ localTime: LocalTime, page: Int = 1, count: Int = LogKind.capacity, order: LogOrder) -> LogQuery {
        LogQuery(
            from: from.flatMap(LogTime.init).map { localTime.utc(wall: $0.start.seconds) },
            to: to.flatMap(LogTime.init).map { localTime.utc(wall: $0.end.seconds) }, page: page, count: count, order: order)
    }
}

/// `CardAgent log list`: what the logs hold.
struct LogListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the logs, or the records of one, newest first.")

    @OptionGroup var options: LogOptions
    @OptionGroup var range: LogRangeOptions

    @Option(help: ArgumentHelp("The log; without it, all logs are counted.", valueName: "log"))
    var log: LogKind?

    @Option(help: "The page, from 1.")
    var page = 1

    @Option(help: "Records on a page.")
    var count = 20

    @Option(help: "newest, oldest or severity comes first.")
    var order = LogOrder.newestFirst

    @Flag(help: "As CSV.")
    var csv = false

    func run() async throws {
        try await CommandExit.explaining("CardAgent log list") {
            try await options.withLogs { reader in
                guard let log else { return try await overview(reader) }
                let query = range.query(reader.localTime, page: page, count: count, order: order)
                guard !csv else { return print(try await reader.logs.csv(log, query), terminator: "") }
                if log.holdsEvents {
                    try await events(log, reader, query)
                } else {
                    try await samples(log, reader, query)
                }
            }
        }
    }

    private func overview(_ reader: LogOptions.Reader) async throws {
        let (logs, clock) = (reader.logs, reader.clock)
        for kind in LogKind.allCases {
            let newest =
                kind.holdsEvents
                ? try await logs.events(kind, LogQuery(count: 1)).records.first?.instant
                : try await logs.samples(kind, LogQuery(count: 1)).records.first?.sample.instant
            let count = try await logs.count(kind)
            print("\(kind.rawValue): \(count) record\(count == 1 ? "" : "s")\(newest.map { ", newest \(clock.text($0))" } ?? "")")
        }
    }

    private func events(_ kind: LogKind, _ reader: LogOptions.Reader, _ query: LogQuery) async throws {
        let page = try await reader.logs.events(kind, query)
        for event in page.records {
            let code = event.code.map { " [\($0)]" } ?? ""
            print("\(reader.clock.text(event.instant))  \(event.severity.rawValue)  \(event.text)\(code)")
        }
        print("page \(page.page) of \(page.pages), \(page.total) records")
    }

    private func samples(_ kind: LogKind, _ reader: LogOptions.Reader, _ query: LogQuery) async throws {
        let page = try await reader.logs.samples(kind, query)
        for record in page.records {
            let titles = record.sample.schema.titles(of: kind)
            let values = zip(titles, record.sample.values).compactMap { title, value in
                value.map { "\(title) \(LogDocument.number($0))" }
            }
            print("\(reader.clock.text(record.sample.instant))  \(values.joined(separator: ", "))")
        }
        print("page \(page.page) of \(page.pages), \(page.total) records")
    }
}

/// `CardAgent log export`: the logs as CSV.
struct LogExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes logs as CSV, oldest record first: one to standard output, or all to a folder.")

    @OptionGroup var options: LogOptions
    @OptionGroup var range: LogRangeOptions

    @Option(help: ArgumentHelp("The log; without it, all.", valueName: "log"))
    var log: LogKind?

    @Option(help: ArgumentHelp("A folder for one file per log (history.csv …); made if it isn't there.", valueName: "dir"))
    var out: String?

    func validate() throws {
        guard log != nil || out != nil else { throw ValidationError("Give --log for one log, or --out for a folder of files.") }
    }

    func run() async throws {
        try await CommandExit.explaining("CardAgent log export") {
            try await options.withLogs { reader in
                let query = range.query(reader.localTime, order: .oldestFirst)
                guard let out else { return print(try await reader.logs.csv(log ?? .history, query), terminator: "") }
                try StateFile.makeDirectory(out)
                for kind in log.map({ [$0] }) ?? LogKind.allCases {
                    let path = "\(out)/\(kind.rawValue).csv"
                    try StateFile.write(try await reader.logs.csv(kind, query), to: path)
                    CommandExit.announce(path)
                }
            }
        }
    }
}

/// `CardAgent log clear`: empties logs of a card that does not run.
struct LogClearCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear", abstract: "Empties a log of a card that does not run; its event log says so.")

    @OptionGroup var options: LogOptions

    @Option(help: ArgumentHelp("The log.", valueName: "log"))
    var log: LogKind

    func run() async throws {
        try await CommandExit.explaining("CardAgent log clear") {
            let lock = try await StateLock.held(options.state)
            defer { lock.release() }
            try await options.withLogs(isReadOnly: false) { reader in
                let quiet = Logger(label: "CardAgent") { _ in SwiftLogNoOpLogHandler() }
                let journal = CardJournal(logs: reader.logs, clock: reader.clock, logger: quiet)
                reader.logs.onNotice { journal.note($0) }
                reader.logs.clear(log, by: ChangeOrigin(.program, by: "CardAgent log clear"))
            }
            CommandExit.announce("\(log.rawValue) is empty.")
        }
    }
}

extension LogKind: ExpressibleByArgument {}
extension LogOrder: ExpressibleByArgument {}
