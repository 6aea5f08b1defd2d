import ArgumentParser
import FoundationEssentials

/// `nvexplorer gateway`
struct GatewayCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway", abstract: "Which cards Modbus clients reach through the server, and how that goes.",
        discussion: "A card gets its port or unit with nvexplorer set CARD --gateway-port PORT or --gateway-unit UNIT.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let gateway: GatewayRecord = try await options.withServer { try await $0.read("gateway") }
        try options.output.show(gateway) { Self.lines(gateway, now: Date()) }
    }

    static func lines(_ gateway: GatewayRecord, now: Date) -> [String] {
        let shared = gateway.listen.map { "Shared port: \($0)\(gateway.problem.map { " is closed. \($0)" } ?? "")" } ?? "No shared port."
        guard !gateway.items.isEmpty else { return [shared, "No card is reached by Modbus."] }
        return [shared]
            + Output.table(
                gateway.items,
                [
                    Column("Card", .right) { "\($0.card)" }, Column("Name") { $0.name },
                    Column("Port", .right) { $0.port.map(String.init) }, Column("Unit", .right) { $0.unit.map(String.init) },
                    Column("Writes") { $0.writes ? "allowed" : "" }, Column("State") { $0.state },
                    Column("Clients", .right) { "\($0.clients)" }, Column("Requests", .right) { "\($0.requests)" },
                    Column("Cached", .right) { "\($0.cacheHits)" }, Column("Waiting", .right) { "\($0.queued)" },
                    Column("Last error") { item in
                        item.lastError.map { error in error + (item.lastErrorAt.map { " (\(Elapsed.since($0, now: now)))" } ?? "") }
                    },
                ])
    }
}

/// `nvexplorer system`
struct SystemCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "system", abstract: "How the server itself is doing: its store, its polling, its database.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let system: APIValue = try await options.withServer { try await $0.read("system") }
        try options.output.show(system) { Self.lines(system) }
        if case .object(let members) = system, case .object(let storage) = members["storage"], case .text(let state) = storage["state"],
            state != "ok"
        {
            throw CommandFailure.told
        }
    }

    static func lines(_ system: APIValue) -> [String] {
        let facts = system.facts()
        let width = facts.map(\.name.count).max() ?? 0
        return facts.map { Table.fit($0.name, width) + "  " + $0.value }
    }
}
