import Foundation
import Testing

/// NUT's driver for JBUS devices, `socomec_jbus`, takes the simulated UPS for one.
extension CardLane {
    @Suite(.serialized, .timeLimit(.minutes(2))) struct UPSDriverTests {
        @Test func theDriverStartsAndTellsWhatIs() async throws {
            try await withUPS { ups in
                let before = try await ups.control.json("GET", "/state")
                let variables = try await dump(ups)
                #expect(variables["driver.name"] == "socomec_jbus")
                #expect(variables["input.phases"] == "3")
                #expect(variables["ups.status"] == "OL")
                #expect(variables["ups.serial"] == before["serial"]?.string)
                #expect(variables["battery.charge"] == "100")
                #expect(variables["ups.alarm"] == nil)
                for name in ["output.L1-N.voltage", "output.L2-N.voltage", "output.L3-N.voltage"] {
                    #expect(variables[name].flatMap(Int.init).map { (220...240).contains($0) } == true, "\(name)")
                }
                #expect(variables["input.bypass.frequency"] == "50" || variables["input.bypass.frequency"] == "49")
                #expect(variables["ups.date"]?.hasPrefix("20") == true)
            }
        }

        @Test func theDriverReadsEachWordInItsUnit() async throws {
            try await withUPS { ups in
                // Code, raw value, the driver's variable and what it makes of the value.
                let points: [(String, Int, String, String)] = [
                    ("M00", 41, "ups.L1.load", "41"), ("M01", 42, "ups.L2.load", "42"), ("M02", 43, "ups.L3.load", "43"),
                    ("M03", 44, "ups.load", "44"), ("M04", 61, "battery.charge", "61"), ("M05", 450, "battery.capacity", "45"),
                    ("M06", 221, "input.bypass.L1-N.voltage", "221"), ("M09", 229, "output.L1-N.voltage", "229"),
                    ("M11", 231, "output.L3-N.voltage", "231"), ("M16", 17, "output.L2.current", "17"),
                    ("M18", 510, "input.bypass.frequency", "51"), ("M19", 520, "output.frequency", "52"),
                    ("M20", 4101, "battery.voltage", "410.10"), ("M22", 31, "ambient.1.temperature", "31"),
                    ("M24", 125, "battery.current", "12.50"), ("I01", 2000, "ups.power", "200000"), ("T00", 400, "input.voltage", "400"),
                ]
                for (code, value, _, _) in points { try await force(code, value, ups) }
                let variables = try await dump(ups)
                for (code, _, name, text) in points { #expect(variables[name] == text, "\(code)") }
            }
        }

        @Test func theDriverSeesAMainsFailureAndItsReturn() async throws {
            try await withUPS { ups in
                try await ups.control.json("PUT", "/mains", body: ["present": false])
                let variables = try await eventually("the driver says that the battery feeds", within: .seconds(20)) {
                    let variables = try await dump(ups)
                    return variables["ups.status"]?.contains("OB") == true ? variables : nil
                }
                #expect(variables["battery.runtime"].flatMap(Int.init).map { $0 > 15 } == true)
                #expect(variables["ups.alarm"]?.contains("Rectifier input supply out of tolerance.") == true)
                try await ups.control.json("PUT", "/mains", body: ["present": true])
                try await eventually("the driver says that the mains feed", within: .seconds(40)) {
                    try await dump(ups)["ups.status"]?.hasSuffix("OL") == true
                }
            }
        }

        @Test func theDriverTellsTheAlarms() async throws {
            try await withUPS { ups in
                let alarms = [
                    ("A01", "Battery failure."), ("A02", "Overload fault."), ("A07", "Over temperature fault."),
                    ("A31", "Imminent STOP."), ("A49", "Battery discharged."), ("A62", "Bypass critical alarm."),
                ]
                for (code, _) in alarms { try await force(code, 1, ups) }
                try await force("M23", 9, ups)
                let variables = try await dump(ups)
                for (code, text) in alarms { #expect(variables["ups.alarm"]?.contains(text) == true, "\(code)") }
                #expect(variables["ups.status"]?.contains("LB") == true)
            }
        }

        /// A UPS on a line at 9600 baud, which is what the driver sets.
        private func withUPS(_ body: (SimulatedUPS) async throws -> Void) async throws {
            try await SimulatedUPS.with(.jbusp) { _, scratch in
                ["--pty", scratch.path("line"), "--baud", "9600"]
            } _: { ups, _ in
                try ups.scratch.write("[ups]\n  driver = socomec_jbus\n  port = \(ups.scratch.path("line"))\n", as: "nut/ups.conf")
                try await body(ups)
            }
        }

        private func force(_ code: String, _ value: Int, _ ups: SimulatedUPS) async throws {
            try await ups.control.json("PUT", "/points/\(code)", body: ["value": .number(Double(value))])
        }

        /// What the driver knows after its first look, by variable.
        private func dump(_ ups: SimulatedUPS) async throws -> [String: String] {
            let place = ups.scratch.path("nut")
            let environment = ["NUT_CONFPATH": place, "NUT_STATEPATH": place, "NUT_ALTPIDPATH": place, "NUT_QUIET_INIT_UPSNOTIFY": "true"]
            let output = try await Peer.run(
                "socomec_jbus", ["-a", "ups", "-d", "1", "-u", NSUserName()], in: ups.scratch, environment: environment)
            guard output.exitCode == 0 else { throw WebClient.Unexpected(description: "socomec_jbus \(output)") }
            return output.lines.reduce(into: [:]) { variables, line in
                guard let colon = line.firstRange(of: ": ") else { return }
                variables[String(line[..<colon.lowerBound])] = String(line[colon.upperBound...])
            }
        }
    }
}
