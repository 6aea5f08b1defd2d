import ArgumentParser
import FoundationEssentials
import SNMP

/// What every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The FleetServer. (default: $NVEXPLORER_SERVER, else where you logged in last, else \(ServerAddress.standard))",
            valueName: "url"))
    var server: String?

    @Flag(help: "Work alone on the LAN, without a server.")
    var direct = false

    @Option(help: ArgumentHelp("Added to every port of the cards: 0 to 17727.", valueName: "n"))
    var portOffset = 0

    @Flag(help: "Print one JSON document on standard output.")
    var json = false

    @Option(
        help: ArgumentHelp("How long to wait for an answer of the server (default: 15) or of a card (default: 1).", valueName: "seconds"))
    var timeout: Double?

    @Option(help: ArgumentHelp("With --direct, and with discover: the SNMP community to read with. (default: public)", valueName: "name"))
    var community: String?

    @OptionGroup var users: SNMPUsers

    func validate() throws {
        guard (0...17_727).contains(portOffset) else {
            throw ValidationError("--port-offset must be from 0 to 17727, not \(portOffset).")
        }
        if let timeout, !(0.1...3600).contains(timeout) { throw ValidationError("--timeout must be from 0.1 to 3600 seconds.") }
        if direct, server != nil { throw ValidationError("--direct works without a server: leave out --server.") }
        if let server, ServerAddress(server) == nil {
            throw ValidationError("--server must be like http://192.0.2.1:8080, not \"\(server)\".")
        }
        if let community, !(1...64).contains(community.utf8.count) { throw ValidationError("--community has 1 to 64 characters.") }
    }

    private static let standardCommunity = "public"

    var output: Output { Output(isJSON: json) }

    /// The server's address and the token for it: from the command line, the environment, or the configuration file.
    func login() throws -> ServerLogin {
        let environment = ProcessInfo.processInfo.environment
        let file = try ConfigurationFile.standard().load()
        let text = server ?? environment["NVEXPLORER_SERVER"].flatMap { $0.isEmpty ? nil : $0 } ?? file.server ?? ServerAddress.standard
        guard let address = ServerAddress(text) else {
            throw CommandFailure(
                .usage, "\"\(text)\" is no server address. Set NVEXPLORER_SERVER or --server to one like http://192.0.2.1:8080.")
        }
        let token = environment["NVEXPLORER_TOKEN"].flatMap { $0.isEmpty ? nil : $0 } ?? file.sessions[address.text]?.token
        return ServerLogin(address: address, token: token)
    }

    /// Lends the server's API. `seconds`: how long the server may take over an answer, unless the user says it.
    func withServer<Result>(patience seconds: Double = 15, _ body: (FleetAPI) async throws -> Result) async throws -> Result {
        let login = try login()
        return try await HTTPTransport.with(timeout: timeout ?? seconds) { transport in
            try await body(FleetAPI(server: login.address, token: login.token, send: transport))
        }
    }

    /// Lends the protocols that reach cards without a server.
    func withLAN<Result: Sendable>(_ body: (DirectLAN) async throws -> Result) async throws -> Result {
        let ways = try await users.given().map { SNMPCredentials.v3($0, contextName: "") }
        let community = Community(community ?? Self.standardCommunity)
        return try await DirectLAN.with(
            portOffset: portOffset, ways: ways + [.v2c(community), .v1(community)], timeout: timeout ?? 1, body)
    }
}

/// Where to talk to, and as whom.
struct ServerLogin: Sendable {
    let address: ServerAddress
    let token: String?
}
