import ArgumentParser
import FoundationEssentials

/// `nvexplorer candidates`
struct CandidatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "candidates", abstract: "Decide about what searches have found.",
        subcommands: [
            CandidatesListCommand.self, CandidatesAcceptCommand.self, CandidatesIgnoreCommand.self, CandidatesReconsiderCommand.self,
        ], defaultSubcommand: CandidatesListCommand.self)
}

/// `nvexplorer candidates list`
struct CandidatesListCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List what was found and is not in the inventory.")

    @OptionGroup var options: GlobalOptions

    @Option(help: ArgumentHelp("new, ignored or accepted. (default: all)", valueName: "state"))
    var state: String?

    func run() async throws {
        let candidates: [CandidateRecord] = try await options.withServer { try await $0.list("candidates", [("state", state)]) }
        let now = Date()
        try options.output.show(
            candidates, empty: "There are no candidates.",
            [
                Column("Id", .right) { "\($0.id)" }, Column("State") { $0.state }, Column("Address") { $0.address },
                Column("MAC") { $0.mac }, Column("Serial") { $0.serial }, Column("Model") { $0.model },
                Column("Card") { [$0.generation, $0.firmware].compactMap(\.self).joined(separator: " ") },
                Column("Found by") { ($0.methods ?? []).joined(separator: ", ") },
                Column("Seen") { $0.lastSeen.map { Elapsed.since($0, now: now) } },
                Column("Remarks") { candidate in
                    let place = candidate.place.map { "in the place of \($0.name) (id \($0.card))" }
                    return ([place].compactMap(\.self) + (candidate.warnings ?? [])).joined(separator: "; ")
                },
            ])
    }
}

/// `nvexplorer candidates accept`
struct CandidatesAcceptCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "accept", abstract: "Take candidates into the inventory.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The candidates' ids.")
    var ids: [Int]

    @Option(help: "The card's name; of one candidate only.")
    var name: String?

    @Option(help: "The site of all of them.")
    var site: String?

    @Option(help: ArgumentHelp("A tag for all of them (repeatable).", valueName: "tag"))
    var tag: [String] = []

    @Option(
        help: ArgumentHelp(
            "The card whose place it takes, with name, site, tags and credentials; of one candidate only.", valueName: "card"))
    var inherit: String?

    func validate() throws {
        try needServer()
        if ids.count > 1, name != nil || inherit != nil { throw ValidationError("--name and --inherit are for one candidate.") }
    }

    func run() async throws {
        try await options.withServer { api in
            var body: [String: APIValue] = [:]
            body["name"] = name.map(APIValue.text)
            body["site"] = site.map(APIValue.text)
            if !tag.isEmpty { body["tags"] = APIValue(tag) }
            if let inherit { body["inherit"] = .integer(try FleetAPI.number(of: try await api.card(inherit))) }
            var accepted: [CandidateRecord] = []
            for id in ids { accepted.append(try await api.post("candidates/\(id)/accept", body)) }
            try options.output.show(accepted) {
                accepted.map { "\($0.address) is card \($0.card.map(String.init) ?? "?") of the inventory." }
            }
        }
    }
}

/// `nvexplorer candidates ignore`
struct CandidatesIgnoreCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "ignore", abstract: "Leave candidates out, whoever finds them again.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The candidates' ids.")
    var ids: [Int]

    func run() async throws { try await CandidateDecision.tell(ids, "ignore", "is ignored from now on.", options) }
}

/// `nvexplorer candidates reconsider`
struct CandidatesReconsiderCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "reconsider", abstract: "Make ignored candidates new again.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The candidates' ids.")
    var ids: [Int]

    func run() async throws { try await CandidateDecision.tell(ids, "reconsider", "is a new candidate again.", options) }
}

private enum CandidateDecision {
    static func tell(_ ids: [Int], _ decision: String, _ words: String, _ options: GlobalOptions) async throws {
        let decided = try await options.withServer { api in
            var decided: [CandidateRecord] = []
            for id in ids { decided.append(try await api.post("candidates/\(id)/\(decision)", [String: String]())) }
            return decided
        }
        try options.output.show(decided) { decided.map { "\($0.address) \(words)" } }
    }
}
