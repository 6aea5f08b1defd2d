import Testing

/// Recorded cards that answer SNMPv3 only, each by an agent of net-snmp's with another pair of protocols, and a FleetServer that has searched
/// for them as one wrong and two right users.
struct SecureAgents: SharedBySuite {
    let network: LoopbackNetwork
    let fleet: FleetUnderTest
    let discovery: JSON

    static let slot = TaskLocal<SecureAgents?>(wrappedValue: nil)

    /// A card, and the user that its agent knows.
    struct Agent: Sendable {
        let fixture: String
        let host: Int
        let user: User
        let engine: String
    }

    struct User: Sendable {
        let name: String
        let authentication: String
        let privacy: String

        static let authPassword = "authentic-enough"
        static let privPassword = "secret-enough"

        /// As FleetServer's API takes it.
        var credentials: JSON {
            [
                "version": "3", "user": .string(name), "authProtocol": .string(authentication), "authPassword": .string(Self.authPassword),
                "privProtocol": .string(privacy), "privPassword": .string(Self.privPassword),
            ]
        }

        /// As net-snmp's commands take it.
        var arguments: [String] {
            [
                "-v", "3", "-l", "authPriv", "-u", name, "-a", authentication, "-A", Self.authPassword, "-x", privacy, "-X",
                Self.privPassword,
            ]
        }
    }

    static let strong = User(name: "strong", authentication: "SHA-256", privacy: "AES-256")
    static let usual = User(name: "usual", authentication: "SHA", privacy: "AES")
    static let shared256 = Agent(fixture: "nv8.00_netys-rt", host: 10, user: strong, engine: "8000000001020304")
    static let sharedSHA = Agent(fixture: "nv7.20_modulys-gp", host: 11, user: usual, engine: "8000000005060708")
    /// Has the engine id of the one before.
    static let clone = Agent(fixture: "rfc1628_foreign_on-battery", host: 12, user: usual, engine: "8000000005060708")
    static let agents = [shared256, sharedSHA, clone]

    func address(of agent: Agent) -> String { network.host(agent.host) }

    static func lend(_ body: (SecureAgents) async throws -> Void) async throws {
        try await Scratch.with { scratch in
            let network = try LoopbackNetwork.free()
            let programs = try agents.map { try $0.start(in: network, scratch) }
            defer { for program in programs { program.discard() } }
            for (agent, program) in zip(agents, programs) { try await agent.isReady(program, in: network, scratch) }
            try await FleetUnderTest.with(.init(network: network), in: scratch) { fleet in
                var wrong = usual.credentials.members
                wrong["authPassword"] = "something-else"
                let order: JSON = [
                    "methods": ["snmp"], "ranges": [.string(network.cidr)],
                    "credentials": [.object(wrong), strong.credentials, usual.credentials],
                ]
                let id = try #require(try await fleet.client.json("POST", "/api/v1/discoveries", body: order)["id"]?.int)
                let discovery = try await eventually("the discovery ends", within: .seconds(60)) {
                    let discovery = try await fleet.client.json("GET", "/api/v1/discoveries/\(id)")
                    return discovery["state"]?.string == "running" ? nil : discovery
                }
                try await body(SecureAgents(network: network, fleet: fleet, discovery: discovery))
            }
        }
    }
}

extension SecureAgents.Agent {
    func start(in network: LoopbackNetwork, _ scratch: Scratch) throws -> ProgramUnderTest {
        let card = try CardFixture(fixture)
        let lines = [
            "agentAddress udp:\(network.host(host)):\(network.port(161))", "exactEngineID 0x\(engine)",
            "createUser \(user.name) \(user.authentication) \"\(SecureAgents.User.authPassword)\" \(user.privacy) \"\(SecureAgents.User.privPassword)\"",
            "view card included .1.3.6.1.2.1.1", "view card included .1.3.6.1.2.1.33", "view card included .1.3.6.1.4.1.4555",
            // The machine's own network interfaces would give all cards one MAC address.
            "rouser \(user.name) priv -V card", "sysdescr \(card.recorded("1.3.6.1.2.1.1.1.0") ?? "")",
            "sysobjectid .\(card.recorded("1.3.6.1.2.1.1.2.0") ?? "")", "sysname \(card.recorded("1.3.6.1.2.1.1.5.0") ?? "")",
        ]
        let place = scratch.unusedName("agent")
        let configuration = try scratch.write((lines + card.overrides).joined(separator: "\n") + "\n", as: "\(place)/snmpd.conf")
        return try ProgramUnderTest.start(
            executable: Executable.peer("snmpd"), ["-f", "-C", "-c", configuration, "-Lo", "-I", "-hr_mib,smux"], in: scratch,
            environment: ["SNMP_PERSISTENT_DIR": try scratch.makeFolder("\(place)/state")])
    }

    func isReady(_ program: ProgramUnderTest, in network: LoopbackNetwork, _ scratch: Scratch) async throws {
        try await program.ready("\(fixture) answers", within: .seconds(20)) {
            let address = ["-t", "1", "-r", "0", "\(network.host(host)):\(network.port(161))", "1.3.6.1.2.1.1.1.0"]
            return try await Peer.run("snmpget", user.arguments + address, in: scratch).exitCode == 0 ? true : nil
        }
    }
}
