import Foundation
import Testing

/// The server tells other people's programs what is the matter.
extension ServerLane {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct NotificationTests {
        private struct Bench {
            let network: LoopbackNetwork
            let scratch: Scratch
            let certificate: String
            let key: String

            var host: String { network.host(240) }
            func port(_ number: Int) -> Int { network.port(9000 + number) }
        }

        private static let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "notifications/far_ends.py").path

        private func withBench(_ body: (Bench, FleetUnderTest) async throws -> Void) async throws {
            try await Scratch.with { scratch in
                let network = try LoopbackNetwork.free()
                let (certificate, key) = (scratch.path("certificate.pem"), scratch.path("key.pem"))
                _ = try await Peer.run(
                    "openssl",
                    [
                        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj",
                        "/CN=test", "-addext", "subjectAltName=IP:\(network.host(240))",
                    ], in: scratch)
                _ = try scratch.write(
                    "#!/bin/sh\necho \"$NVFLEET_SEVERITY $FLEET_ADMIN_PASSWORD\"; cat\nexit ${1:-0}\n", as: "commands/say")
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.path("commands/say"))
                var settings = FleetUnderTest.Settings(network: network)
                settings.environment["FLEET_NOTIFICATIONS_COMMANDS"] = scratch.path("commands")
                let bench = Bench(network: network, scratch: scratch, certificate: certificate, key: key)
                try await FleetUnderTest.with(settings, in: scratch) { try await body(bench, $0) }
            }
        }

        private func channel(_ fleet: FleetUnderTest, _ document: String) async throws -> Int {
            let answer = try await fleet.client.call("POST", "/api/v1/notifications/channels", raw: document)
            #expect(answer.status == 201, "\(answer)")
            #expect(!answer.text.contains("a-password"), "\(answer)")
            return try #require(answer.json?["id"]?.int)
        }

        /// Tests a channel, and returns what the far end has answered.
        private func test(_ fleet: FleetUnderTest, _ document: String, delivers: Bool = true) async throws -> String {
            let id = try await channel(fleet, document)
            let answer = try await fleet.client.call("POST", "/api/v1/notifications/channels/\(id)/test")
            #expect(answer.json?["delivered"]?.bool == delivers, "\(answer)")
            return answer.json?["answer"]?.string ?? ""
        }

        private func withFarEnds(_ bench: Bench, _ body: (ProgramUnderTest) async throws -> Void) async throws {
            let program = try ProgramUnderTest.start(
                executable: Executable.peer("python3"),
                [Self.script, bench.host, "\(bench.port(1))", "\(bench.port(2))", bench.certificate, bench.key], in: bench.scratch)
            defer { program.discard() }
            try await program.line(containing: "ready")
            try await body(program)
        }

        @Test func mailGoesByTLSWithALoginAndTellsWhatTheServerAnswers() async throws {
            try await withBench { bench, fleet in
                try await withFarEnds(bench) { far in
                    let document =
                        #"{"name": "mail", "kind": "mail", "settings": {"host": "\#(bench.host)", "port": \#(bench.port(2)), "username": "ups","#
                        + #""from": "ups@example.org", "to": ["a@example.org", "nobody@example.org"], "caFile": "\#(bench.certificate)"},"#
                        + #""secrets": {"password": "a-password"}}"#
                    let answer = try await test(fleet, document)
                    #expect(answer.contains("250 2.0.0 kept as 4711") && answer.contains("550 5.1.1 no such user"), "\(answer)")
                    let line = try await far.line(containing: "\"mail\"")
                    #expect(line.contains("Auto-Submitted: auto-generated") && line.contains("a@example.org"), "\(line)")
                }
            }
        }

        @Test func aWebhookThatFailsAndComesBackIsToldUnderTheSameId() async throws {
            try await withBench { bench, fleet in
                try await withFarEnds(bench) { far in
                    _ = try await channel(
                        fleet,
                        #"{"name": "web", "kind": "webhook", "settings": {"url": "http://\#(bench.host):\#(bench.port(1))/flaky"},"#
                            + #""secrets": {"signingKey": "key"}}"#)
                    let told = try await Peer.run(
                        "python3", [Self.script, "tell", fleet.scratch.path("data/fleet.sqlite"), "on battery", "critical"],
                        in: bench.scratch)
                    #expect(told.exitCode == 0, "\(told)")
                    try await far.line(containing: "\"status\": 503")
                    let line = try await far.line(containing: "\"status\": 200")
                    let ids = far.said.split(separator: "\n").compactMap { try? JSON(parsing: String($0))["id"]?.string }
                    #expect(ids.count == 2 && Set(ids).count == 1 && ids[0].hasPrefix("nvfleet-"), "\(ids)")
                    #expect(line.contains("\"signed\": true") && line.contains("on battery"), "\(line)")
                    try await eventually("its fate is told", within: .seconds(10)) {
                        let item = try await fleet.client.json("GET", "/api/v1/notifications")["items"]?.elements.first
                        return item?["state"]?.string == "delivered" && item?["attempts"]?.int == 2
                    }
                }
            }
        }

        @Test func aCommandGetsTheMessageAndNothingOfTheServersEnvironment() async throws {
            try await withBench { _, fleet in
                let answer = try await test(fleet, #"{"name": "c", "kind": "command", "settings": {"command": "say"}}"#)
                #expect(answer.hasPrefix("Exit code 0: information \n{"), "\(answer)")
                let refused = try await test(
                    fleet, #"{"name": "d", "kind": "command", "settings": {"command": "say", "arguments": ["64"]}}"#, delivers: false)
                #expect(refused.hasPrefix("Exit code 64"), "\(refused)")
                for command in ["../say", "nothing", "/bin/sh"] {
                    let answer = try await fleet.client.call(
                        "POST", "/api/v1/notifications/channels",
                        raw: #"{"name": "e", "kind": "command", "settings": {"command": "\#(command)"}}"#)
                    #expect(answer.status == 422, "\(answer)")
                }
            }
        }

        @Test func mosquittoAcknowledgesAndKeepsTheAvailability() async throws {
            try await withBench { bench, fleet in
                let port = bench.port(3)
                let configuration = try bench.scratch.write("listener \(port) \(bench.host)\nallow_anonymous true\n", as: "mosquitto.conf")
                let broker = try ProgramUnderTest.start(
                    executable: Executable.peer("mosquitto"), ["-c", configuration], in: bench.scratch)
                defer { broker.discard() }
                try await eventually("the broker listens", within: .seconds(10)) { broker.logged.contains("running") }
                let answer = try await test(
                    fleet, #"{"name": "m", "kind": "mqtt", "settings": {"host": "\#(bench.host)", "port": \#(port)}}"#)
                #expect(answer.contains("has acknowledged 1 publications"), "\(answer)")
                let heard = try await Peer.run(
                    "mosquitto_sub", ["-h", bench.host, "-p", "\(port)", "-t", "nvfleet/#", "-C", "1", "-W", "5", "-v"], in: bench.scratch)
                #expect(heard.text == "nvfleet/availability offline\n", "\(heard)")
            }
        }

        @Test func snmptrapdGetsTrapsAndAcknowledgesInforms() async throws {
            try await withBench { bench, fleet in
                try await TrapDaemon.with(bench.host, ports: [bench.port(4)], in: bench.scratch) { daemon in
                    let settings = #""settings": {"host": "\#(bench.host)", "port": \#(bench.port(4))"#
                    _ = try await test(fleet, #"{"name": "trap", "kind": "snmpTrap", \#(settings)}}"#)
                    let answer = try await test(fleet, #"{"name": "inform", "kind": "snmpTrap", \#(settings), "confirmed": true}}"#)
                    #expect(answer.contains("has acknowledged the inform"), "\(answer)")
                    try await eventually("snmptrapd has both", within: .seconds(10)) {
                        daemon.lines.filter { $0.variables.contains("Test of the channel") }.count == 2
                    }
                }
            }
        }

        @Test func rsyslogTakesWhatIsWrittenByTCPAndUDP() async throws {
            try await withBench { bench, fleet in
                let output = bench.scratch.path("messages")
                let configuration = try bench.scratch.write(
                    """
                    module(load="imtcp") module(load="imudp")
                    input(type="imtcp" address="\(bench.host)" port="\(bench.port(5))")
                    input(type="imudp" address="\(bench.host)" port="\(bench.port(5))")
                    template(name="all" type="string" string="%syslogseverity-text% %app-name% %structured-data% %msg%\\n")
                    action(type="omfile" file="\(output)" template="all")

                    """, as: "rsyslog.conf")
                let daemon = try ProgramUnderTest.start(
                    executable: Executable.peer("rsyslogd"), ["-n", "-f", configuration, "-i", bench.scratch.path("rsyslog.pid")],
                    in: bench.scratch)
                defer { daemon.discard() }
                for transport in ["tcp", "udp"] {
                    let document =
                        #"{"name": "\#(transport)", "kind": "syslog", "settings": {"host": "\#(bench.host)", "port": \#(bench.port(5)),"#
                        + #""transport": "\#(transport)"}}"#
                    let id = try await channel(fleet, document)
                    try await eventually("rsyslog has it by \(transport)", within: .seconds(15), every: .milliseconds(300)) {
                        _ = try await fleet.client.call("POST", "/api/v1/notifications/channels/\(id)/test")
                        let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
                        return text.contains("info NVFleet [nvfleet@32473") && text.contains("Test of the channel \(transport)")
                    }
                }
            }
        }
    }
}
