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

            A server asks with the credentials that it has. With --snmp-users FILE or --community NAME it asks with these instead, the users first.
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

    struct Order: Encodable, Equatable {
        let methods: [String]?
        let ranges: [String]
        let interfaces: [String]?
        let packetsPerSecond: Int?
        let accept: Bool
        let credentials: [APIValue]?
    }

    /// Nil: the usual ones.
    private var methods: [DiscoveryMethod]? {
        get throws {
            let methods = try WordList.methods(method)
            return methods.isEmpty ? nil : methods
        }
    }

    private static let maximumWays = 8

    /// The search for the server, with the users that are named; without users and community the server asks with what it has.
    func order(_ users: [APIValue]) throws -> Order {
        let versions = options.community == nil ? [] : ["2c", "1"]
        let ways = users + versions.map { .object(["version": .text($0), "community": APIValue(options.community)]) }
        guard ways.count <= Self.maximumWays else {
            throw CommandFailure(
                .usage,
                "That is \(ways.count) ways to ask; a search takes \(Self.maximumWays) at most. A community is two: version 2c and 1.")
        }
        return Order(
            methods: try methods?.map(\.rawValue), ranges: ranges + moreRanges,
            interfaces: interface.isEmpty ? nil : WordList.words(interface),
            packetsPerSecond: packetsPerSecond, accept: accept, credentials: ways.isEmpty ? nil : ways)
    }

    func validate() throws {
        _ = try methods
        if let packetsPerSecond, !(1...5000).contains(packetsPerSecond) { throw ValidationError("--packets-per-second is from 1 to 5000.") }
        if options.direct, packetsPerSecond != nil { throw ValidationError("--packets-per-second is a server's: leave out --direct.") }
        if !options.direct, ranges.isEmpty, moreRanges.isEmpty, method.isEmpty {
            throw ValidationError("Give at least one range to search, for example 10.1.0.0/16; or name --method.")
        }
    }

    func run() async throws {
        guard !options.direct else { return try show(nil, try await options.withLAN(onLAN)) }
        let order = try order(try await options.users.asCredentials())
        try await options.withServer { api in
            let started: DiscoveryRecord = try await api.post("discoveries", order)
            guard follow else {
                return try options.output.show(DiscoveryReport(discovery: started, cards: [])) {
                    ["The server searches: nvexplorer searches show \(started.id)"]
                }
            }
            let search = try await wait(for: started.id, api)
            try show(search, try await api.list("discoveries/\(search.id)/cards"))
            guard search.state == "done" else {
                throw CommandFailure(.failed, "The search ended as \(search.state)\(search.error.map { ": \($0)" } ?? ".")")
            }
        }
    }

    private func onLAN(_ lan: DirectLAN) async throws -> [DiscoveredCard] {
        let search = CardSearch(lan: lan, methods: try methods, interfaces: WordList.words(interface))
        return try await search.cards(try (ranges + moreRanges).map(CardPlace.init)).map(\.discovered)
    }

    private func wait(for id: Int, _ api: FleetAPI) async throws -> DiscoveryRecord {
        let isDrawn = !options.json && Terminal.isOutput
        while true {
            let search: DiscoveryRecord = try await api.read("discoveries/\(id)")
            if isDrawn { Terminal.put("\r\u{1B}[2K" + Self.line(search, width: Terminal.size.columns), on: 1) }
            guard search.state == DiscoveryRecord.running else {
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
        try options.output.show(DiscoveryReport(discovery: search, cards: cards)) {
            guard !cards.isEmpty else { return ["No card was found. Are the ranges right, and --port-offset?"] }
            return CardTable.lines(cards, width: Terminal.isOutput ? Terminal.size.columns : nil) + [CardTable.count(cards.count)]
        }
    }
}
