import NetVision
import PowerDevice
import SNMP
import Testing

@Suite struct ProfileFileTests {
    private static let point = "points:\n  - {variable: battery.voltage, object: 1.3.6.1.4.1.318.1.1.1.2.2.8.0"

    struct Wrong: Sendable, CustomTestStringConvertible {
        let text: String
        let line: Int?
        let key: String
        let reason: String

        var testDescription: String { "\(key): \(reason)" }
    }

    @Test(arguments: [
        Wrong(text: "title: x\n", line: 1, key: "", reason: "profile is missing"),
        Wrong(text: "", line: 1, key: "", reason: "nothing"),
        Wrong(text: "profile: [\n", line: 2, key: "", reason: "YAML"),
        Wrong(text: "profile: x\nprofile: y\n", line: nil, key: "profile", reason: "twice"),
        Wrong(text: "- a\n", line: 1, key: "", reason: "mapping"),
        Wrong(text: "profile: x\n", line: 1, key: "", reason: "points or modbus is missing"),
        Wrong(text: "profile: x\npoint:\n  - 1\n", line: 2, key: "point", reason: "is no key here; there are profile, title"),
        Wrong(text: "profile: a b\n\(point)}\n", line: 1, key: "profile", reason: "letters, digits"),
        Wrong(text: "profile: x\ngeneration: NV9\n\(point)}\n", line: 2, key: "generation", reason: "NV5, NV6, NV7, NV8"),
        Wrong(text: "profile: x\nkind: pdu\n\(point)}\n", line: 2, key: "kind", reason: "ups, sts"),
        Wrong(text: "profile: x\n\(point), scale: tenth}\n", line: 3, key: "points[1].scale", reason: "whole, tenths"),
        Wrong(text: "profile: x\n\(point), scale: 1/0}\n", line: 3, key: "points[1].scale", reason: "fractions"),
        Wrong(text: "profile: x\n\(point), scale: -9223372036854775808}\n", line: 3, key: "points[1].scale", reason: "fractions"),
        Wrong(
            text: "profile: x\npoints:\n  - {variable: battery.voltage, object: 1.3\(String(repeating: ".1", count: 126))}\n", line: 3,
            key: "points[1].object", reason: "4 to 120"),
        Wrong(text: "profile: x\n\(point), unit: A}\n", line: 3, key: "points[1].unit", reason: "are in \"V\""),
        Wrong(text: "profile: x\n\(point), poll: often}\n", line: 3, key: "points[1].poll", reason: "status, full"),
        Wrong(text: "profile: x\n\(point), signed: yes}\n", line: 3, key: "points[1].signed", reason: "true or false"),
        Wrong(text: "profile: x\n\(point), lines: input}\n", line: 3, key: "points[1].lines", reason: "goes with column"),
        Wrong(text: "profile: x\n\(point), range: [5, 1]}\n", line: 3, key: "points[1].range", reason: "lowest"),
        Wrong(text: "profile: x\n\(point), absent: [x]}\n", line: 3, key: "points[1].absent[1]", reason: "whole number"),
        Wrong(
            text: "profile: x\npoints:\n  - {variable: battery.voltage, object: 1.x}\n", line: 3, key: "points[1].object",
            reason: "identifier"),
        Wrong(text: "profile: x\npoints:\n  - variable: battery.voltage\n", line: 3, key: "points[1]", reason: "object"),
        Wrong(
            text: "profile: x\npoints:\n  - {variable: ups.mood, object: 1.3.6.1.1.0, unit: V}\n", line: 3, key: "points[1].unit",
            reason: "voltage (V)"),
        Wrong(
            text: "profile: x\npoints:\n  - {variable: ups.fan.current, object: 1.3.6.1.1.0}\n", line: 3, key: "points[1].variable",
            reason: "say its unit: \"A\""),
        Wrong(
            text: "profile: x\npoints:\n  - {variable: \"output.{L-N}.voltage\", object: 1.3.6.1.1.0}\n", line: 3,
            key: "points[1].variable", reason: "column and lines"),
        Wrong(
            text: "profile: x\n\(point)}\noutputSource:\n  object: 1.3.6.1.1.0\n  values: {1: onn}\n", line: 6,
            key: "outputSource.values.1", reason: "unknown, maintenanceBypass"),
        Wrong(
            text: "profile: x\n\(point)}\nalarms:\n  flags:\n    - {object: 1.3.6.1.1.0, alarm: mine}\n", line: 6,
            key: "alarms.flags[1].alarm", reason: "title and a severity"),
        Wrong(
            text: "profile: x\n\(point)}\nmatch: {agent: '(a'}\n", line: 4, key: "match.agent", reason: "not closed"),
        Wrong(text: "profile: x\n\(point)}\nmatch: {}\n", line: 4, key: "match", reason: "objectID"),
        Wrong(text: "profile: x\nmodbus: {map: MAP}\n", line: 2, key: "modbus.map", reason: "VU-MAP, JBUSP, STS"),
        Wrong(
            text: "profile: x\nmodbus:\n  points:\n    - {variable: battery.voltage, register: 65535, type: u32}\n", line: 4,
            key: "modbus.points[1].register", reason: "0 to 65534"),
    ]) func wrongFilesAreToldByLineAndKey(_ wrong: Wrong) {
        do {
            _ = try ProfileFile(wrong.text, path: "mine.yaml")
            Issue.record("nothing wrong was found")
        } catch {
            #expect(error.file == "mine.yaml")
            if let line = wrong.line { #expect(error.line == line) }
            #expect(error.key == wrong.key)
            #expect(error.reason.contains(wrong.reason), "\(error)")
            #expect("\(error)".hasPrefix("mine.yaml"))
        }
    }

    private func profile(_ text: String) throws -> CardProfile {
        let (profiles, problems) = ProfileFile.resolve([try ProfileFile(text, path: "x.yaml")])
        #expect(problems == [])
        return try #require(profiles.first)
    }

    private let base: OID = "1.3.6.1.2.1.33.1"

    @Test func anExtensionReplacesPointsAndAddsAlarms() throws {
        let profile = try profile(
            """
            profile: own
            extends: RFC1628
            remove: [battery.temperature]
            alarms:
              flags:
                - {object: 1.3.6.1.4.1.99.1.0, bit: 2, alarm: fanDoor, title: The fan's door is open, severity: warning}
                - {object: 1.3.6.1.4.1.99.1.0, bit: 3, alarm: upsAlarmOverload}
            points:
              - {variable: battery.voltage, object: 1.3.6.1.2.1.33.1.2.5.0, scale: whole}
              - {variable: ups.fan.current, object: 1.3.6.1.4.1.99.2.0, scale: 1/4, unit: A, absent: [255]}
            """)
        #expect(profile.generation == .rfc1628)
        #expect(profile.base == "RFC1628")
        let card = CardIdentity(generation: .rfc1628)
        let bindings = [
            VariableBinding(base.appending(2, 5, 0), .integer(54)), VariableBinding(base.appending(2, 7, 0), .integer(25)),
            VariableBinding(base.appending(4, 1, 0), .integer(3)), VariableBinding(base.appending(6, 1, 0), .gauge32(1)),
            VariableBinding(base.appending(6, 2, 1, 2, 1), .objectIdentifier(base.appending(6, 3, 2))),
            VariableBinding("1.3.6.1.4.1.99.1.0", .integer(0b1100)), VariableBinding("1.3.6.1.4.1.99.2.0", .gauge32(10)),
        ]
        let state = DeviceState(bindings, from: card, by: profile)
        #expect(state.readings == [.batteryVoltage: 54, Variable("ups.fan.current"): 2.5])
        #expect(state.outputSource == .normal)
        #expect(state.alarms.map(\.name).sorted() == ["fanDoor", "upsAlarmOnBattery", "upsAlarmOverload"])
        #expect(OperatingStatus(state) == .critical)
        let absent = DeviceState([VariableBinding("1.3.6.1.4.1.99.2.0", .gauge32(255))], from: card, by: profile)
        #expect(absent.readings.isEmpty)
    }

    @Test func enumerationsOfAnExtensionReplaceTheBases() throws {
        let profile = try profile(
            """
            profile: own
            extends: RFC1628
            outputSource: {object: 1.3.6.1.4.1.99.3.0, values: {10: normal, 20: battery}}
            """)
        let card = CardIdentity(generation: .rfc1628)
        let both = [VariableBinding(base.appending(4, 1, 0), .integer(3)), VariableBinding("1.3.6.1.4.1.99.3.0", .integer(20))]
        #expect(DeviceState(both, from: card, by: profile).outputSource == .battery)
        #expect(DeviceState(Array(both.prefix(1)), from: card, by: profile).outputSource == nil)
        let plan = ReadPlan(for: card, by: profile, probed: [])
        #expect(plan.status.contains("1.3.6.1.4.1.99.3.0") && !plan.status.contains(base.appending(4, 1, 0)))
    }

    @Test func extendingInACircleOrFromNothingIsToldOnce() throws {
        let files = try ["a": "b", "b": "a", "c": "nothing", "d": "RFC1628"].sorted { $0.key < $1.key }.map { name, base in
            try ProfileFile("profile: \(name)\nextends: \(base)\n", path: "\(name).yaml")
        }
        let (profiles, problems) = ProfileFile.resolve(files)
        #expect(profiles.map(\.name) == ["d"])
        #expect(problems.map(\.file) == ["a.yaml", "b.yaml", "c.yaml"])
        #expect(problems.allSatisfy { $0.line == 2 && $0.key == "extends" })
        #expect(problems[2].reason.contains("RFC1628"))
    }

    @Test func namesAreTakenOnce() throws {
        let files = try ["NV8", "x", "x"].enumerated().map { number, name in
            try ProfileFile("profile: \(name)\nextends: RFC1628\n", path: "\(number).yaml")
        }
        let (profiles, problems) = ProfileFile.resolve(files)
        #expect(profiles.map(\.name) == ["x"])
        #expect(problems.map(\.file) == ["0.yaml", "2.yaml"])
    }

    /// Short texts that grow: refused before they do harm.
    @Test func greedyDocumentsAreRefused() {
        let aliases =
            "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
            + (1...8).map {
                "b\($0): &b\($0) [" + Array(repeating: $0 == 1 ? "*a" : "*b\($0 - 1)", count: 10).joined(separator: ",") + "]\n"
            }.joined()
        for text in [
            aliases, String(repeating: "[", count: 200_000), String(repeating: "- ", count: 50_000), String(repeating: "x", count: 300_000),
        ] {
            #expect(throws: ProfileProblem.self) { try ProfileFile(text, path: "x.yaml") }
        }
    }

    /// Every prefix and every change of one character is a profile or a problem with words.
    @Test func anyFileIsReadOrRefused() throws {
        let text = try #require(ProfileLibrary.builtIn.profile(named: "STS")).yaml.prefix(3000)
        var random = LinearRandom(state: 7)
        for length in stride(from: 0, to: text.count, by: 61) { attempt(String(text.prefix(length))) }
        for _ in 0..<200 {
            var bytes = Array(text.utf8)
            bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next() % 128)
            attempt(String(decoding: bytes, as: UTF8.self))
        }
    }

    private func attempt(_ text: String) {
        do {
            _ = try ProfileFile(text, path: "x.yaml")
        } catch {
            #expect(!error.reason.isEmpty)
        }
    }
}

private struct LinearRandom {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}
