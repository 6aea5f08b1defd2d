import ArgumentParser
import FoundationEssentials

/// `nvexplorer notifications`
struct NotificationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notifications", abstract: "Who was told of what, and what became of each message.",
        subcommands: [
            NotificationsListCommand.self, NotificationsShowCommand.self, NotificationsRetryCommand.self, NotificationsPreviewCommand.self,
        ], defaultSubcommand: NotificationsListCommand.self)
}

/// `nvexplorer notifications list`
struct NotificationsListCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List messages, the newest first.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var span: SpanOptions
    @OptionGroup var length: ListLength

    @Option(
        help: ArgumentHelp("waiting, sending, delivered, failed, suppressed or digested. (default: all)", valueName: "state"))
    var state: String?

    @Option(help: ArgumentHelp("By this channel: id or name.", valueName: "channel"))
    var channel: String?

    @Option(help: ArgumentHelp("About this incident.", valueName: "id"))
    var incident: Int?

    @Option(help: ArgumentHelp("About this alarm.", valueName: "id"))
    var alarm: Int?

    static let states = ["waiting", "sending", "delivered", "failed", "suppressed", "digested"]

    func validate() throws {
        try needServer()
        try Choice.parse(state, among: Self.states, "--state")
    }

    func query(channel: Int?, now: Date) -> [(String, String?)] {
        [
            ("state", state), ("channel", channel.map(String.init)), ("incident", incident.map(String.init)),
            ("alarm", alarm.map(String.init)),
        ] + span.query(now: now)
    }

    func run() async throws {
        let now = Date()
        let found: (items: [Answer<NotificationItem>], hasMore: Bool) = try await options.withServer { api in
            var number: Int?
            if let channel { number = try await api.channelNumber(channel) }
            return try await api.first(length.last, of: NotificationItem.path, query(channel: number, now: now))
        }
        try options.output.show(
            found, empty: "There are no such messages.",
            [
                Column("Id", .right) { "\($0.id)" }, Column("State") { $0.state }, Column("Why") { $0.reason },
                Column("Made") { Elapsed.since($0.createdAt, now: now) }, Column("To") { $0.to }, Column("Kind") { $0.kind },
                Column("Severity") { $0.severity }, Column("Tries", .right) { $0.attempts.map(String.init) },
                Column("Title") { $0.title }, Column("Answer") { $0.answer },
            ])
    }
}

/// `nvexplorer notifications show`
struct NotificationsShowCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a message, and what the far end answered.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id.")
    var notification: Int

    func run() async throws {
        let found: Answer<NotificationItem> = try await options.withServer { try await $0.read("\(NotificationItem.path)/\(notification)") }
        try options.output.show(found) { Self.lines(found.record, route: found.all["route"]?.words, now: Date()) }
    }

    static func lines(_ message: NotificationItem, route: String?, now: Date) -> [String] {
        func time(_ text: String?) -> String? { text.map { "\($0) (\(Elapsed.since($0, now: now)))" } }
        let isDue = ["waiting", "sending"].contains(message.state)
        let facts = Output.facts([
            ("State", [message.state, message.reason].compactMap(\.self).joined(separator: ": ")), ("To", message.to), ("Route", route),
            ("Kind", message.kind), ("Severity", message.severity), ("Incident", message.incident.map(String.init)),
            ("Alarm", message.alarm.map(String.init)), ("Message id", message.messageId), ("Made", time(message.createdAt)),
            ("Due", isDue ? message.dueAt.map { "\($0) (\(Elapsed.until($0, now: now)))" } : nil),
            ("Tries", message.attempts.map(String.init)), ("Last try", time(message.attemptedAt)), ("Ended", time(message.endedAt)),
            ("Answer", message.answer),
        ])
        let text = message.text.map { [""] + $0.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" } } ?? []
        return ["\(message.title ?? "Message") (id \(message.id))"] + facts + text
    }
}

