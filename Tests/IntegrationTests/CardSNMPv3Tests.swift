import Foundation
import Testing

/// net-snmp's commands read and set a software card by SNMPv3, and its snmptrapd receives what the card sends.
extension CardLane {
    @Suite(.serialized, .timeLimit(.minutes(4))) struct CardSNMPv3Tests {
        /// A user as the card is told of it, and as net-snmp is.
        struct User: Sendable, CustomTestStringConvertible {
            let name: String
            var authentication: String?
            var privacy: String?

            var testDescription: String { specification }

            var specification: String {
                ([name] + (authentication.map { [$0, "authpass-\(name)"] } ?? []) + (privacy.map { [$0, "privpass-\(name)"] } ?? []))
                    .joined(separator: ":")
            }

            var level: String { privacy != nil ? "authPriv" : authentication != nil ? "authNoPriv" : "noAuthNoPriv" }

            var arguments: [String] {
                ["-v3", "-u", name, "-l", level] + (authentication.map { ["-a", $0, "-A", "authpass-\(name)"] } ?? [])
                    + (privacy.map { ["-x", $0, "-X", "privpass-\(name)"] } ?? [])
            }
        }

        static let users = [
            User(name: "guest"), User(name: "signer", authentication: "SHA"), User(name: "a", authentication: "MD5", privacy: "DES"),
            User(name: "b", authentication: "SHA", privacy: "AES"), User(name: "c", authentication: "SHA-224", privacy: "AES-192"),
            User(name: "d", authentication: "SHA-256", privacy: "AES-256"),
            User(name: "e", authentication: "SHA-384", privacy: "AES-192-C"),
            User(name: "f", authentication: "SHA-512", privacy: "AES-256-C"),
        ]
        private static let d = users[5]
        private static let name = "1.3.6.1.2.1.1.5.0"
        private static let boots = "1.3.6.1.6.3.10.2.1.2.0"
        private static let ups = "1.3.6.1.4.1.4555.1.1.7.1"

        private static func withFarm(
            _ users: [User] = users, network: LoopbackNetwork? = nil, options: (LoopbackNetwork) -> [String] = { _ in [] },
            _ body: (CardFarm) async throws -> Void
        ) async throws {
            try await CardFarm.with(
                count: 1, network: network, options: { users.flatMap { ["--snmp-user", $0.specification] } + options($0) }, body)
        }

        private static func ask(_ command: String, _ user: [String], _ objects: [String], of farm: CardFarm) async throws -> Peer.Output {
            let place = "\(farm.network.host(1)):\(farm.network.port(161))"
            return try await Peer.run(command, user + ["-On", "-t", "3", "-r", "1", place] + objects, in: farm.scratch)
        }

        private static func value(_ object: String, _ user: User = d, of farm: CardFarm) async throws -> String? {
            try await SNMPPeer.bindings(ask("snmpget", user.arguments, [object], of: farm)).first?.value
        }

        @Test func everyProtocolReadsAndSets() async throws {
            try await Self.withFarm { farm in
                for user in Self.users {
                    let set = try await Self.ask("snmpset", user.arguments, [Self.name, "s", "set by \(user.name)"], of: farm)
                    #expect(set.exitCode == 0, "\(user): \(set)")
                    #expect(try await Self.value(Self.name, user, of: farm) == "STRING: \"set by \(user.name)\"", "\(user)")
                }
                let walk = try await Self.ask("snmpbulkwalk", Self.d.arguments, [Self.ups], of: farm)
                #expect(try await SNMPPeer.bindings(walk).map(\.name) == farm.snmp(1).ask("snmpwalk", [Self.ups]).map(\.name))
            }
        }

        @Test func whoIsNotInTheTableIsToldWhy() async throws {
            let readOnly = User(name: "r/ro", authentication: "SHA", privacy: "AES")
            try await Self.withFarm([Self.d, readOnly]) { farm in
                let stranger = try await Self.ask("snmpget", User(name: "stranger").arguments, [Self.name], of: farm)
                #expect(stranger.errors.contains("Unknown user name"), "\(stranger)")
                let wrong = [
                    "-v3", "-u", "d", "-l", "authPriv", "-a", "SHA-256", "-A", "wrong-password", "-x", "AES-256", "-X", "privpass-d",
                ]
                let unsigned = ["-v3", "-u", "d", "-l", "noAuthNoPriv"]
                let failure = try await Self.ask("snmpget", wrong, [Self.name], of: farm)
                #expect(failure.exitCode != 0 && failure.errors.contains("Authentication failure"), "\(failure)")
                #expect(try await Self.ask("snmpget", unsigned, [Self.name], of: farm).exitCode != 0)
                let reader = ["-v3", "-u", "r", "-l", "authPriv", "-a", "SHA", "-A", "authpass-r/ro", "-x", "AES", "-X", "privpass-r/ro"]
                #expect(try await Self.ask("snmpget", reader, [Self.name], of: farm).exitCode == 0)
                let set = try await Self.ask("snmpset", reader, [Self.name, "s", "x"], of: farm)
                #expect(set.exitCode != 0 && set.errors.contains("authorizationError"), "\(set)")
            }
        }

        @Test func theEngineIsTheCardsAndCountsItsRestarts() async throws {
            try await Self.withFarm { farm in
                let mac = try #require(try await farm.control.json("GET", "/cards")[0]?["mac"]?.string).replacing(":", with: " ")
                #expect(try await Self.value("1.3.6.1.6.3.10.2.1.1.0", of: farm) == "Hex-STRING: 80 00 11 CB 03 \(mac)")
                #expect(try await Self.value(Self.boots, of: farm) == "INTEGER: 1")
                _ = try await Self.ask("snmpset", Self.d.arguments, ["\(Self.ups).9.16.0", "i", "1"], of: farm)
                try await eventually("the card has started again", within: .seconds(30)) {
                    try await Self.value(Self.boots, of: farm) == "INTEGER: 2"
                }
            }
        }

        @Test func theUsersAndTheBootsOutliveTheProgram() async throws {
            try await Scratch.with { state in
                let network = try LoopbackNetwork.free()
                for start in 1...2 {
                    let users = start == 1 ? [Self.d] : []
                    try await Self.withFarm(users, network: network, options: { _ in ["--state", state.path("farm")] }) { farm in
                        let boots = try await Self.value(Self.boots, of: farm)
                        #expect(boots == "INTEGER: \(start)")
                    }
                }
                let settings = try String(contentsOfFile: state.path("farm/card-1/settings.conf"), encoding: .utf8)
                #expect(settings.contains("auth-protocol = SHA-256\n") && settings.contains("auth-password = sealed:"))
                #expect(!settings.contains("pass-d"))
            }
        }

        // MARK: - Traps

        /// One receiver for each way of sending.
        private static func receivers(_ network: LoopbackNetwork) -> [String] {
            let host = network.host(252)
            return [
                "\(host),version=v1", "\(host):\(network.port(163)),version=v2c,community=tr4ps", "\(host):\(network.port(163)),user=d",
                "\(host):\(network.port(164)),version=v2c,inform,community=tr4ps", "\(host):\(network.port(164)),user=f2,inform",
                "\(host):\(network.port(165)),type=rfc1628",
            ].flatMap { ["--trap-receiver", $0] }
        }

        /// The user whose messages snmptrapd itself is authoritative for: informs.
        private static let informer = User(name: "f2", authentication: "SHA-512", privacy: "AES")

        private static func withReceivers(_ body: (CardFarm, TrapDaemon) async throws -> Void) async throws {
            try await withFarm([d, informer], options: receivers) { farm in
                let mac = try #require(try await farm.control.json("GET", "/cards")[0]?["mac"]?.string).replacing(":", with: "")
                let configuration = [
                    "authCommunity log tr4ps", "createUser -e 0x800011cb03\(mac) d SHA-256 authpass-d AES-256 privpass-d", "authUser log d",
                    "createUser f2 SHA-512 authpass-f2 AES privpass-f2", "authUser log f2",
                ]
                let ports = [162, 163, 164, 165].map { farm.network.port($0) }
                try await TrapDaemon.with(farm.network.host(252), ports: ports, users: configuration, in: farm.scratch) { daemon in
                    // The first poll is over when the model is known.
                    try await eventually("the card has polled its UPS", within: .seconds(10)) {
                        try await farm.snmp(1).value("\(ups).1.1.0").string?.isEmpty == false
                    }
                    try await body(farm, daemon)
                }
            }
        }

        private static let envelopes = [
            "TRAP, SNMP v1, community public", "TRAP2, SNMP v2c, community tr4ps", "TRAP2, SNMP v3, user d,",
            "INFORM, SNMP v2c, community tr4ps", "INFORM, SNMP v3, user f2,",
        ]

        @Test func aMainsFailureIsToldInEveryVersion() async throws {
            try await Self.withReceivers { farm, daemon in
                try await farm.put("mains", ["present": false], card: 1)
                for envelope in Self.envelopes {
                    let line = try await daemon.line("\(envelope) 15") { $0.envelope.hasPrefix(envelope) && $0.cardTrap == 15 }
                    #expect(line.source.contains("[\(farm.network.host(1))]"), "\(line)")
                    let one = try await daemon.line("\(envelope) 1") { $0.envelope.hasPrefix(envelope) && $0.cardTrap == 1 }
                    #expect(one.variables.contains(".4555.1.1.7.1.2.3.0 = INTEGER"), "\(one)")
                    let added = try await daemon.line("\(envelope) 3") { $0.envelope.hasPrefix(envelope) && $0.cardTrap == 3 }
                    #expect(added.variables.contains(".4555.1.1.7.1.6.3.22"), "\(added)")
                }
                let standard = try await daemon.line("RFC 1628's 1") { $0.variables.contains("OID: .1.3.6.1.2.1.33.2.1") }
                #expect(standard.variables.contains(".33.1.9.7.0 = INTEGER"), "\(standard)")
                #expect(
                    try await daemon.line("RFC 1628's 3") { $0.variables.contains("OID: .1.3.6.1.2.1.33.2.3") }.variables.contains(
                        ".33.1.6.3.6"))
                try await farm.put("mains", ["present": true], card: 1)
                for envelope in Self.envelopes {
                    _ = try await daemon.line("\(envelope) 23") { $0.envelope.hasPrefix(envelope) && $0.cardTrap == 23 }
                    _ = try await daemon.line("\(envelope) 4") { $0.envelope.hasPrefix(envelope) && $0.cardTrap == 4 }
                }
            }
        }

