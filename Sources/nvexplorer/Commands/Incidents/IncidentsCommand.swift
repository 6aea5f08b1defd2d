import ArgumentParser
import FoundationEssentials

/// `nvexplorer incidents`
struct IncidentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incidents", abstract: "Alarms of one cause, taken together.",
        subcommands: [
            IncidentsListCommand.self, IncidentsShowCommand.self, IncidentsMembersCommand.self, IncidentsAckCommand.self,
            IncidentsCommentCommand.self,
        ], defaultSubcommand: IncidentsListCommand.self)
}

/// `nvexplorer incidents list`
struct IncidentsListCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List incidents, the newest first.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var span: SpanOptions
    @OptionGroup var length: ListLength

    @Option(help: ArgumentHelp("open, ended or all. (default: open)", valueName: "state"))
    var state: String?

    @Option(help: "Of this site.")
    var site: String?

    @Option(help: ArgumentHelp("Of this cause, such as mains or siteUnreachable.", valueName: "cause"))
    var cause: String?

    @Option(help: ArgumentHelp("information, warning or critical.", valueName: "severity"))
    var severity: String?

    @Option(help: ArgumentHelp("With this in the title.", valueName: "text"))
    var search: String?

    func validate() throws {
        try needServer()
        try Choice.parse(state, among: ["open", "ended", "all"], "--state")
        try Choice.parse(severity, among: Choice.severities, "--severity")
    }

    func query(now: Date) -> [(String, String?)] {
        [("state", state), ("site", site), ("cause", cause), ("severity", severity), ("q", search)] + span.query(now: now)
    }

    func run() async throws {
        let now = Date()
        let found: (items: [Answer<IncidentItem>], hasMore: Bool) = try await options.withServer { api in
            try await api.first(length.last, of: IncidentItem.path, query(now: now))
        }
        try options.output.show(
            found, empty: "There are no such incidents.",
            [
                Column("Id", .right) { "\($0.id)" }, Column("Severity") { $0.severity }, Column("State") { $0.state },
                Column("Begun") { Elapsed.since($0.openedAt, now: now) },
                Column("Ended") { $0.endedAt.map { Elapsed.since($0, now: now) } }, Column("Site") { $0.site },
                Column("Cause") { $0.cause },
                Column("Cards", .right) { "\($0.cards)" }, Column("Active", .right) { "\($0.active)" },
                Column("Acknowledged") { $0.acknowledgedBy }, Column("Incident") { $0.title },
            ])
    }
}

/// `nvexplorer incidents show`
struct IncidentsShowCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show an incident and its timeline.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id.")
    var incident: Int

    /// The server's incident, with its timeline.
    struct Report: Encodable, Sendable {
        let incident: Answer<IncidentItem>
        let timeline: [Answer<TimelineEntry>]
    }

    func run() async throws {
        let report = try await options.withServer { api in
            Report(
                incident: try await api.read("\(IncidentItem.path)/\(incident)"),
                timeline: try await api.list("\(IncidentItem.path)/\(incident)/timeline"))
        }
        try options.output.show(report) { Self.lines(report, now: Date()) }
    }

    static func lines(_ report: Report, now: Date) -> [String] {
        let incident = report.incident.record
        func time(_ text: String?, _ by: String? = nil) -> String? {
            text.map { "\($0) (\(Elapsed.since($0, now: now)))\(by.map { " by \($0)" } ?? "")" }
        }
        let known: Set = [
            "id", "site", "cause", "title", "severity", "state", "openedAt", "endedAt", "changedAt", "cards", "active", "singles",
            "acknowledgedAt", "acknowledgedBy",
        ]
        let more = APIValue.object(report.incident.all.members.filter { !known.contains($0.key) }).facts().map {
            ($0.name, Optional($0.value))
        }
        let facts = Output.facts(
            [
                ("State", incident.state), ("Severity", incident.severity), ("Site", incident.site), ("Cause", incident.cause),
                ("Size", incident.size), ("Begun", time(incident.openedAt)), ("Ended", time(incident.endedAt)),
                ("Acknowledged", time(incident.acknowledgedAt, incident.acknowledgedBy)),
            ] + more)
        let timeline = report.timeline.map { "  " + $0.record.words }
        return ["\(incident.title) (id \(incident.id))"] + facts + (timeline.isEmpty ? [] : ["", "Timeline"] + timeline)
    }
}

/// `nvexplorer incidents members`
struct IncidentsMembersCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "members", abstract: "List the alarms of an incident, those first that were told on their own.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var length: ListLength

    @Argument(help: "The incident's id.")
    var incident: Int

    @Option(help: ArgumentHelp("active, cleared, single or all. (default: all)", valueName: "state"))
    var state: String?

    func validate() throws {
        try needServer()
        try Choice.parse(state, among: ["active", "cleared", "single", "all"], "--state")
    }

    func run() async throws {
        let now = Date()
        let found: (items: [Answer<IncidentMemberItem>], hasMore: Bool) = try await options.withServer { api in
            try await api.first(length.last, of: "\(IncidentItem.path)/\(incident)/members", [("state", state)])
        }
        try options.output.show(
            found, empty: "There are no such members.",
            [
                Column("Alarm", .right) { $0.alarm?.words }, Column("Card") { $0.cardName ?? $0.card.map { "card \($0)" } },
                Column("Severity") { $0.severity }, Column("What") { $0.title },
                Column("Joined") { $0.joinedAt.map { Elapsed.since($0, now: now) } },
                Column("Cleared") { $0.clearedAt.map { Elapsed.since($0, now: now) } },
                Column("Told on its own") { $0.singledAt.map { Elapsed.since($0, now: now) } },
            ])
    }
}

/// `nvexplorer incidents ack`
struct IncidentsAckCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack", abstract: "Acknowledge incidents and all their open alarms.", aliases: ["acknowledge"])

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids.")
    var incidents: [Int]

    @Option(help: "What others should know.")
    var comment: String?

    func run() async throws {
        var body: [String: APIValue] = [:]
        body["comment"] = comment.map(APIValue.text)
        let batch = Batch(outcomes: incidents.map { Batch<Int>.Outcome(name: "Incident \($0)", result: .success($0)) })
        let done: Batch<Acknowledged> = try await options.withServer { api in
            try await batch.each { Acknowledged(id: $0, answer: try await api.tell("\(IncidentItem.path)/\($0)/acknowledge", body)) }
        }
        try done.tell(options.output) { "Incident \($0.id) is acknowledged." }
    }

    private struct Acknowledged: Encodable {
        let id: Int
        let answer: APIValue

        func encode(to encoder: any Encoder) throws { try answer.encode(to: encoder) }
    }
}

/// `nvexplorer incidents comment`
struct IncidentsCommentCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "comment", abstract: "Write something to an incident's timeline.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id.")
    var incident: Int

    @Argument(help: "What others should know.")
    var text: String

    func run() async throws {
        let answer: APIValue = try await options.withServer { api in
            try await api.tell("\(IncidentItem.path)/\(incident)/comments", ["text": APIValue.text(text)])
        }
        try options.output.show(answer) { ["The comment is with incident \(incident)."] }
    }
}
