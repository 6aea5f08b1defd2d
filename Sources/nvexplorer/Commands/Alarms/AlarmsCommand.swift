import ArgumentParser
import FoundationEssentials

/// `nvexplorer alarms`
struct AlarmsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alarms", abstract: "What is wrong, and who has seen it.",
        subcommands: [
            AlarmsListCommand.self, AlarmsSummaryCommand.self, AlarmsShowCommand.self, AlarmsAckCommand.self, AlarmsUnackCommand.self,
            AlarmsCommentCommand.self, AlarmsShelveCommand.self, AlarmsUnshelveCommand.self, AlarmsClearCommand.self,
        ], defaultSubcommand: AlarmsListCommand.self)
}

/// `nvexplorer alarms list`
struct AlarmsListCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List alarms, the newest first; follow them as they come and go.",
        discussion: """
            --follow shows the open alarms, then each change until Ctrl-C; with --json a line of JSON each. With --check the exit code is \
            5 when there are critical alarms that nobody has acknowledged or shelved.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var filter: AlarmFilterOptions
    @OptionGroup var span: SpanOptions
    @OptionGroup var length: ListLength

    @Option(
        help: ArgumentHelp(
            "open, raised, acknowledged, cleared or all. (default: open; with --follow all changes)", valueName: "state"))
    var state: String?

    @Flag(inversion: .prefixedNo, help: "Only alarms that are shelved, or only those that are not.")
    var shelved: Bool?

    @Flag(help: "Go on: show each alarm that is raised, acknowledged or cleared.")
    var follow = false

    @Option(help: ArgumentHelp("With --follow: end after so many lines.", valueName: "n"))
    var count: Int?

    @Flag(help: "Only critical alarms that nobody has acknowledged or shelved; exit code 5 if there are any.")
    var check = false

    static let states = ["open", AlarmItem.raised, AlarmItem.acknowledged, AlarmItem.cleared, "all"]

    func validate() throws {
        try needServer()
        try Choice.parse(state, among: Self.states, "--state")
        if check, state != nil || !filter.severity.isEmpty || shelved != nil || follow {
            throw ValidationError(
                "--check is about critical alarms that nobody has acknowledged: leave out --state, --severity, --shelved, --follow.")
        }
        if follow, shelved != nil || span.from != nil || span.to != nil {
            throw ValidationError("--follow shows what happens from now on: leave out --from, --to and --shelved.")
        }
        guard let count else { return }
        guard follow else { throw ValidationError("--count is for --follow.") }
        guard count >= 1 else { throw ValidationError("--count must be at least 1.") }
    }

    /// What the server is asked for.
    func query(card: Int?, now: Date) -> [(String, String?)] {
        let state = check ? AlarmItem.raised : state
        let severity = check ? ["critical"] : filter.severities
        let shelved = check ? false : shelved
        return [
            ("state", state), ("severity", severity.isEmpty ? nil : severity.joined(separator: ",")), ("card", card.map(String.init)),
            ("site", filter.site), ("tag", filter.tag), ("name", filter.name), ("source", filter.source),
            ("shelved", shelved.map { $0 ? "true" : "false" }), ("q", filter.search),
        ] + span.query(now: now)
    }

    func run() async throws {
        if follow { return try await options.withServer { try await AlarmFollower(command: self, api: $0).run() } }
        let now = Date()
        let found: (items: [Answer<AlarmItem>], hasMore: Bool) = try await options.withServer { api in
            let card = try await filter.cardNumber(api)
            return try await api.first(length.last, of: AlarmItem.path, query(card: card, now: now))
        }
        let empty = check ? "Every critical alarm is acknowledged, or shelved." : "There are no such alarms."
        try options.output.show(found, empty: empty, Self.columns(now: now))
        guard check, !found.items.isEmpty else { return }
        let number = "\(found.items.count)\(found.hasMore ? " or more" : "")"
        throw CommandFailure(.alarming, "\(number) critical \(found.items.count == 1 ? "alarm is" : "alarms are") not acknowledged.")
    }

    static func columns(now: Date) -> [Column<Answer<AlarmItem>>] {
        [
            Column("Id", .right) { "\($0.id)" }, Column("Severity") { $0.severity }, Column("State") { $0.state },
            Column("Since") { Elapsed.since($0.since, now: now) }, Column("Card") { $0.place }, Column("Site") { $0.site },
            Column("Alarm") { $0.title }, Column("Detail") { $0.detail },
            Column("Remarks") { $0.record.remarks(now: now).joined(separator: ", ") },
        ]
    }
}

/// Which alarms are meant.
struct AlarmFilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("information, warning or critical (repeatable, or with commas between).", valueName: "severity"))
    var severity: [String] = []

    @Option(help: ArgumentHelp("Of this card: id, name, address, MAC or serial number.", valueName: "card"))
    var card: String?

    @Option(help: "Of the cards of this site.")
    var site: String?

    @Option(help: "Of the cards with this tag.")
    var tag: String?

    @Option(help: ArgumentHelp("With this name, such as upsAlarmOnBattery, cardUnreachable or rule:NAME.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("Told by poll, trap, syslog, communication, rule or server.", valueName: "source"))
    var source: String?

    @Option(help: ArgumentHelp("With this in the card's name or the alarm's.", valueName: "text"))
    var search: String?

    static let sources = ["poll", "trap", "syslog", "communication", "rule", "server"]

    var severities: [String] { WordList.words(severity) }

    func validate() throws {
        for severity in severities { try Choice.parse(severity, among: Choice.severities, "--severity") }
        try Choice.parse(source, among: Self.sources, "--source")
    }

    func cardNumber(_ api: FleetAPI) async throws -> Int? {
        guard let card else { return nil }
        return try FleetAPI.number(of: try await api.card(card))
    }
}

extension AlarmItem {
    /// What somebody should know besides, a few words each.
    func remarks(now: Date) -> [String] {
        [
            flapping == true ? "flapping" : nil, acknowledgedBy.map { "acknowledged by \($0)" },
            shelvedUntil.map { "shelved, ends \(Elapsed.until($0, now: now))" },
            clearedAt.map { "cleared \(Elapsed.since($0, now: now))" },
        ].compactMap(\.self)
    }
}

/// `nvexplorer alarms summary`
struct AlarmsSummaryCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "summary", abstract: "How many alarms there are.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let summary: APIValue = try await options.withServer { try await $0.read("alarms/summary") }
        try options.output.show(summary) { Output.facts(summary.facts().map { ($0.name, $0.value) }) }
    }
}