/// `nvexplorer notifications retry`
struct NotificationsRetryCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Send messages again that were not taken, at once; their message ids stay.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids.")
    var notifications: [Int]

    private struct Done: Encodable {
        let id: Int
        let answer: APIValue

        func encode(to encoder: any Encoder) throws { try answer.encode(to: encoder) }
    }

    func run() async throws {
        let batch = Batch(outcomes: notifications.map { Batch<Int>.Outcome(name: "Message \($0)", result: .success($0)) })
        let done: Batch<Done> = try await options.withServer { api in
            try await batch.each { id in
                Done(id: id, answer: try await api.tell("\(NotificationItem.path)/\(id)/retry", [String: String]()))
            }
        }
        try done.tell(options.output) { "Message \($0.id) is sent again: nvexplorer notifications show \($0.id)" }
    }
}

/// `nvexplorer notifications preview`
struct NotificationsPreviewCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Tell who would be told now, and why; nothing is sent.",
        discussion: """
            Of an incident or alarm that there is, or of an example. Example: nvexplorer notifications preview --severity critical --site Berlin
            """)

    @OptionGroup var options: GlobalOptions

    @Option(help: ArgumentHelp("Of this incident.", valueName: "id"))
    var incident: Int?

    @Option(help: ArgumentHelp("Of this alarm.", valueName: "id"))
    var alarm: Int?

    @Option(help: ArgumentHelp("Of an example: opened, changed, ended, single, singleEnded or acknowledged.", valueName: "kind"))
    var kind: String?

    @Option(help: ArgumentHelp("Of an example: information, warning or critical.", valueName: "severity"))
    var severity: String?

    @Option(help: "Of an example at this site.")
    var site: String?

    @Option(help: ArgumentHelp("Of an example with this cause, such as mains.", valueName: "cause"))
    var cause: String?

    @Option(help: ArgumentHelp("Of an example: YAML or JSON with the fields of a message.", valueName: "file"))
    var file: String?

    static let kinds = ["opened", "changed", "ended", "single", "singleEnded", "acknowledged"]

    private var isExample: Bool { kind != nil || severity != nil || site != nil || cause != nil || file != nil }

    func validate() throws {
        try needServer()
        guard [incident != nil, alarm != nil, isExample].filter(\.self).count == 1 else {
            throw ValidationError("Name one: --incident ID, --alarm ID, or an example, as --severity critical --site NAME.")
        }
        try Choice.parse(kind, among: Self.kinds, "--kind")
        try Choice.parse(severity, among: Choice.severities, "--severity")
    }

    func body(_ example: [String: APIValue]) -> [String: APIValue] {
        if let incident { return ["incident": .integer(incident)] }
        if let alarm { return ["alarm": .integer(alarm)] }
        var tell = example
        tell["kind"] = kind.map(APIValue.text) ?? tell["kind"] ?? .text("opened")
        tell["severity"] = severity.map(APIValue.text) ?? tell["severity"] ?? .text("critical")
        if let site { tell["site"] = .text(site) }
        if let cause { tell["cause"] = .text(cause) }
        return ["tell": .object(tell)]
    }

    func run() async throws {
        var example: [String: APIValue] = [:]
        if let file { example = try await DocumentFile.fields(file) }
        let found: Answer<NotificationPreview> = try await options.withServer { api in
            try await api.post("\(NotificationItem.path)/preview", body(example))
        }
        try options.output.show(found) { Self.lines(found.record, now: Date()) }
    }

    static func lines(_ preview: NotificationPreview, now: Date) -> [String] {
        let routes = preview.routes.isEmpty ? "No route matches." : "Routes: \(preview.routes.joined(separator: ", "))."
        if let reason = preview.suppressed { return [routes, "Nobody is told: \(reason)."] }
        let table = Output.table(
            preview.messages,
            [
                Column("To") { $0.channelName ?? "channel \($0.channel)" }, Column("When") { Elapsed.until($0.at, now: now) },
                Column("Why then") { message in
                    [message.reason, message.step.flatMap { $0 > 0 ? "step \($0)" : nil }].compactMap(\.self).joined(separator: " ")
                },
            ])
        return [routes] + (preview.messages.isEmpty ? ["Nobody is told."] : table)
    }
}
