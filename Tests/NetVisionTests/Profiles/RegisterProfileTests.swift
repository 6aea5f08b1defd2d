import NetVision
import PowerDevice
import Testing

@Suite struct RegisterProfileTests {
    private func profile(_ text: String) throws -> CardProfile {
        let (profiles, problems) = ProfileFile.resolve([try ProfileFile(text, path: "x.yaml")])
        #expect(problems == [])
        return try #require(profiles.first)
    }

    /// What a map's rows say as rows of a profile, they say as the map: of any registers.
    @Test(arguments: ["VU-MAP", "JBUSP", "STS"]) func rowsOfAMapReadAsTheMap(_ name: String) throws {
        let original = try #require(ProfileLibrary.builtIn.profile(named: name))
        let map = try #require(original.registers?.map)
        let copy = try #require(try profile(original.yaml.replacing("profile: \(name)\n", with: "profile: copy\n")).registers)
        var random = SystemRandomNumberGenerator()
        for round in 0..<50 {
            var registers = map.emptyRegisters
            for range in map.readPlan + map.optionalRanges {
                for offset in 0..<range.count {
                    let word =
                        round % 2 == 0 ? UInt16.random(in: 0...600, using: &random) : UInt16.random(in: .min ... .max, using: &random)
                    registers[range.address + UInt16(offset)] = Int.random(in: 0..<8, using: &random) == 0 ? 0xFFFF : word
                }
            }
            let snapshot = map.snapshot(of: registers)
            var expected = snapshot.state
            expected.readings = expected.readings.filter { PlausibleRange(of: VariableTemplate($0.key.rawValue)).contains($0.value) }
            #expect(copy.state(of: registers, kind: map.kind, base: snapshot) == expected)
            #expect(copy.ranges.isEmpty)
        }
    }

    private static let document = """
        profile: inverter
        generation: RFC1628
        modbus:
          identity:
            serial: {register: 100, count: 4}
          outputSource: {register: 10, values: {0: off, 1: normal, 2: battery}}
          alarms:
            - {register: 11, bit: 3, alarm: upsAlarmOverload}
            - {register: 11, bit: 15, alarm: upsAlarmCommunicationLost}
          points:
            - {variable: ups.realpower, register: 0x0000, type: s32, scale: whole}
            - {variable: ups.power, register: 2, type: u32low}
            - {variable: battery.temperature, register: 4, type: s16, scale: tenths}
            - {variable: battery.charge, register: 5, absent: [101]}
            - {variable: "output.{L-N}.voltage", register: 6, lines: output, line: 1, scale: tenths}
            - {variable: "output.{L-N}.voltage", register: 7, lines: output, line: 2, scale: tenths}
        """

    private func state(_ words: [UInt16: UInt16]) throws -> DeviceState {
        let registers = try #require(try profile(Self.document).registers)
        var file = RegisterFile(registers.ranges)
        for (address, word) in words { file[address] = word }
        return registers.state(of: file, kind: .ups, base: nil)
    }

    @Test func registersOfAnOwnersProfileAreRead() throws {
        var words: [UInt16: UInt16] = [
            0: 0xFFFF, 1: 0xFF38, 2: 0x0001, 3: 0x0001, 4: 0xFFCE, 5: 88, 6: 2301, 7: 2295, 8: 0, 9: 0, 10: 2, 11: 8,
        ]
        let before = try state(words)
        #expect(before.readings[.realpower] == -200)
        words[0] = 0
        words[1] = 200
        let state = try state(words)
        #expect(
            state.readings == [
                .realpower: 200, .power: 65537, .batteryTemperature: -5, .batteryCharge: 88, Variable("output.L1-N.voltage"): 230.1,
                Variable("output.L2-N.voltage"): 229.5,
            ])
        #expect(state.outputSource == .battery)
        #expect(state.alarms == [.overload])
        #expect(state.outputLines == 2)
        #expect(OperatingStatus(state) == .critical)
    }

    @Test func whatIsNotKnownIsNotShown() throws {
        let nothing = try state([:])
        #expect(!nothing.isCommunicating)
        #expect(OperatingStatus(nothing) == .unknown)
        let words: [UInt16: UInt16] = Dictionary(uniqueKeysWithValues: (0...11).map { ($0, $0 == 10 ? 77 : 0xFFFF) })
        let marks = try state(words)
        #expect(marks.readings.isEmpty)
        #expect(marks.outputSource == .unknown)
        #expect(!marks.isCommunicating && OperatingStatus(marks) == .unknown)
    }

    @Test func blocksAreFewAndSmall() throws {
        let ranges = try #require(try profile(Self.document).registers).ranges
        #expect(ranges == [RegisterRange(0, count: 12), RegisterRange(100, count: 4)])
        let wide = (0..<300).map { "    - {variable: battery.voltage, register: \($0)}\n" }.joined()
        let blocks = try #require(try profile("profile: wide\nmodbus:\n  points:\n\(wide)").registers).ranges
        #expect(blocks.count == 3 && blocks.allSatisfy { $0.count <= 100 })
    }
}
