import Foundation
import Testing

/// rsyslog, logger and net-snmp send to FleetServer: a card's lines and traps, and those of strangers.
extension ServerLane {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct SyslogReceiverTests {
        private struct Bench {
            let fleet: FleetUnderTest
            let network: LoopbackNetwork
            /// The card's key; it is at 127.0.0.1, where rsyslog and logger send from.
            let card: Int
            let certificate: String

            var host: String { network.host(250) }
            var port: Int { 514 + network.portOffset }

            func lines(_ count: Int) async throws -> [JSON] {
                try await eventually("the card has \(count) lines", within: .seconds(20)) {
                    let lines = try await fleet.client.json("GET", "/api/v1/cards/\(card)/messages?limit=500")["items"]?.elements ?? []
                    return lines.count >= count ? lines : nil
                }
            }

            func sender(_ protocol: String, at address: String) async throws -> JSON {
                try await eventually("\(address) is listed", within: .seconds(20)) {
                    let items = try await fleet.client.json("GET", "/api/v1/unknown-senders?limit=500")["items"]?.elements ?? []
                    return items.first { $0["protocol"]?.string == `protocol` && $0["address"]?.string == address }
                }
            }

            func receiver(_ kind: String) async throws -> JSON? {
                try await fleet.client.json("GET", "/api/v1/receivers")["items"]?.elements.first { $0["kind"]?.string == kind }
            }
        }

        private func withBench(_ body: (Bench) async throws -> Void) async throws {
            try await Scratch.with { scratch in
                let network = try LoopbackNetwork.free()
                let (key, certificate) = (scratch.path("key.pem"), scratch.path("certificate.pem"))
                let made = try await Peer.run(
                    "openssl",
                    [
                        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                        "/CN=fleet", "-addext", "subjectAltName=DNS:fleet,IP:\(network.host(250))", "-keyout", key, "-out", certificate,
                    ], in: scratch)
                #expect(made.exitCode == 0, "\(made)")
                var settings = FleetUnderTest.Settings(network: network)
                let listen = network.endpoint(250, 514)
                settings.environment = [
                    "FLEET_SYSLOG_UDP": listen, "FLEET_SYSLOG_TCP": listen, "FLEET_SYSLOG_TLS": network.endpoint(250, 6514),
                    "FLEET_SYSLOG_CERTIFICATE": certificate, "FLEET_SYSLOG_KEY": key, "FLEET_TRAPS_LISTEN": network.endpoint(250, 162),
                    "FLEET_TRAPS_COMMUNITIES": "public",
                ]
                try await FleetUnderTest.with(settings, in: scratch) { fleet in
                    let card = try await add("127.0.0.1", to: fleet)
                    try await body(Bench(fleet: fleet, network: network, card: card, certificate: certificate))
                }
            }
        }

        /// Without an agent, which nothing here needs. Returns the key of the card once the poller knows it.
        private func add(_ address: String, to fleet: FleetUnderTest) async throws -> Int {
            let list = try fleet.scratch.write("address,name\n\(address),Card at \(address)\n", as: "cards.csv")
            try await fleet.client.json("POST", "/api/v1/cards/import", file: list, type: "text/csv")
            let id = try await fleet.id(at: address)
            // Of a card that it does not know the health tells the standard intervals.
            try await eventually("the poller knows the card", within: .seconds(20)) {
                try await fleet.client.json("GET", "/api/v1/cards/\(id)/health")["polling"]?["statusSeconds"]?.int == 5
            }
            return id
        }

        // MARK: - rsyslog

        /// How rsyslog forwards.
        private enum Forward: String, CaseIterable, Sendable {
            case udp, lines, counted, tls

            func action(_ bench: Bench) -> String {
                let tls =
                    #"StreamDriver="gtls" StreamDriverMode="1" StreamDriverAuthMode="x509/certvalid" TCP_Framing="octet-counted""#
                return switch self {
                case .udp: #"action(type="omfwd" target="\#(bench.host)" port="\#(bench.port)" protocol="udp")"#
                case .lines: #"action(type="omfwd" target="\#(bench.host)" port="\#(bench.port)" protocol="tcp")"#
                case .counted:
                    #"action(type="omfwd" target="\#(bench.host)" port="\#(bench.port)" protocol="tcp" TCP_Framing="octet-counted" "#
                        + #"template="RSYSLOG_SyslogProtocol23Format")"#
                case .tls:
                    #"action(type="omfwd" target="\#(bench.host)" port="\#(6514 + bench.network.portOffset)" protocol="tcp" \#(tls))"#
                }
            }
        }

