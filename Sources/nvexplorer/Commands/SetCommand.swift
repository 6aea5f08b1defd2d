import ArgumentParser

/// `nvexplorer set`
struct SetCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change what the server knows of cards: name, site, tags, credentials, and how they are read.",
        discussion: """
            What is not named stays. Several cards can be named, but for --name, --gateway-port and --gateway-unit; what fails for one is done for \
            the others.

            With --snmp, --user or --username a card gets credentials of its own, before those of ranges and groups. \(AccessOptions.discussion)

            \(AccessOptions.changing)
            """)

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

    @Option(help: PollOption.help("How often it is polled"), transform: PollOption.init(parsing:))
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
    @OptionGroup var access: AccessOptions

    @Flag(help: "Forget its own credentials: those of its range or group count.")
    var noCredentials = false

    func validate() throws {
        try needServer()
        try options.refuseCommunity()
        for (isBoth, words) in [
            (!tag.isEmpty && noTags, "--tag and --no-tags"), (poll != nil && noPoll, "--poll and --no-poll"),
            (profile != nil && noProfile, "--profile and --no-profile"),
            (access.isGiven && noCredentials, "--no-credentials and credentials"),
        ] where isBoth {
            throw ValidationError("Choose one of \(words).")
        }
        if let `protocol`, !["snmp", "modbus"].contains(`protocol`) { throw ValidationError("--protocol is snmp or modbus.") }
        guard !body(secrets: []).isEmpty else { throw ValidationError("Say what to change: nvexplorer help set.") }
        guard cards.count == 1 || name == nil && gateway.gatewayPort == nil && gateway.gatewayUnit == nil else {
            throw ValidationError("--name, --gateway-port and --gateway-unit are for one card.")
        }
    }

    /// The request's body, with the secrets in the order in which they are asked for.
    func body(secrets: [String]) -> [String: APIValue] {
        var body: [String: APIValue] = [:]
        body["name"] = name.map(APIValue.text)
        body["site"] = site.map(APIValue.text)
        if !tag.isEmpty || noTags { body["tags"] = APIValue(tag) }
        body["polling"] = noPoll ? .null : poll?.value
        body["protocol"] = `protocol`.map(APIValue.text)
        body["profile"] = noProfile ? .null : profile.map(APIValue.text)
        body["gateway"] = gateway.value
        if access.isGiven { body["credentials"] = .object(access.fields(secrets)) }
        if noCredentials { body["credentials"] = .null }
        return body
    }

    func run() async throws {
        let body = body(secrets: try await access.givenSecrets(mayBeEmpty: true))
        let changed: Batch<CardRecord> = try await options.withServer { api in
            try await api.cards(cards).each { try await api.change("cards/\(try FleetAPI.number(of: $0))", body) }
        }
        try changed.tell(options.output) { "\($0.name) (id \($0.id.map(String.init) ?? "?")) is changed." }
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
