import ArgumentParser

/// `nvexplorer groups`
struct GroupsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "groups", abstract: "Cards that belong together: filters with a name.",
        subcommands: [GroupsListCommand.self, GroupsAddCommand.self, GroupsChangeCommand.self, GroupsRemoveCommand.self],
        defaultSubcommand: GroupsListCommand.self)
}

/// `nvexplorer groups list`
struct GroupsListCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the groups.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let groups: [GroupRecord] = try await options.withServer { try await $0.list("groups") }
        try options.output.show(
            groups, empty: "There are no groups.",
            [
                Column("Id", .right) { "\($0.id)" }, Column("Position", .right) { "\($0.position)" }, Column("Name") { $0.name },
                Column("Cards", .right) { "\($0.cards)" }, Column("Polled") { $0.polling?.words }, Column("Which") { $0.words },
            ])
    }
}

/// What the cards of a group have in common.
struct GroupFilterOptions: ParsableArguments {
    @OptionGroup var criteria: CriteriaOptions

    @Option(help: ArgumentHelp("Text that names, addresses, MACs, serial numbers or models have in them.", valueName: "text"))
    var text: String?

    @Option(help: ArgumentHelp("Cards of this status (repeatable).", valueName: "status"))
    var status: [String] = []

    @Option(help: "ups or sts.")
    var kind: String?

    @Option(help: ArgumentHelp("Cards with an address of this range (repeatable).", valueName: "range"))
    var range: [String] = []

    /// The conditions that are named; none is one that an empty text takes away.
    private var conditions: [(name: String, texts: [String])] {
        let texts = (criteria.criteria.query + [("q", text), ("kind", kind)]).compactMap { name, value in value.map { (name, [$0]) } }
        let lists = [("status", status), ("range", range)].filter { !$0.1.isEmpty }
        return (texts + lists).map { name, texts in (name, texts.filter { !$0.isEmpty }) }
    }

    var isGiven: Bool { !conditions.isEmpty }

    /// The filter with what is named in place of what `filter` says of it; an empty text takes a condition away.
    func applied(to filter: [String: APIValue] = [:]) -> [String: APIValue] {
        conditions.reduce(into: filter) { $0[$1.name] = $1.texts.isEmpty ? nil : FilterText(texts: $1.texts).value }
    }
}

/// `nvexplorer groups add`
struct GroupsAddCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Make a group of the cards that a filter lets through.",
        discussion: "Of several groups that a card is in, the one with the lowest position decides how it is polled.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var filter: GroupFilterOptions

    @Argument(help: "Its name.")
    var name: String

    @Option(help: PollOption.help("How often its cards are polled"), transform: PollOption.init(parsing:))
    var poll: PollOption?

    @Option(help: ArgumentHelp("Its place among the groups. (default: the last)", valueName: "n"))
    var position: Int?

    func run() async throws {
        var body: [String: APIValue] = ["name": .text(name), "filter": .object(filter.applied())]
        body["polling"] = poll?.value
        body["position"] = position.map(APIValue.integer)
        let group: GroupRecord = try await options.withServer { try await $0.post(GroupRecord.kind.path, body) }
        try options.output.show(group) { ["\(group.name) is group \(group.id), with \(CardTable.count(group.cards)) now."] }
    }
}

/// `nvexplorer groups change`
struct GroupsChangeCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Change a group: its name, its place, its intervals, which cards are in it.",
        discussion: "What is not named stays; \"\" takes a condition away.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var filter: GroupFilterOptions

    @Argument(help: "Its id or name.")
    var group: String

    @Option(help: "Its new name.")
    var name: String?

    @Option(help: PollOption.help("How often its cards are polled"), transform: PollOption.init(parsing:))
    var poll: PollOption?

    @Flag(help: "Leave to other groups or the configuration how often its cards are polled.")
    var noPoll = false

    @Option(help: ArgumentHelp("Its place among the groups.", valueName: "n"))
    var position: Int?

    func validate() throws {
        try needServer()
        if poll != nil, noPoll { throw ValidationError("Choose one of --poll and --no-poll.") }
        guard name != nil || poll != nil || noPoll || position != nil || filter.isGiven else {
            throw ValidationError("Say what to change: nvexplorer help groups change.")
        }
    }

    /// The request's body, of a group that has this filter.
    func body(_ before: [String: FilterText]) -> [String: APIValue] {
        var body: [String: APIValue] = [:]
        body["name"] = name.map(APIValue.text)
        body["polling"] = noPoll ? .null : poll?.value
        body["position"] = position.map(APIValue.integer)
        if filter.isGiven {
            body["filter"] = .object(filter.applied(to: before.filter { !$0.value.texts.isEmpty }.mapValues(\.value)))
        }
        return body
    }

    func run() async throws {
        let group = try await options.withServer { api in
            let found: GroupRecord = try await api.record(self.group)
            return try await api.change(found, body(found.filter ?? [:]))
        }
        try options.output.show(group) { ["\(group.name) is changed; it has \(CardTable.count(group.cards)) now."] }
    }
}

/// `nvexplorer groups remove`
struct GroupsRemoveCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Forget a group; its cards stay.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or name.")
    var group: String

    func run() async throws { try await options.remove(group, GroupRecord.self) }
}
