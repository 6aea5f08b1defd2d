import Foundation
import Testing

/// FleetServer reads a foreign card right, however badly its agent answers, and by a profile of the owner's.
extension ServerLane {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct UnrulyAgentTests {
        private static let fixture = "rfc1628_foreign_on-battery"
        /// Of `unruly_agents.py`; version-one answers no other version.
        private static let manners = [
            "good", "version-one", "next-only", "few-names", "no-bulk", "late", "twice", "other-port", "wrong-id", "too-big", "bulk-error",
        ]

        /// A server, and an agent of each kind at an address of its own.
        private func withAgents(_ body: (FleetUnderTest, LoopbackNetwork) async throws -> Void) async throws {
            try await Scratch.with { scratch in
                let network = try LoopbackNetwork.free()
                let records = try scratch.write(try CardFixture(Self.fixture).records, as: "card.snmprec")
                let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "snmp/unruly_agents.py").path
                let places = Self.manners.enumerated().map { "\($0.element)=\(network.host(10 + $0.offset))" }
                let agents = try ProgramUnderTest.start(
                    executable: Executable.peer("python3"), [script, records, "\(network.port(161))"] + places, in: scratch)
                defer { agents.discard() }
                let peer = SNMPPeer(host: network.host(10), port: network.port(161), version: .v2c, community: "public", scratch: scratch)
                try await agents.ready("the agents answer", within: .seconds(20)) {
                    try await peer.run("snmpget", ["1.3.6.1.2.1.1.1.0"], timeout: 1, retries: 0).exitCode == 0 ? true : nil
                }
                try await FleetUnderTest.with(.init(network: network), in: scratch) { try await body($0, network) }
            }
        }

        private func add(_ manner: String, to fleet: FleetUnderTest, _ network: LoopbackNetwork) async throws -> Int {
            let number = try #require(Self.manners.firstIndex(of: manner))
            var order: [String: JSON] = ["address": .string(network.host(10 + number))]
            if manner == "version-one" { order["credentials"] = ["snmp": ["version": "1", "community": "public"]] }
            return try #require(try await fleet.client.json("POST", "/api/v1/cards", body: .object(order))["id"]?.int, "\(manner)")
        }

        @Test func everyAgentIsReadRight() async throws {
            let expected = try CardFixture(Self.fixture).expected
            let wanted = expected["readings"]?.numbers ?? [:]
            try await withAgents { fleet, network in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for manner in Self.manners {
                        group.addTask {
                            let id = try await add(manner, to: fleet, network)
                            try await eventually("\(manner) has been read", within: .seconds(50)) {
                                let card = try await fleet.card(id)
                                return card["status"] == expected["status"] ? true : nil
                            }
                            let readings = try await eventually("\(manner) has its values", within: .seconds(20)) {
                                let readings = try await fleet.readings(id)
                                return readings.count == wanted.count ? readings : nil
                            }
                            for (name, value) in wanted { #expect(abs((readings[name] ?? .nan) - value) < 1e-6, "\(name) of \(manner)") }
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }

        /// The file of docs/profiles.md: shown to be wrong by line and key, mended, taken up without a restart.
        @Test func aProfileOfTheOwnersIsTakenUpWhileTheServerRuns() async throws {
            let document = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/profiles.md")
            let text = try String(contentsOf: document, encoding: .utf8)
            let example = try #require(text.split(separator: "```yaml\n").dropFirst().first?.split(separator: "```").first).description
            try await withAgents { fleet, network in
                let id = try await add("good", to: fleet, network)
                try await eventually("the card has been read", within: .seconds(20)) {
                    try await fleet.readings(id)["battery.voltage"] == 71.2 ? true : nil
                }
                let wrong = try fleet.scratch.write(
                    example.replacing("scale: hundredths", with: "scale: hundredth"), as: "data/profiles/example.yaml")
                let check = try await Peer.runBuilt("FleetServer", ["profiles", "check", wrong], in: fleet.scratch)
                #expect(check.exitCode == 1)
                #expect(check.errors.contains("example.yaml:") && check.errors.contains(".scale") && check.errors.contains("hundredths"))
                let problems = try await fleet.client.json("POST", "/api/v1/profiles/reload")["problems"]?.elements ?? []
                #expect(problems.count == 1 && problems[0]["line"]?.int != nil)

                let right = try fleet.scratch.write(example, as: "data/profiles/example.yaml")
                let good = try await Peer.runBuilt("FleetServer", ["profiles", "check", right], in: fleet.scratch)
                #expect(good.exitCode == 0, "\(good)")
                #expect(try await fleet.client.json("POST", "/api/v1/profiles/reload")["problems"]?.elements.isEmpty == true)
                try await eventually("the card is read by the profile", within: .seconds(40)) {
                    let readings = try await fleet.readings(id)
                    return readings["battery.voltage"] == 7.12 && readings["battery.temperature"] == nil ? true : nil
                }
                #expect(try await fleet.card(id)["status"]?.string == "onBattery")
                let shown = try await Peer.runBuilt(
                    "FleetServer", ["profiles", "show", "NV8", "--data", fleet.scratch.path("data")], in: fleet.scratch)
                #expect(shown.exitCode == 0 && shown.text.hasPrefix("profile: NV8\n"))
            }
        }
    }
}
