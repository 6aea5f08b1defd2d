import Foundation
import Testing

/// Alarms of a whole fleet: CardAgents in a farm, net-snmp as the sender of traps.
extension CardLane {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct AlarmTests {
        private static let vendor = "1.3.6.1.4.1.4555.1.1.7"
        private static let added = 3
        private static let removed = 4

        /// A farm with one card that the fleet knows and polls each second or so.
        private struct Bench {
            let farm: CardFarm
            let fleet: FleetUnderTest
            let card: Int

            /// upsTrapAlarmEntryAdded or -Removed of the card, for the alarm of a number.
            func trap(_ trap: Int, alarm: Int, times: Int = 1) async throws {
                let arguments = [
                    "-v", "2c", "-c", "public", "--clientaddr=\(farm.network.host(1))", "127.0.0.1:\(farm.network.port(162))", "",
                    "\(AlarmTests.vendor).2.0.\(trap)", "\(AlarmTests.vendor).1.6.2.1.1.1", "i", "1",
                    "\(AlarmTests.vendor).1.6.2.1.2.1", "o", "\(AlarmTests.vendor).1.6.3.\(alarm)",
                ]
                for _ in 0..<times {
                    #expect(try await Peer.run("snmptrap", arguments, in: farm.scratch).exitCode == 0)
                }
            }

            func alarms(_ query: String = "state=all") async throws -> [JSON] {
                try await fleet.client.json("GET", "/api/v1/alarms?card=\(card)&\(query)")["items"]?.elements ?? []
            }

            func alarm(_ name: String, _ state: String) async throws -> JSON {
                try await eventually("\(name) is \(state)", within: .seconds(20)) {
                    try await alarms().first { $0["name"]?.string == name && $0["state"]?.string == state }
                }
            }
        }

        private func with(_ body: (Bench) async throws -> Void) async throws {
            try await CardFarm.with(count: 1) { farm in
                let settings = FleetUnderTest.Settings(network: farm.network, polling: (status: 1, all: 4))
                try await FleetUnderTest.with(settings, in: farm.scratch) { fleet in
                    try await fleet.discover(farm.network, methods: ["snmp"])
                    let card = try #require(try await fleet.liveCards(1, within: .seconds(30)).first?["id"]?.int)
                    try await body(Bench(farm: farm, fleet: fleet, card: card))
                }
            }
        }

        /// A trap that nothing of the card bears out: heard at once, told once, and healed by the next poll.
        @Test func aTrapRaisesOnceAndItsLostClearIsHealedByThePoll() async throws {
            try await with { bench in
                try await EventStream.with(bench.fleet.client) { stream in
                    try await bench.trap(Self.added, alarm: 2, times: 3)
                    let raised = try await eventually("the page is told", within: .seconds(10)) {
                        stream.events.first { $0.type == "alarm" && $0.data["name"]?.string == "upsAlarmOverload" }
                    }
                    #expect(raised.data["state"]?.string == "raised" && raised.data["source"]?.string == "trap")
                    let over = try await bench.alarm("upsAlarmOverload", "cleared")
                    #expect(over["source"]?.string == "trap")
                    #expect(try await bench.alarms().count { $0["name"]?.string == "upsAlarmOverload" } == 1)
                }
            }
        }

        /// What rules ask for beside the readings: a clock that snmpset puts wrong, and the certificate of openssl's server at the card's address.
        @Test func aWrongClockAndAnOldCertificateAreSeenWhenARuleAsks() async throws {
            try await with { bench in
                let folder = bench.farm.scratch.folder.path
                let made = try await Peer.run(
                    "openssl",
                    [
                        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "10", "-subj",
                        "/CN=card", "-keyout", "\(folder)/card.key", "-out", "\(folder)/card.crt",
                    ], in: bench.farm.scratch)
                #expect(made.exitCode == 0)
                let server = try ProgramUnderTest.start(
                    executable: Executable.peer("openssl"),
                    [
                        "s_server", "-quiet", "-accept", bench.farm.network.endpoint(1, 443), "-key", "\(folder)/card.key", "-cert",
                        "\(folder)/card.crt",
                    ], in: bench.farm.scratch)
                defer { server.discard() }
                let set = try await bench.farm.snmp(1, community: "private").run(
                    "snmpset", ["\(Self.vendor).1.9.4.0", "s", "01/02/2020"])
                #expect(set.exitCode == 0)
                for rule in [
                    ["name": "skew", "clockSkew": ["seconds": 60]],
                    ["name": "certificate", "severity": "critical", "expiry": ["of": "certificate", "within": "30d"]],
                ] as [JSON] {
                    try await bench.fleet.client.json("POST", "/api/v1/rules", body: rule)
                }
                let clock = try await bench.alarm("rule:skew", "raised")
                #expect(clock["detail"]?.string?.contains("days behind the server's") ?? false)
                let certificate = try await bench.alarm("rule:certificate", "raised")
                #expect(certificate["detail"]?.string == "The certificate expires in 9 days.")
            }
        }

        /// Somebody takes care of a silent card; its first answer ends the alarm.
        @Test func aSilentCardIsAnAlarmThatSomebodyAcknowledges() async throws {
            try await with { bench in
                bench.farm.program.process.signal(SIGSTOP)
                let alarm = try await bench.alarm("cardUnreachable", "raised")
                #expect(alarm["severity"]?.string == "critical" && alarm["source"]?.string == "communication")
                let id = try #require(alarm["id"]?.int)
                let known = try await bench.fleet.client.json("POST", "/api/v1/alarms/\(id)/acknowledge", body: ["comment": "on my way"])
                #expect(known["state"]?.string == "acknowledged" && known["acknowledgedBy"]?.string == "admin")
                bench.farm.program.process.signal(SIGCONT)
                let over = try await bench.alarm("cardUnreachable", "cleared")
                #expect(over["acknowledgedBy"]?.string == "admin")
                let shown = try await bench.fleet.client.json("GET", "/api/v1/alarms/\(id)")
                #expect(shown["events"]?.elements.map { $0["kind"]?.string } == ["raised", "acknowledged", "cleared"])
            }
        }
    }
}
