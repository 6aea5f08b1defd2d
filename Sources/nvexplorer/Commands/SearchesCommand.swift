import ArgumentParser
import FoundationEssentials

/// `nvexplorer searches`
struct SearchesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "searches", abstract: "The server's searches: those that run, and those that have been.",
        subcommands: [SearchesListCommand.self, SearchesShowCommand.self, SearchesCancelCommand.self],
        defaultSubcommand: SearchesListCommand.self)
}

/// `nvexplorer searches list`
struct SearchesListCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List searches, the latest first.")

    @OptionGroup var options: GlobalOptions

    @Option(help: ArgumentHelp("How many: 1 to 500.", valueName: "n"))
    var last = 20

    func validate() throws {
        try needServer()
        guard 1...500 ~= last else { throw ValidationError("--last is from 1 to 500.") }
    }

    func run() async throws {
        let page: FleetAPI.Page<DiscoveryRecord> = try await options.withServer { api in
            try await api.read("discoveries", [("limit", "\(last)")])
        }
        let now = Date()
        try options.output.show(
            page.items, empty: "Nothing has been searched for.",
            [
                Column("Id", .right) { "\($0.id)" }, Column("State") { $0.progress },
                Column("Begun") { $0.startedAt.map { Elapsed.since($0, now: now) } }, Column("Found", .right) { $0.found.map(String.init) },
                Column("Accepts") { $0.accept.map { $0 ? "yes" : "no" } }, Column("Methods") { $0.methods?.joined(separator: ", ") },
                Column("Ranges") { $0.ranges?.joined(separator: ", ") }, Column("Error") { $0.error },
            ])
    }
}

/// `nvexplorer searches show`
struct SearchesShowCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show how far a search is, and what it has found.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id.")
    var search: Int

    func run() async throws {
        let report = try await options.withServer { api in
            // The search before its cards: once it is over, they are all there.
            let search: DiscoveryRecord = try await api.read("discoveries/\(search)")
            return DiscoveryReport(discovery: search, cards: try await api.list("discoveries/\(search.id)/cards"))
        }
        try options.output.show(report) {
            let cards = CardTable.lines(report.cards, width: Terminal.isOutput ? Terminal.size.columns : nil)
            return [report.discovery?.sentence].compactMap(\.self) + (report.cards.isEmpty ? [] : cards)
        }
    }
}

/// `nvexplorer searches cancel`
struct SearchesCancelCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "End searches that run; what they have found stays found.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids.")
    var searches: [Int]

    func run() async throws {
        let named = Batch(outcomes: searches.map { .init(name: "Search \($0)", result: .success($0)) })
        let cancelled: Batch<DiscoveryRecord> = try await options.withServer { api in
            try await named.each { try await Self.cancel($0, api) }
        }
        try cancelled.tell(options.output) { $0.sentence }
    }

    private static let patience = 50

    /// The search once it has ended: it does so some milliseconds after it was told to.
    private static func cancel(_ id: Int, _ api: FleetAPI) async throws -> DiscoveryRecord {
        var search: DiscoveryRecord = try await api.post("discoveries/\(id)/cancel", [String: String]())
        for _ in 0..<patience where search.state == DiscoveryRecord.running {
            try await Task.sleep(for: .milliseconds(100))
            search = try await api.read("discoveries/\(id)")
        }
        return search
    }
}

extension DiscoveryRecord {
    /// `running, 40 %`
    var progress: String {
        guard state == Self.running, let probed, let total, total > 0 else { return state }
        return "\(state), \(ProgressBoard.percent(Double(probed) / Double(total)).drop { $0 == " " })"
    }

    /// `Search 3 of 10.1.0.0/16: running, 40 %, 12 found`
    var sentence: String {
        let places = ranges.flatMap { $0.isEmpty ? nil : " of " + $0.joined(separator: ", ") } ?? ""
        let parts = [progress, found.map { "\($0) found" }, error].compactMap(\.self)
        return "Search \(id)\(places): " + parts.joined(separator: ", ")
    }
}
