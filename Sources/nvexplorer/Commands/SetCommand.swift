import ArgumentParser

/// `nvexplorer set`
struct SetCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change what the server knows of a card: name, site, tags, and how it is read.",
        discussion: "What is not named stays. Several cards can be named, but for --name and --gateway-port and --gateway-unit.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The cards' ids, names, addresses, MACs or serial numbers.")
    var cards: [String]

    @Option(help: "Its name.")
    var name: String?

    @Option(help: "Its site; \"\" for none.")
    var site: String?

    @Option(help: ArgumentHelp("Its tags, in place of those it has (repeatable).", valueName: "tag"))
    var tag: [String] = []

    @Flag(help: "Take its tags away.")
    var noTags = false

    @Option(help: ArgumentHelp("How often it is polled, in seconds: STATUS or STATUS:FULL.", valueName: "seconds"))
    var poll: PollOption?

    @Flag(help: "Poll it as its group or the configuration says.")
    var noPoll = false

    @Option(help: ArgumentHelp("snmp or modbus.", valueName: "protocol"))
    var `protocol`: String?

    @Option(help: ArgumentHelp("The profile it is read by.", valueName: "name"))
    var profile: String?

    @Flag(help: "Read it by the profile of its generation.")
    var noProfile = false

    @OptionGroup var gateway: GatewayOptions

    func validate() throws {
        try needServer()
        for (isBoth, words) in [
            (!tag.isEmpty && noTags, "--tag and --no-tags"), (poll != nil && noPoll, "--poll and --no-poll"),
            (profile != nil && noProfile, "--profile and --no-profile"),
        ] where isBoth {
            throw ValidationError("Choose one of \(words).")
        }
        if let `protocol`, !["snmp", "modbus"].contains(`protocol`) { throw ValidationError("--protocol is snmp or modbus.") }
        guard !body.isEmpty else { throw ValidationError("Say what to change: nvexplorer help set.") }
        guard cards.count == 1 || name == nil && gateway.gatewayPort == nil && gateway.gatewayUnit == nil else {
            throw ValidationError("--name, --gateway-port and --gateway-unit are for one card.")
        }
    }

    /// The request's body.
    var body: [String: APIValue] {
        var body: [String: APIValue] = [:]
        body["name"] = name.map(APIValue.text)
        body["site"] = site.map(APIValue.text)
        if !tag.isEmpty || noTags { body["tags"] = APIValue(tag) }
        body["polling"] = noPoll ? .null : poll?.value
        body["protocol"] = `protocol`.map(APIValue.text)
        body["profile"] = noProfile ? .null : profile.map(APIValue.text)
        body["gateway"] = gateway.value
        return body
    }

    func run() async throws {
        let changed = try await options.withServer { api in
            var changed: [CardRecord] = []
            for card in try await api.cards(cards) { changed.append(try await api.change("cards/\(try FleetAPI.number(of: card))", body)) }
            return changed
        }
        try options.output.show(changed) { changed.map { "\($0.name) (id \($0.id.map(String.init) ?? "?")) is changed." } }
    }
}

/// How Modbus clients reach a card through the server.
struct GatewayOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The server's port at which Modbus clients reach it.", valueName: "port"))
    var gatewayPort: Int?

    @Option(help: ArgumentHelp("The unit identifier that picks it on the server's shared Modbus port.", valueName: "unit"))
    var gatewayUnit: Int?

    @Flag(inversion: .prefixedNo, help: "Let Modbus clients write registers: they need no login.")
    var gatewayWrites: Bool?

    @Flag(help: "Modbus clients don't reach it any more.")
    var noGateway = false

    func validate() throws {
        if let gatewayPort, !(1...65535).contains(gatewayPort) { throw ValidationError("--gateway-port is from 1 to 65535.") }
        if let gatewayUnit, !(1...247).contains(gatewayUnit) { throw ValidationError("--gateway-unit is from 1 to 247.") }
        if noGateway, gatewayPort != nil || gatewayUnit != nil || gatewayWrites != nil {
            throw ValidationError("--no-gateway stands alone.")
        }
    }

    /// Nil: not to be changed.
    var value: APIValue? {
        if noGateway { return .null }
        var members: [String: APIValue] = [:]
        members["writes"] = gatewayWrites.map(APIValue.flag)
        members["port"] = gatewayPort.map(APIValue.integer)
        members["unit"] = gatewayUnit.map(APIValue.integer)
        return members.isEmpty ? nil : .object(members)
    }
}

/// `nvexplorer inherit`
struct InheritCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "inherit", abstract: "Let a new card take the place of an old one: name, site, tags, credentials, polling.",
        discussion: "The old card is retired; its history stays with it, and the new one says where it is.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The new card's id, name, address, MAC or serial number.")
    var card: String

    @Option(help: ArgumentHelp("The old card.", valueName: "card"))
    var from: String

    func run() async throws {
        let heir: CardRecord = try await options.withServer { api in
            let new = try FleetAPI.number(of: try await api.card(card))
            let old = try FleetAPI.number(of: try await api.card(from))
            try await api.order("cards/\(new)/inherit", ["from": old])
            return try await api.read("cards/\(new)")
        }
        try options.output.show(heir) { ["\(heir.name) (id \(heir.id.map(String.init) ?? "?")) has taken the place."] }
    }
}
