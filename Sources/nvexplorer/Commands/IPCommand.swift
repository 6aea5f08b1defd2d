import ArgumentParser
import NetVision

/// `nvexplorer ip`
struct IPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ip", abstract: "A card's network settings.", subcommands: [IPSetCommand.self])
}

/// `nvexplorer ip set`
struct IPSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Give a card its address, or let it ask DHCP.",
        discussion: """
            Example: nvexplorer ip set 00:E0:D8:FF:C1:90 --address 10.1.0.5 --netmask 255.255.0.0 --gateway 10.1.0.1

            CardAgents only; with --direct it also reaches a card whose address does not belong into the network that it is in: name it by MAC.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var password: CardPassword

    @Argument(help: "The card's id, name, address, MAC or serial number; with --direct its address or MAC.")
    var card: String

    @Option(help: "The new IPv4 address.")
    var address: String?

    @Option(help: "The network's mask, such as 255.255.255.0.")
    var netmask: String?

    @Option(help: "The gateway; none without it.")
    var gateway: String?

    @Flag(help: "Let the card get its settings from DHCP.")
    var dhcp = false

    @Flag(name: [.short, .long], help: "Do not ask.")
    var yes = false

    func validate() throws {
        if dhcp {
            if address != nil || netmask != nil || gateway != nil { throw ValidationError("Either --dhcp, or --address and --netmask.") }
        } else {
            _ = try settings()
        }
    }

    /// The static settings that were asked for. Throws what is wrong with them.
    private func settings() throws -> NetworkSettings {
        guard let address, let netmask else { throw ValidationError("Give --address and --netmask (and --gateway), or --dhcp.") }
        guard let settings = NetworkSettings(address: address, mask: netmask, gateway: gateway, usesDHCP: false) else {
            throw ValidationError("--address, --netmask and --gateway are IPv4 addresses such as 10.1.0.5.")
        }
        if let problem = settings.problem { throw ValidationError(problem) }
        return settings
    }

    /// What the API takes. With DHCP the card keeps the rest for when no DHCP server answers.
    private struct Order: Encodable {
        let address: String
        let netmask: String
        let gateway: String
        let dhcp: Bool
    }

    func run() async throws {
        let record = options.direct ? try await options.withLAN(onLAN) : try await options.withServer(atServer)
        try options.output.show(OrderReport([.done(record)])) {
            [dhcp ? "\(record.title) now asks DHCP for its address." : "\(record.title) now has the address \(address ?? "")."]
        }
    }

    private func onLAN(_ lan: DirectLAN) async throws -> CardRecord {
        let found = try await CardSearch(lan: lan).everyCard([card])
        guard let first = found.first, found.count == 1 else {
            throw CommandFailure(.usage, "\"\(card)\" is \(found.count) cards. Name one.")
        }
        try confirm(first.name, first.address)
        var new = first.announcement?.network ?? NetworkSettings(address: 0, mask: 0)
        if dhcp { new.usesDHCP = true } else { new = try settings() }
        try await lan.order(.setNetwork(new), first, password: try password.given())
        return first.record(nil, at: "").named
    }

    private func atServer(_ api: FleetAPI) async throws -> CardRecord {
        let record = try await api.card(card)
        try confirm(record.name, record.address)
        let order = Order(
            address: address ?? record.address, netmask: netmask ?? "255.255.255.0", gateway: gateway ?? "", dhcp: dhcp)
        try await api.order("cards/\(try FleetAPI.number(of: record))/network", order)
        return record
    }

    private func confirm(_ name: String, _ current: String) throws {
        guard !yes, Terminal.isInput else { return }
        let change = dhcp ? "get its address from DHCP" : "have the address \(address ?? "")"
        guard Terminal.confirm(Output.printable("\(name) at \(current) shall \(change)?")) else {
            throw CommandFailure(.failed, "Nothing was changed.")
        }
    }
}