        @Test(arguments: Forward.allCases) private func rsyslogForwardsACardsLines(_ forward: Forward) async throws {
            try await withBench { bench in
                let scratch = bench.fleet.scratch
                let source = scratch.path("lines.log")
                try FileManager.default.createDirectory(atPath: scratch.path("work"), withIntermediateDirectories: true)
                let configuration = try scratch.write(
                    """
                    global(workDirectory="\(scratch.path("work"))" DefaultNetstreamDriverCAFile="\(bench.certificate)")
                    module(load="imfile")
                    input(type="imfile" File="\(source)" Tag="UPS:" Severity="warning" Facility="local0" freshStartTail="off")
                    \(forward.action(bench))

                    """, as: "rsyslog.conf")
                _ = try scratch.write("Operating on Battery\nGeneral Alarm has been removed\nMail sent é\n", as: "lines.log")
                let program = try ProgramUnderTest.start(
                    executable: Executable.peer("rsyslogd"), ["-n", "-f", configuration, "-i", scratch.path("rsyslogd.pid")], in: scratch)
                defer { program.discard() }
                let lines = try await bench.lines(3)
                let texts = lines.compactMap { $0["text"]?.string }
                for wanted in ["Operating on Battery", "General Alarm has been removed", "Mail sent é"] {
                    #expect(texts.contains { $0.hasSuffix("UPS: \(wanted)") }, "\(texts)")
                }
                #expect(lines.allSatisfy { $0["severity"]?.string == "warning" })
                let kind = forward == .udp ? "syslogUDP" : forward == .tls ? "syslogTLS" : "syslogTCP"
                let receiver = try #require(try await bench.receiver(kind))
                #expect(receiver["state"]?.string == "listening")
                #expect(receiver["byKind"]?["card"]?.int ?? 0 >= 3, "\(receiver.text)")
                #expect(receiver["dropped"]?.int == 0)
            }
        }

        // MARK: - Others

        @Test func loggerIsReadInAllItsForms() async throws {
            try await withBench { bench in
                let forms = [
                    ["--udp", "--rfc3164"], ["--udp", "--rfc5424"], ["--tcp", "--rfc3164"], ["--tcp", "--octet-count", "--rfc5424"],
                ]
                for (number, form) in forms.enumerated() {
                    let output = try await Peer.run(
                        "logger",
                        form + [
                            "--server", bench.host, "--port", "\(bench.port)", "--priority", "local0.crit", "--tag", "nv",
                            "UPS Imminent Stop \(number)",
                        ],
                        in: bench.fleet.scratch)
                    #expect(output.exitCode == 0, "\(output)")
                }
                let lines = try await bench.lines(4)
                for number in 0..<4 {
                    let line = lines.first { $0["text"]?.string?.hasSuffix("UPS Imminent Stop \(number)") == true }
                    #expect(line?["severity"]?.string == "critical", "\(number)")
                }
            }
        }

        @Test func strangersAreListedAndForgotten() async throws {
            try await withBench { bench in
                let trap = ["", "1.3.6.1.4.1.4555.1.1.7.2.0.15"]
                let receiver = bench.network.endpoint(250, 162)
                let (one, two, three) = (bench.network.host(77), bench.network.host(78), bench.network.host(79))
                let scratch = bench.fleet.scratch
                _ = try await Peer.run("snmptrap", ["--clientaddr=\(one)", "-v", "2c", "-c", "public", receiver] + trap, in: scratch)
                let old = ["1.3.6.1.4.1.4555.1.1.7.2", two, "6", "15", ""]
                _ = try await Peer.run("snmptrap", ["--clientaddr=\(two)", "-v", "1", "-c", "public", receiver] + old, in: scratch)
                let inform = try await Peer.run(
                    "snmpinform", ["--clientaddr=\(two)", "-v", "2c", "-c", "public", receiver] + trap, in: scratch)
                #expect(inform.exitCode == 0, "an inform of a stranger is acknowledged: it is not lost")
                _ = try await Peer.run(
                    "snmptrap",
                    [
                        "--clientaddr=\(three)", "-v", "3", "-e", "0x8000000009090909", "-u", "nobody", "-l", "authNoPriv", "-a", "SHA",
                        "-A",
                        "something-else", receiver,
                    ] + trap, in: scratch)
                _ = try await Peer.run("snmptrap", ["--clientaddr=\(one)", "-v", "2c", "-c", "other", receiver] + trap, in: scratch)
                #expect(try await bench.sender("trap", at: one)["lastText"]?.string == "SNMP 2c trap upsTrapOnBatteryPower")
                try await eventually("both of the second are counted", within: .seconds(20)) {
                    try await bench.sender("trap", at: two)["count"]?.int == 2
                }
                let refused = try await bench.sender("refusedTrap", at: three)
                #expect(refused["engine"]?.string == "80:00:00:00:09:09:09:09")
                #expect(refused["lastText"]?.string?.contains("no SNMPv3 user \"nobody\"") == true, "\(refused.text)")
                #expect(try await bench.sender("refusedTrap", at: one)["lastText"]?.string?.contains("community") == true)
                try await bench.fleet.client.json("DELETE", "/api/v1/unknown-senders/\(one)")
                let left = try await bench.fleet.client.json("GET", "/api/v1/unknown-senders")["items"]?.elements ?? []
                #expect(!left.contains { $0["address"]?.string == one })
                _ = try await add(two, to: bench.fleet)
                let now = try await bench.fleet.client.json("GET", "/api/v1/unknown-senders")["items"]?.elements ?? []
                #expect(!now.contains { $0["address"]?.string == two }, "it is a card now")
            }
        }
    }
}
