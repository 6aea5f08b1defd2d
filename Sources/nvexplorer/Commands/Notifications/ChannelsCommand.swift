import ArgumentParser
import FoundationEssentials

/// `nvexplorer channels`
struct ChannelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channels", abstract: "The ways by which people are told. Changes are for administrators.",
        subcommands: [
            ChannelsListCommand.self, ChannelsShowCommand.self, ChannelsAddCommand.self, ChannelsSetCommand.self,
            ChannelsRemoveCommand.self,
            ChannelsTestCommand.self,
        ], defaultSubcommand: ChannelsListCommand.self)
}

/// `nvexplorer channels list`
struct ChannelsListCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the channels; without their secrets.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let channels: [ChannelRecord] = try await options.withServer { try await $0.list(ChannelFields.kind.path) }
        try options.output.show(
            channels, empty: "There are no channels: nobody is told of alarms.",
            [
                Column("Id", .right) { "\($0.id)" }, Column("Name") { $0.name }, Column("Kind") { $0.record.kind },
                Column("In use") { $0.record.isEnabled == false ? "no" : "yes" }, Column("Settings") { $0.record.settings?.words },
            ])
    }
}

/// `nvexplorer channels show`
struct ChannelsShowCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a channel as YAML; without its secrets.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or name.")
    var channel: String

    func run() async throws {
        let found: ChannelRecord = try await options.withServer { try await $0.record(channel) }
        try options.output.show(found) { Outline.lines(found.all) }
    }
}

/// What a channel is to be like.
struct ChannelOptions: ParsableArguments {
    static let discussion = """
        What a kind needs is in docs/notifications.md. Secrets are no arguments: --secret names one, and its value is asked for at the terminal, \
        or read from --secrets FILE (mode 0600) or NVEXPLORER_SECRETS, one a line in the order of the names.
        """

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("A setting (repeatable), as port=587 or to=[a@example.org, b@example.org].", valueName: "name=value"),
        transform: SettingOption.init(parsing:))
    var settings: [SettingOption] = []

    @Option(help: ArgumentHelp("Settings from a file, YAML or JSON.", valueName: "file"))
    var file: String?

    @Option(help: ArgumentHelp("A secret that is to be stored (repeatable), as password.", valueName: "name"))
    var secret: [String] = []

    @Option(help: ArgumentHelp("The file with the secrets, one a line.", valueName: "file"))
    var secrets: String?

    func validate() throws {
        if secrets != nil, secret.isEmpty { throw ValidationError("Say what the secrets are: --secret NAME, in the order of the lines.") }
    }

    var isGiven: Bool { !settings.isEmpty || file != nil || !secret.isEmpty }

    func given() async throws -> [String] { try await SecretSource.secrets(secret, file: secrets) }

    /// The fields `settings` and `secrets` of the API. `stored`: the settings that there are.
    func fields(stored: APIValue?, document: [String: APIValue], secrets values: [String]) -> [String: APIValue] {
        var fields: [String: APIValue] = [:]
        if stored == nil || !settings.isEmpty || !document.isEmpty {
            let begun = APIValue.object((stored?.members ?? [:]).merging(document) { $1 })
            fields["settings"] = settings.reduce(begun) { $1.applied(to: $0) }
        }
        if !secret.isEmpty {
            fields["secrets"] = .object(Dictionary(zip(secret, values.map(APIValue.text))) { $1 })
        }
        return fields
    }

    func document() async throws -> [String: APIValue] {
        guard let file else { return [:] }
        return try await DocumentFile.fields(file)
    }
}

