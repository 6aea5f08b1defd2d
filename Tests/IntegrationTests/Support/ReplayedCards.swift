import Testing

/// Recorded cards, answered by two agents that aren't ours, and a FleetServer that has searched for them by SNMP.
struct ReplayedCards: SharedBySuite {
    let network: LoopbackNetwork
    let fleet: FleetUnderTest
    let discovery: JSON

    static let slot = TaskLocal<ReplayedCards?>(wrappedValue: nil)

    /// Each has an address of its own, from .10 on, in this order. Cards with the same MAC or serial number would be one card.
    static let replayed = [
        "nv6.00_ident-only", "nv7.20_modulys-gp", "nv8.00_netys-rt", "nv4.11_masterys", "nv6.30_masterys_on-battery",
        "nv8.05_communication-lost", "nv8.05_unnamed-alarm", "nv8.11_alarms", "rfc1628_foreign_on-battery", "sts_statys",
    ]
    /// Devices of the same maker without a UPS, and one of another.
    static let foreign = ["adicom", "ipdu", "switch"]
    /// Answered by net-snmp's agent, which is told to know version 1 only.
    static let versionOne = "nv5.01_on-battery"

    static func address(of name: String, in network: LoopbackNetwork) -> String {
        let number = (replayed + foreign + [versionOne]).firstIndex(of: name) ?? 0
        return network.host(10 + number)
    }

    static func lend(_ body: (ReplayedCards) async throws -> Void) async throws {
        try await Scratch.with { scratch in
            let network = try LoopbackNetwork.free()
            try await withResponder(network, scratch) {
                try await withVersionOneAgent(network, scratch) {
                    try await FleetUnderTest.with(.init(network: network), in: scratch) { fleet in
                        let discovery = try await fleet.discover(network, methods: ["snmp"])
                        try await body(ReplayedCards(network: network, fleet: fleet, discovery: discovery))
                    }
                }
            }
        }
    }

    /// snmpsim: one engine for each card; the file's name is the community's.
    private static func withResponder(_ network: LoopbackNetwork, _ scratch: Scratch, _ body: () async throws -> Void) async throws {
        var arguments = ["--logging-method=null", "--cache-dir=\(try scratch.makeFolder("index"))"]
        for name in replayed + foreign {
            try scratch.write(try CardFixture(name).records, as: "walks/\(name)/public.snmprec")
            let endpoint = "\(address(of: name, in: network)):\(network.port(161))"
            arguments += ["--v3-engine-id=auto", "--data-dir=\(scratch.path("walks/\(name)"))", "--agent-udpv4-endpoint=\(endpoint)"]
        }
        // It would rather not be root, but could then not read its own modules below a home folder.
        let environment = ["SNMPSIM_ALLOW_ROOT": "true"]
        let program = try ProgramUnderTest.start(
            executable: Executable.peer("snmpsim-command-responder"), arguments, in: scratch, environment: environment)
        try await using(program, answering: address(of: foreign[foreign.count - 1], in: network), network, scratch, body)
    }

    private static func withVersionOneAgent(_ network: LoopbackNetwork, _ scratch: Scratch, _ body: () async throws -> Void) async throws {
        let fixture = try CardFixture(versionOne)
        let host = address(of: versionOne, in: network)
        let lines = [
            "agentAddress udp:\(host):\(network.port(161))", "sysdescr \(fixture.recorded("1.3.6.1.2.1.1.1.0") ?? "")",
            "sysobjectid .\(fixture.recorded("1.3.6.1.2.1.1.2.0") ?? "")", "sysname \(fixture.recorded("1.3.6.1.2.1.1.5.0") ?? "")",
            "com2sec reader default public", "group versionOne v1 reader", "view card included .1.3.6.1.2.1.1",
            "view card included .1.3.6.1.4.1.4555", "access versionOne \"\" any noauth exact card none none",
        ]
        let configuration = try scratch.write((lines + fixture.overrides).joined(separator: "\n") + "\n", as: "snmpd.conf")
        let program = try ProgramUnderTest.start(
            executable: Executable.peer("snmpd"), ["-f", "-C", "-c", configuration, "-Lo", "-I", "-hr_mib"], in: scratch)
        try await using(program, answering: host, network, scratch, body)
    }

    /// How these two end is none of our business; that they do, is.
    private static func using(
        _ program: ProgramUnderTest, answering host: String, _ network: LoopbackNetwork, _ scratch: Scratch, _ body: () async throws -> Void
    ) async throws {
        let peer = SNMPPeer(host: host, port: network.port(161), version: .v1, community: "public", scratch: scratch)
        do {
            try await program.ready("\(program.name) answers", within: .seconds(40)) {
                try await peer.run("snmpget", ["1.3.6.1.2.1.1.1.0"], timeout: 1, retries: 0).exitCode == 0 ? true : nil
            }
            try await body()
        } catch {
            program.discard()
            throw ProgramUnderTest.Failed(name: program.name, error: error, words: program.lastWords)
        }
        program.discard()
    }
}
