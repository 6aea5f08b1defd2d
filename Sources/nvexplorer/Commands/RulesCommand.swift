import ArgumentParser
import NetVision

/// `nvexplorer rules`
struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "What becomes of cards that a search finds and nobody has accepted.",
        discussion: "The first rule that matches decides. Without one a card is a candidate: nvexplorer candidates.",
        subcommands: [RulesListCommand.self, RulesAddCommand.self, RulesChangeCommand.self, RulesRemoveCommand.self],
        defaultSubcommand: RulesListCommand.self)
}

/// `nvexplorer rules list`
struct RulesListCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the rules in their order.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let rules: [RuleRecord] = try await options.withServer { try await $0.list(RuleRecord.kind.path) }
        try options.output.show(
            rules, empty: "There are no rules.",
            [
                Column("Id", .right) { "\($0.id)" }, Column("Position", .right) { "\($0.position)" }, Column("Name") { $0.name },
                Column("Action") { $0.action }, Column("Which") { $0.which }, Column("Site") { $0.site },
                Column("Tags") { $0.tags.joined(separator: ", ") },
            ])
    }
}

/// What a rule does.
enum RuleAction: String, EnumerableFlag {
    case accept, ignore

    static func help(for value: RuleAction) -> ArgumentHelp? {
        switch value {
        case .accept: "Take such cards into the inventory."
        case .ignore: "Leave such cards out."
        }
    }
}

/// Which cards a rule is about, and what they get.
struct RuleOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Cards with an address of this range (repeatable).", valueName: "range"))
    var range: [String] = []

    @Option(help: ArgumentHelp("Cards of this generation (repeatable): CardAgent, NV5 … NV8, RFC1628 or unknown.", valueName: "name"))
    var generation: [String] = []

    @Option(help: ArgumentHelp("Cards whose model's name begins so.", valueName: "text"))
    var model: String?

    @Option(help: ArgumentHelp("Cards that were found this way (repeatable).", valueName: "method"))
    var method: [String] = []

    @Option(help: "The site that accepted cards get.")
    var site: String?

    @Option(help: ArgumentHelp("A tag that accepted cards get (repeatable).", valueName: "tag"))
    var tag: [String] = []

    @Option(help: ArgumentHelp("Its place among the rules. (default: the last)", valueName: "n"))
    var position: Int?

    func validate() throws {
        _ = try WordList.parse(generation, among: CardGeneration.allCases, "generation")
        _ = try WordList.parse(method, among: DiscoveryMethod.allCases, "method")
    }

    /// The fields of the API that are named; an empty text takes a value away.
    var fields: [String: APIValue] {
        var fields: [String: APIValue] = [:]
        fields.replace("ranges", range)
        if !generation.isEmpty { fields["generations"] = APIValue(WordList.words(generation)) }
        fields.replace("model", model)
        if !method.isEmpty { fields["methods"] = APIValue(WordList.words(method)) }
        fields.replace("site", site)
        fields.replace("tags", tag)
        fields["position"] = position.map(APIValue.integer)
        return fields
    }
}

/// `nvexplorer rules add`
struct RulesAddCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a rule.",
        discussion: "What is not named does not matter. Example: nvexplorer rules add berlin --accept --range 10.1.0.0/16 --site Berlin")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its name.")
    var name: String

    @Flag var action: RuleAction

    @OptionGroup var rule: RuleOptions

    var body: [String: APIValue] {
        var body = rule.fields
        body["name"] = .text(name)
        body["action"] = .text(action.rawValue)
        return body
    }

    func run() async throws {
        let added: RuleRecord = try await options.withServer { try await $0.post(RuleRecord.kind.path, body) }
        try options.output.show(added) { ["\(added.name) is rule \(added.id): \(added.words)."] }
    }
}

/// `nvexplorer rules change`
struct RulesChangeCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Change a rule.",
        discussion: "What is not named stays; \"\" takes a condition, the site or the tags away.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or name.")
    var rule: String

    @Option(help: "Its new name.")
    var name: String?

    @Flag var action: RuleAction?

    @OptionGroup var what: RuleOptions

    func validate() throws {
        try needServer()
        guard !body.isEmpty else { throw ValidationError("Say what to change: nvexplorer help rules change.") }
    }

    var body: [String: APIValue] {
        var body = what.fields
        body["name"] = name.map(APIValue.text)
        body["action"] = action.map { .text($0.rawValue) }
        return body
    }

    func run() async throws {
        let changed = try await options.withServer { try await $0.change(try await $0.record(rule, RuleRecord.self), body) }
        try options.output.show(changed) { ["\(changed.name) is changed: \(changed.words)."] }
    }
}

/// `nvexplorer rules remove`
struct RulesRemoveCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Forget rules; what they have decided stays.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids or names.")
    var rules: [String]

    func run() async throws {
        try await options.each(rules, RuleRecord.self, { "\($0.name) is removed." }) { api, rule in
            try await api.remove(rule)
            return rule
        }
    }
}

extension RuleRecord {
    /// `in 10.1.0.0/16, NV7 or NV8, found by snmp`; all cards where nothing is asked of them.
    var which: String {
        let conditions = [
            ranges.isEmpty ? nil : "in " + ranges.joined(separator: ", "),
            generations.isEmpty ? nil : generations.joined(separator: " or "),
            model.map { "model \($0)…" }, methods.isEmpty ? nil : "found by " + methods.joined(separator: " or "),
        ].compactMap(\.self)
        return conditions.isEmpty ? "all cards" : conditions.joined(separator: ", ")
    }

    /// `accept NV8, with site Berlin`
    var words: String {
        let gifts = [site.map { "site \($0)" }, tags.isEmpty ? nil : "tags \(tags.joined(separator: ", "))"].compactMap(\.self)
        return "\(action) \(which)" + (gifts.isEmpty ? "" : ", with " + gifts.joined(separator: ", "))
    }
}