/// `nvexplorer channels add`
struct ChannelsAddCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a channel.",
        discussion: ChannelOptions.discussion
            + "\n\nExample: nvexplorer channels add webhook ops --set url=https://chat.example.org/hook --set template=slack --secret key")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "mail, webhook, syslog, snmpTrap, mqtt or command.")
    var kind: String

    @Argument(help: "Its name.")
    var name: String

    @OptionGroup var channel: ChannelOptions

    @Flag(help: "Send nothing by it before nvexplorer channels set NAME --enable.")
    var disabled = false

    static let kinds = ["mail", "webhook", "syslog", "snmpTrap", "mqtt", "command"]

    func validate() throws {
        try needServer()
        try Choice.parse(kind, among: Self.kinds, "The kind of a channel")
    }

    func body(document: [String: APIValue], secrets: [String]) -> [String: APIValue] {
        var body = channel.fields(stored: nil, document: document, secrets: secrets)
        body["kind"] = .text(kind)
        body["name"] = .text(name)
        body["isEnabled"] = .flag(!disabled)
        return body
    }

    func run() async throws {
        let body = body(document: try await channel.document(), secrets: try await channel.given())
        let added: ChannelRecord = try await options.withServer { try await $0.post(ChannelFields.kind.path, body) }
        try options.output.show(added) { ["\(added.name) is channel \(added.id). Try it: nvexplorer channels test \(added.id)"] }
    }
}

/// Whether something is in use.
enum Use: String, EnumerableFlag {
    case enable, disable

    var value: APIValue { .flag(self == .enable) }

    static func help(for value: Use) -> ArgumentHelp? { value == .enable ? "Use it." : "Leave it unused." }
}

/// `nvexplorer channels set`
struct ChannelsSetCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change a channel.",
        discussion: "What is not named stays, secrets too; --set NAME= takes a setting away. " + ChannelOptions.discussion)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or name.")
    var channel: String

    @Option(help: "Its new name.")
    var name: String?

    @Flag var use: Use?

    @OptionGroup var what: ChannelOptions

    func validate() throws {
        try needServer()
        guard name != nil || use != nil || what.isGiven else {
            throw ValidationError("Say what to change: nvexplorer help channels set.")
        }
    }

    func body(stored: APIValue?, document: [String: APIValue], secrets: [String]) -> [String: APIValue] {
        var body = what.fields(stored: stored ?? .object([:]), document: document, secrets: secrets)
        body["name"] = name.map(APIValue.text)
        body["isEnabled"] = use?.value
        return body
    }

    func run() async throws {
        let (document, secrets) = (try await what.document(), try await what.given())
        let changed = try await options.withServer { api in
            let found: ChannelRecord = try await api.record(channel)
            return try await api.change(found, body(stored: found.record.settings, document: document, secrets: secrets))
        }
        try options.output.show(changed) { ["\(changed.name) is changed."] }
    }
}

/// `nvexplorer channels remove`
struct ChannelsRemoveCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Forget channels, with their secrets.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids or names.")
    var channels: [String]

    func run() async throws {
        try await options.each(channels, ChannelRecord.self, { "\($0.name) is removed." }) { api, channel in
            try await api.remove(channel)
            return channel
        }
    }
}

/// `nvexplorer channels test`
struct ChannelsTestCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Send a test message, and tell what the far end answered; exit code 1 if it was not taken.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The channel's id or name.")
    var channel: String

    /// The server gives a channel thirty seconds.
    private static let patience = 45.0

    func run() async throws {
        let (found, report): (ChannelRecord, ChannelTestReport) = try await options.withServer(patience: Self.patience) { api in
            let found: ChannelRecord = try await api.record(channel)
            return (found, try await api.post("\(ChannelRecord.path(found.id))/test", [String: String]()))
        }
        try options.output.show(report) { [Self.words(found.name, report)] }
        if !report.delivered { throw CommandFailure.told }
    }

    static func words(_ name: String, _ report: ChannelTestReport) -> String {
        let time = report.milliseconds.map { " after \(Int(min(max($0, 0), 1e9))) ms" } ?? ""
        let answer = report.answer.flatMap { $0.isEmpty ? nil : $0 } ?? "nothing"
        return "\(name) \(report.delivered ? "has taken the message" : "has not taken the message")\(time): \(answer)"
    }
}
