import ArgumentParser
import NetVision

/// `nvexplorer discover`
struct DiscoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover", abstract: "Search for cards.",
        discussion: """
            Ranges are written 10.1.0.0/16, 10.1.0.10-10.1.0.20 or 10.1.0.5. CardAgents are found by the LAN protocol, real cards by SNMP and
            the other methods: lan, snmp, ssdp, bacnet, modbus, neighbours. With no range only the local networks are asked, by broadcast and
            multicast. Modbus has to be named: it takes a card's only connection for a moment.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Ranges of addresses to search.")
    var ranges: [String] = []

    @Option(
        name: .customLong("range"), help: ArgumentHelp("The same as an option (repeatable).", valueName: "range"))
    var moreRanges: [String] = []

    @Option(help: ArgumentHelp("How to search (repeatable, or with commas between). (default: all but modbus)", valueName: "method"))
    var method: [String] = []

    @Option(
        help: ArgumentHelp("Where to broadcast (repeatable, or with commas between). (default: all interfaces)", valueName: "name"))
    var interface: [String] = []

    @Option(help: ArgumentHelp("How many packets a second the server sends at most: 1 to 5000.", valueName: "n"))
    var packetsPerSecond: Int?

    @Flag(inversion: .prefixedNo, help: "Take what is found into the server's inventory at once; else it becomes a candidate.")
    var accept = true

    @Flag(inversion: .prefixedNo, help: "Wait until the server has finished, and show what it has found.")
    var follow = true

    private struct Order: Encodable {
        let methods: [String]?
        let ranges: [String]
        let interfaces: [String]?
        let packetsPerSecond: Int?
        let accept: Bool
    }

    private struct Report: Encodable {
        @Nullable var discovery: DiscoveryRecord?
        let cards: [DiscoveredCard]
    }

    /// Nil: the usual ones.
    private var methods: [DiscoveryMethod]? {
        get throws {
            let methods = try Self.words(method).map { name in
                guard let method = DiscoveryMethod(rawValue: name), DiscoveryMethod.active.contains(method) else {
                    let known = DiscoveryMethod.active.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("There is no search method \(name). There are \(known).")
                }
                return method
            }
            return methods.isEmpty ? nil : methods
        }
    }

    private static func words(_ texts: [String]) -> [String] { texts.flatMap { $0.split(separator: ",").map(String.init) } }

    func validate() throws {
        _ = try methods
        if let packetsPerSecond, !(1...5000).contains(packetsPerSecond) { throw ValidationError("--packets-per-second is from 1 to 5000.") }
        if options.direct, packetsPerSecond != nil { throw ValidationError("--packets-per-second is a server's: leave out --direct.") }
        if !options.direct, ranges.isEmpty, moreRanges.isEmpty, method.isEmpty {
            throw ValidationError("Give at least one range to search, for example 10.1.0.0/16; or name --method.")
        }
    }

    func run() async throws {
        let ranges = ranges + moreRanges
        if options.direct {
            let cards = try await options.withLAN { lan in
                try await CardSearch(
                    lan: lan, methods: try methods, interfaces: Self.words(interface)
                ).cards(try ranges.map(CardPlace.init)).map(\.discovered)
            }
            return try show(nil, cards)
        }
        let order = Order(
            methods: try methods?.map(\.rawValue), ranges: ranges, interfaces: interface.isEmpty ? nil : Self.words(interface),
            packetsPerSecond: packetsPerSecond, accept: accept)
        try await options.withServer { api in
            let started: DiscoveryRecord = try await api.post("discoveries", order)
            guard follow else {
                return try options.output.show(Report(discovery: started, cards: [])) { ["The server searches (search \(started.id))."] }
            }
            let search = try await wait(for: started.id, api)
            try show(search, try await api.list("discoveries/\(search.id)/cards"))
            guard search.state == "done" else {
                throw CommandFailure(.failed, "The search ended as \(search.state)\(search.error.map { ": \($0)" } ?? ".")")
            }
        }
    }

    private func wait(for id: Int, _ api: FleetAPI) async throws -> DiscoveryRecord {
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