        @Test func theTestTrapAndTheRestartAreTold() async throws {
            try await Self.withReceivers { farm, daemon in
                #expect(daemon.lines.isEmpty, "\(daemon.lines)")
                let answer = try await farm.control.json("POST", "/cards/1/traps/test", body: [:])
                #expect(answer["receivers"]?.int == 5)
                for envelope in Self.envelopes {
                    _ = try await daemon.line("\(envelope) 42") { $0.envelope.hasPrefix(envelope) && $0.cardTrap == 42 }
                }
                _ = try await Self.ask("snmpset", Self.d.arguments, ["\(Self.ups).9.16.0", "i", "1"], of: farm)
                for envelope in Self.envelopes {
                    _ = try await daemon.line("\(envelope) 27") { $0.envelope.hasPrefix(envelope) && $0.cardTrap == 27 }
                }
                // Informs come once, however often they are repeated.
                #expect(daemon.lines.count { $0.envelope.hasPrefix("INFORM, SNMP v3") && $0.cardTrap == 42 } == 1)
            }
        }

        @Test func aReceiverIsSetBySNMP() async throws {
            try await Self.withFarm([]) { farm in
                let host = farm.network.host(252)
                try await TrapDaemon.with(host, ports: [farm.network.port(162)], community: "nms", in: farm.scratch) { daemon in
                    let row = "\(Self.ups).9.21.1"
                    let set = ["\(row).2.3", "s", host, "\(row).3.3", "s", "nms", "\(row).4.3", "i", "3"]
                    let output = try await Self.ask("snmpset", ["-v2c", "-c", "private"], set, of: farm)
                    #expect(output.exitCode == 0, "\(output)")
                    try await farm.control.json("POST", "/cards/1/traps/test", body: [:])
                    _ = try await daemon.line("the test trap") { $0.envelope == "TRAP2, SNMP v2c, community nms" && $0.cardTrap == 42 }
                    let bad = try await Self.ask("snmpset", ["-v2c", "-c", "private"], ["\(row).2.3", "s", "nowhere"], of: farm)
                    #expect(bad.exitCode != 0, "\(bad)")
                }
            }
        }

        @Test(arguments: [
            "--snmp-user=ops:SHA:short", "--snmp-user=ops:ROT13:authpass1", "--trap-receiver=nowhere", "--snmp-users=/nowhere",
        ])
        func whatCantBeEndsWithTwo(_ argument: String) async throws {
            try await Scratch.with { scratch in
                let arguments = ["farm", "--count", "1", "--subnet", "127.77.77.0/24", "--port-offset", "12000", argument]
                let output = try await Peer.runBuilt("CardAgent", arguments, in: scratch)
                #expect(output.exitCode == 2 && output.errors.hasSuffix(".\n"), "\(output)")
            }
        }
    }
}
