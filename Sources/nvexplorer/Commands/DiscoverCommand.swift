import ArgumentParser

/// `nvexplorer discover`
struct DiscoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover", abstract: "Search for cards.",
        discussion: """
            Ranges are written 10.1.0.0/16, 10.1.0.10-10.1.0.20 or 10.1.0.5. CardAgents are found by the LAN protocol, real cards by SNMP.
            With --direct and no range only the local network is asked, by broadcast: real cards do not hear that.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Ranges of addresses to search.")
    var ranges: [String] = []

    @Flag(name: .customLong("no-accept"), help: "Do not take what is found into the server's inventory.")
    var isTentative = false

    private struct Order: Encodable {
        let methods = ["lan", "snmp"]
        let ranges: [String]
        let accept: Bool
    }

    private struct Report: Encodable {
        @Nullable var discovery: DiscoveryRecord?
        let cards: [DiscoveredCard]
    }

    func run() async throws {
        if options.direct {
            let cards = try await options.withLAN { lan in
                try await CardSearch(lan: lan).cards(try ranges.map(CardPlace.init)).map(\.discovered)
            }
            return try show(nil, cards)
        }
        guard !ranges.isEmpty else { throw ValidationError("Give at least one range to search, for example 10.1.0.0/16.") }
        try await options.withServer { api in
            let started: Created = try await api.post("discoveries", Order(ranges: ranges, accept: !isTentative))
            let search = try await follow(started.id, api)
            try show(search, try await api.list("discoveries/\(search.id)/cards"))
            guard search.state == "done" else {
                throw CommandFailure(.failed, "The search ended as \(search.state)\(search.error.map { ": \($0)" } ?? ".")")
            }
        }
    }

    private func follow(_ id: Int, _ api: FleetAPI) async throws -> DiscoveryRecord {
        let isDrawn = !options.json && Terminal.isOutput
        while true {
            let search: DiscoveryRecord = try await api.read("discoveries/\(id)")
            if isDrawn { Terminal.put("\r\u{1B}[2K" + Self.line(search, width: Terminal.size.columns), on: 1) }
            guard search.state == "running" else {
                if isDrawn { Terminal.put("\r\u{1B}[2K", on: 1) }
                return search
            }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    static func line(_ search: DiscoveryRecord, width: Int) -> String {
        let total = search.total ?? 0
        let part = total > 0 ? Double(search.probed ?? 0) / Double(total) : 0
        let text = "Searching \(ProgressBoard.bar(part, width: 20)) \(ProgressBoard.percent(part)), \(search.found ?? 0) found"
        return Table.trimmed(Table.fit(text, max(0, width - 1)))
    }

    private func show(_ search: DiscoveryRecord?, _ cards: [DiscoveredCard]) throws {
        try options.output.show(Report(discovery: search, cards: cards)) {
            guard !cards.isEmpty else { return ["No card was found. Are the ranges right, and --port-offset?"] }
            return CardTable.lines(cards, width: Terminal.isOutput ? Terminal.size.columns : nil) + [CardTable.count(cards.count)]
        }
    }
}
