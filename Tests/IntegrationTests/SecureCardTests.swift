import Foundation
import Testing

/// FleetServer reads cards by SNMPv3, and hears their traps; net-snmp is the other end.
extension ServerLane {
    @Suite(.serialized, .sharing(SecureAgents.self), .timeLimit(.minutes(3))) struct SecureCardTests {
        private func card(_ agent: SecureAgents.Agent) async throws -> JSON {
            let agents = try SecureAgents.shared
            return try #require(try await agents.fleet.card(at: agents.address(of: agent)), "no card for \(agent.fixture)")
        }

        /// The metric's value, zero where it is not there.
        private func metric(_ line: String) async throws -> Double {
            let text = try await SecureAgents.shared.fleet.client.call("GET", "/metrics").text
            return text.split(separator: "\n").first { $0.hasPrefix(line) }?.split(separator: " ").last.flatMap { Double($0) } ?? 0
        }

        @Test func theSearchTriesTheUsersInTheirOrder() async throws {
            let discovery = try SecureAgents.shared.discovery
            #expect(discovery["state"]?.string == "done", "\(discovery.text)")
            #expect(discovery["found"]?.int == SecureAgents.agents.count)
            #expect(discovery["total"]?.int == 254, "three users cost one question for each address")
        }

        @Test(arguments: SecureAgents.agents.map(\.fixture)) func everyValueIsRead(_ fixture: String) async throws {
            let agents = try SecureAgents.shared
            let agent = try #require(SecureAgents.agents.first { $0.fixture == fixture })
            let expected = try CardFixture(fixture).expected
            let id = try await agents.fleet.id(at: agents.address(of: agent))
            try await eventually("\(fixture) is \(expected["status"]?.text ?? "")", within: .seconds(30)) {
                try await agents.fleet.card(id)["status"] == expected["status"]
            }
            try await eventually("\(fixture) has all its values", within: .seconds(30)) {
                let readings = try await agents.fleet.readings(id)
                let wanted = expected["readings"]?.numbers ?? [:]
                return readings.count == wanted.count && wanted.allSatisfy { abs((readings[$0.key] ?? .nan) - $0.value) < 1e-6 }
            }
        }

        @Test func clonesAreReadAndNamed() async throws {
            let agents = try SecureAgents.shared
            for (one, other) in [(SecureAgents.sharedSHA, SecureAgents.clone), (SecureAgents.clone, SecureAgents.sharedSHA)] {
                let warning = try await eventually("\(one.fixture) has a warning", within: .seconds(30)) {
                    try await card(one)["warnings"]?.elements.first?.string
                }
                #expect(warning.contains("engine id 80:00:00:00:05:06:07:08"), "\(warning)")
                #expect(warning.contains(agents.address(of: other)), "\(warning)")
                #expect(try await card(one)["lastSeen"]?.isNull == false)
            }
            #expect(try await card(SecureAgents.shared256)["warnings"]?.elements.isEmpty == true)
        }

        static let wrongUsers: [(field: String, value: JSON, words: String)] = [
            ("user", "nobody", "doesn't know this SNMPv3 user"), ("authPassword", "something-else", "authentication password"),
            ("privPassword", "something-else", "privacy password"), ("authProtocol", "MD5", "authentication password or protocol"),
        ]

        @Test(arguments: wrongUsers) func theProblemSaysWhatIsWrong(_ field: String, _ value: JSON, _ words: String) async throws {
            let agents = try SecureAgents.shared
            let right = SecureAgents.strong.credentials.members
            var wrong = right
            wrong[field] = value
            let id = try await agents.fleet.id(at: agents.address(of: SecureAgents.shared256))
            let client = agents.fleet.client
            try await client.json("PATCH", "/api/v1/cards/\(id)", body: ["credentials": ["snmp": .object(wrong)]])
            try await eventually("the card says: \(words)", within: .seconds(30)) {
                let card = try await agents.fleet.card(id)
                guard card["status"]?.string == "unreachable", card["problem"]?.string?.contains(words) == true else {
                    throw WebClient.Unexpected(description: card["problem"]?.text ?? "")
                }
                return true
            }
            try await client.json("PATCH", "/api/v1/cards/\(id)", body: ["credentials": ["snmp": .object(right)]])
            try await eventually("the card is read again", within: .seconds(30)) {
                let card = try await agents.fleet.card(id)
                return card["status"]?.string == "normal" && card["problem"]?.isNull == true
            }
        }

        @Test(arguments: [["-v", "1"], ["-v", "2c"], ["-v", "2c", "inform"], ["-v", "3"], ["-v", "3", "inform"]])
        func aTrapIsToldAtOnce(_ form: [String]) async throws {
            let agents = try SecureAgents.shared
            let address = agents.address(of: SecureAgents.sharedSHA)
            let id = try await agents.fleet.id(at: address)
            let receiver = agents.network.endpoint(200, 162)
            let isInform = form.last == "inform"
            let engine = isInform ? [] : ["-e", "0x\(SecureAgents.sharedSHA.engine)"]
            let credentials = form[1] == "3" ? SecureAgents.usual.arguments + engine : ["-v", form[1], "-c", "public"]
            let trap = form[1] == "1" ? ["1.3.6.1.4.1.4555.1.1.7.2", "", "6", "15", ""] : ["", "1.3.6.1.4.1.4555.1.1.7.2.0.15"]
            try await EventStream.with(agents.fleet.client) { stream in
                let output = try await Peer.run(
                    isInform ? "snmpinform" : "snmptrap", ["--clientaddr=\(address)"] + credentials + [receiver] + trap,
                    in: agents.fleet.scratch)
                #expect(output.exitCode == 0, "\(output)")
                let event = try await eventually("the stream tells the trap", within: .seconds(10)) {
                    stream.events.first { $0.type == "trap" }
                }
                #expect(event.data["card"]?.int == id, "\(event.data.text)")
                #expect(event.data["version"]?.string == form[1])
                #expect(event.data["inform"]?.bool == isInform)
                #expect(event.data["oid"]?.string == "1.3.6.1.4.1.4555.1.1.7.2.0.15")
            }
            let kind = isInform ? "inform" : "trap"
            let line = "nvfleet_traps_received_total{version=\"\(form[1])\",kind=\"\(kind)\",sender=\"card\"}"
            #expect(try await metric(line) >= 1)
        }

        @Test func strangersAreCounted() async throws {
            let agents = try SecureAgents.shared
            let arguments = ["--clientaddr=\(agents.network.host(77))", "-v", "2c", "-c", "public", agents.network.endpoint(200, 162)]
            let before = try await metric("nvfleet_traps_received_total{version=\"2c\",kind=\"trap\",sender=\"unknown\"}")
            let output = try await Peer.run("snmptrap", arguments + ["", "1.3.6.1.6.3.1.1.5.1"], in: agents.fleet.scratch)
            #expect(output.exitCode == 0)
            try await eventually("the trap is counted", within: .seconds(10)) {
                try await metric("nvfleet_traps_received_total{version=\"2c\",kind=\"trap\",sender=\"unknown\"}") > before
            }
            let wrong = SecureAgents.User(name: "stranger", authentication: "SHA", privacy: "AES")
            _ = try await Peer.run(
                "snmptrap",
                ["-e", "0x8000000009090909"] + wrong.arguments + [agents.network.endpoint(200, 162), "", "1.3.6.1.6.3.1.1.5.1"],
                in: agents.fleet.scratch)
            try await eventually("the unknown user is counted", within: .seconds(10)) {
                try await metric("nvfleet_traps_dropped_total{reason=\"unknownUser\"}") > 0
            }
        }

        @Test func thePortIsHeardAndThatIsSaid() async throws {
            let client = try SecureAgents.shared.fleet.client
            #expect(try await client.json("GET", "/health/ready")["traps"]?.string == "listening")
            #expect(try await metric("nvfleet_traps_listening ") == 1)
        }

        @Test func noPasswordIsLoggedOrStored() async throws {
            let fleet = try SecureAgents.shared.fleet
            #expect(!fleet.program.logged.contains("-enough") && !fleet.program.said.contains("-enough"))
            let audit = try await fleet.client.call("GET", "/api/v1/audit?limit=500").text
            #expect(!audit.contains("-enough"))
            for file in ["data/fleet.sqlite", "data/fleet.sqlite-wal"] {
                let bytes = FileManager.default.contents(atPath: fleet.scratch.path(file)) ?? Data()
                #expect(bytes.range(of: Data("-enough".utf8)) == nil, "\(file)")
            }
        }
    }
}
