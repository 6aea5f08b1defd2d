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
                    ([candidate.place?.words].compactMap(\.self) + (candidate.warnings ?? [])).joined(separator: "; ")
                },
            ])
    }
}

/// `nvexplorer candidates accept`
struct CandidatesAcceptCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Take candidates into the inventory.",
        discussion: "Of several, those that are in it already are left as they are, and what fails for one is done for the others.")

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
        let accepted = try await options.withServer { api in
            var body: [String: APIValue] = [:]
            body["name"] = name.map(APIValue.text)
            body["site"] = site.map(APIValue.text)
            if !tag.isEmpty { body["tags"] = APIValue(tag) }
            if let inherit { body["inherit"] = .integer(try FleetAPI.number(of: try await api.card(inherit))) }
            return try await CandidateDecision.batch(ids).each { id in try await Self.accept(id, body, isAlone: ids.count == 1, api) }
        }
        try accepted.tell(options.output) { "\($0.address) is card \($0.card.map(String.init) ?? "?") of the inventory." }
    }

    /// Whoever repeats a list that was done in part wants its rest; of one candidate, what can't be done any more is a failure.
    private static func accept(
        _ id: Int, _ body: [String: APIValue], isAlone: Bool, _ api: FleetAPI
    ) async throws -> CandidateRecord {
        if !isAlone {
            let candidate: CandidateRecord = try await api.read("candidates/\(id)")
            if candidate.state == CandidateRecord.accepted { return candidate }
        }
        return try await api.post("candidates/\(id)/accept", body)
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
    static func batch(_ ids: [Int]) -> Batch<Int> { Batch(outcomes: ids.map { .init(name: "Candidate \($0)", result: .success($0)) }) }

    static func tell(_ ids: [Int], _ decision: String, _ words: String, _ options: GlobalOptions) async throws {
        let decided: Batch<CandidateRecord> = try await options.withServer { api in
            try await batch(ids).each { try await api.post("candidates/\($0)/\(decision)", [String: String]()) }
        }
        try decided.tell(options.output) { "\($0.address) \(words)" }
    }
}
