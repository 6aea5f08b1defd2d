import ArgumentParser
import FoundationEssentials
import PowerDevice

/// `nvexplorer history`
struct HistoryCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "What a card has measured over time.",
        discussion: """
            Times are RFC 3339 (2026-01-31T12:00:00Z), or so long ago: 90s, 30m, 12h, 7d, 4w. Where nothing was measured there is no line (CSV: an
            empty cell). nvexplorer show tells the metrics' names.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The card's id, name, address, MAC or serial number.")
    var card: String

    @Option(help: ArgumentHelp("What to show (repeatable), such as battery.charge.", valueName: "name"))
    var metric: [String] = []

    @Option(help: ArgumentHelp("From when on. (default: one hour before --to)", valueName: "time"))
    var from: String?

    @Option(help: ArgumentHelp("Until when. (default: now)", valueName: "time"))
    var to: String?

    @Option(help: ArgumentHelp("Seconds that a line stands for; with s, m, h, d or w. (default: by the span)", valueName: "time"))
    var step: String?

    @Flag(help: "Print CSV.")
    var csv = false

    func validate() throws {
        try needServer()
        guard !metric.isEmpty else { throw ValidationError("Name a metric: --metric battery.charge.") }
        if csv, options.json { throw ValidationError("Choose one of --csv and --json.") }
        for (name, text) in [("--from", from), ("--to", to)] where text != nil {
            guard let text, Moment.date(text, now: Date()) != nil else {
                throw ValidationError("\(name) is a time such as 2026-01-31T12:00:00Z, or 12h for twelve hours ago.")
            }
        }
        if let step, Moment.seconds(step) == nil { throw ValidationError("--step is a time such as 60, 5m or 1h.") }
    }

    func query(now: Date) -> [(String, String?)] {
        func time(_ text: String?) -> String? { text.flatMap { Moment.date($0, now: now) }.map(Elapsed.rfc3339) }
        return [
            ("metric", metric.joined(separator: ",")), ("from", time(from)), ("to", time(to)),
            ("step", step.flatMap(Moment.seconds).map { "\($0)" }),
        ]
    }

    func run() async throws {
        try await options.withServer { api in
            let path = "cards/\(try FleetAPI.number(of: try await api.card(card)))/history"
            let query = query(now: Date())
            if csv { return Terminal.put(try await api.text(path, query + [("format", "csv")], as: "text/csv"), on: 1) }
            let history: HistoryRecord = try await api.read(path, query)
            try options.output.show(history) { Self.lines(history) }
        }
    }

    static func lines(_ history: HistoryRecord) -> [String] {
        let several = history.all.count > 1
        return history.all.flatMap { series -> [String] in
            let variable = Variable(series.metric)
            guard !series.points.isEmpty else { return ["\(series.metric): nothing was measured in this time."] }
            return (several ? [series.metric] : [])
                + Output.table(
                    series.points,
                    [
                        Column("Time") { $0.at }, Column("Average", .right) { CardPage.value($0.avg, of: variable) },
                        Column("Least", .right) { CardPage.value($0.min, of: variable) },
                        Column("Most", .right) { CardPage.value($0.max, of: variable) },
                    ])
        }
    }
}

/// Points in time and spans as they are typed.
enum Moment {
    private static let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]

    /// `90`, `90s`, `30m`, `12h`, `7d`, `4w` in seconds.
    static func seconds(_ text: String) -> Double? {
        let unit = text.last.flatMap { units[$0] }
        guard let number = Double(unit == nil ? text : String(text.dropLast())), number.isFinite, number > 0 else { return nil }
        return number * (unit ?? 1)
    }

    /// A time of RFC 3339, or a span before `now`.
    static func date(_ text: String, now: Date) -> Date? {
        Elapsed.date(text) ?? seconds(text).map { now.addingTimeInterval(-$0) }
    }
}
