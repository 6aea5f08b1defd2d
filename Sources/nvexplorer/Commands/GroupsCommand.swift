import ArgumentParser

/// `nvexplorer groups`
struct GroupsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "groups", abstract: "Cards that belong together: filters with a name.",
        subcommands: [GroupsListCommand.self, GroupsAddCommand.self, GroupsRemoveCommand.self], defaultSubcommand: GroupsListCommand.self)
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
                Column("Id", .right) { "\($0.id)" }, Column("Name") { $0.name }, Column("Cards", .right) { "\($0.cards)" },
                Column("Polled") { $0.polling.map { PollOption.words($0.statusSeconds, $0.fullSeconds) } }, Column("Which") { $0.words },
            ])
    }
}

/// `nvexplorer groups add`
struct GroupsAddCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Make a group of the cards that a filter lets through.",
        discussion: "Of several groups that a card is in, the one with the lowest position decides how it is polled.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var criteria: CriteriaOptions

    @Argument(help: "Its name.")
    var name: String

    @Option(help: ArgumentHelp("Text that names, addresses, MACs, serial numbers or models have in them.", valueName: "text"))
    var text: String?

    @Option(help: ArgumentHelp("Cards of this status (repeatable).", valueName: "status"))
    var status: [String] = []

    @Option(help: "ups or sts.")
    var kind: String?

    @Option(help: ArgumentHelp("Cards with an address of this range.", valueName: "range"))
    var range: String?

    @Option(help: ArgumentHelp("How often its cards are polled, in seconds: STATUS or STATUS:FULL.", valueName: "seconds"))
    var poll: PollOption?

    @Option(help: ArgumentHelp("Its place among the groups. (default: the last)", valueName: "n"))
    var position: Int?

    func run() async throws {
        var filter: [String: APIValue] = [:]
        for (name, value) in criteria.criteria.query + [("q", text), ("kind", kind), ("range", range)] {
            filter[name] = value.map(APIValue.text)
        }
        if !status.isEmpty { filter["status"] = status.count == 1 ? .text(status[0]) : APIValue(status) }
        var body: [String: APIValue] = ["name": .text(name), "filter": .object(filter)]
        body["polling"] = poll?.value
        body["position"] = position.map(APIValue.integer)
        let group: GroupRecord = try await options.withServer { try await $0.post("groups", body) }
        try options.output.show(group) { ["\(group.name) is group \(group.id), with \(CardTable.count(group.cards)) now."] }
    }
}

/// `nvexplorer groups remove`
struct GroupsRemoveCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Forget a group; its cards stay.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or name.")
    var group: String

    func run() async throws {
        try await options.withServer { api in
            let found = try await api.group(group)
            try await api.delete("groups/\(found.id)")
            try options.output.show(found) { ["\(found.name) is removed."] }
        }
    }
}

extension FleetAPI {
    /// The group of an id or a name.
    func group(_ text: String) async throws -> GroupRecord {
        let groups: [GroupRecord] = try await list("groups")
        guard let found = groups.first(where: { "\($0.id)" == text }) ?? groups.first(where: { $0.name == text }) else {
            throw CommandFailure(.failed, "There is no group \"\(text)\". See nvexplorer groups.")
        }
        return found
    }
}

/// `10` or `10:60`: seconds between reads of the status, and of everything.
struct PollOption: ExpressibleByArgument, Equatable {
    let statusSeconds: Double
    let fullSeconds: Double?

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
        guard (1...2).contains(parts.count), let status = parts[0], status.isFinite, status > 0 else { return nil }
        statusSeconds = status
        guard parts.count == 2 else {
            fullSeconds = nil
            return
        }
        guard let full = parts[1], full.isFinite, full >= status else { return nil }
        fullSeconds = full
    }

    var value: APIValue {
        var members = ["statusSeconds": APIValue.number(statusSeconds)]
        members["fullSeconds"] = fullSeconds.map(APIValue.number)
        return .object(members)
    }

    static func words(_ status: Double, _ full: Double) -> String { "every \(number(status)) s, fully every \(number(full)) s" }

    private static func number(_ value: Double) -> String { value == value.rounded() && abs(value) < 1e9 ? "\(Int(value))" : "\(value)" }
}
