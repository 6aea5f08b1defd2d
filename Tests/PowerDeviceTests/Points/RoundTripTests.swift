import PowerDevice
import Testing

/// Random devices: what they are becomes registers, and the registers become the same again.
@Suite struct RoundTripTests {
    struct Run: Sendable, CustomTestStringConvertible {
        let map: String
        let seed: UInt64
        var testDescription: String { "\(map) \(seed)" }
    }

    static let runs = DeviceMap.all.flatMap { map in (1...40).map { Run(map: map.name, seed: $0) } }

    /// A device made of random values: its registers, and the readings that were written into them.
    private struct Device {
        var registers: RegisterFile
        var readings: [Variable: Double] = [:]
        var bits: Set<PointCode> = []

        init(_ map: DeviceMap, _ lines: (input: Int, output: Int), isDecimal: Bool, _ generator: inout SeededGenerator) {
            bits = Set(map.bits.filter { _ in Bool.random(using: &generator) })
            registers = map.registers(bits)
            for point in map.points {
                guard let measurement = point.measurement else { continue }
                let isManaged = Int.random(in: 0..<10, using: &generator) > 0
                let raw = isManaged ? UInt16.random(in: 0...20000, using: &generator) : 0xFFFF
                registers[point.address] = raw
                guard isManaged, let template = measurement.variable else { continue }
                let supply = measurement.line.map { $0.supply == .input ? lines.input : lines.output } ?? 1
                let line = measurement.line?.number ?? 1
                guard line <= supply, supply > 1 || !template.pattern.contains("{L-L}") else { continue }
                let variable = template.variable(line: line, of: supply)
                guard readings[variable] == nil else { continue }
                let value = measurement.value(raw, isDecimal: isDecimal)
                readings[variable] = value
                // The encoder is the decoder's inverse.
                registers[point.address] = measurement.raw(value, isDecimal: isDecimal)
            }
        }
    }

    @Test(arguments: runs) func randomDevicesComeBack(run: Run) throws {
        let map = try #require(DeviceMap.named(run.map))
        var generator = SeededGenerator(run.seed)
        let isDecimal = run.map == "VU-MAP" && Bool.random(using: &generator)
        let lines = run.map == "STS" ? (3, 3) : [(1, 1), (3, 1), (3, 3)][Int.random(in: 0..<3, using: &generator)]
        var device = Device(map, lines, isDecimal: isDecimal, &generator)
        switch run.map {
        case "VU-MAP":
            device.registers.store([0x0101, 1, 1, 1, 0, 0, UInt16(lines.0 << 8 | lines.1), 0, 0, 1], at: 0x0001)
            device.registers.store([isDecimal ? 1 : 0, 0x8200], at: 0x000E)
        case "JBUSP":
            device.registers[0x1000] = lines == (1, 1) ? 31 : lines == (3, 1) ? 87 : 257
            device.registers[0x1065] = 400  // the battery is there
            device.readings[Variable("battery.capacity")] = 40
            if device.readings[.inputFrequency] == nil { device.readings[.inputFrequency] = device.readings[.bypassFrequency] }
        default:
            device.registers[0x0221] = 230  // three lines
            device.readings[Variable("input.1.L2-N.voltage")] = 230
        }
        let snapshot = map.snapshot(of: device.registers)
        #expect(snapshot.state.readings == device.readings)
        #expect(snapshot.state.inputLines == lines.0 && snapshot.state.outputLines == lines.1)
        for code in map.bits { #expect(map.isSet(code, in: device.registers) == device.bits.contains(code)) }
        let expected = map.wellKnownAlarms.filter { $0.expression?.isTrue { device.bits.contains($0) } ?? false }.map(\.alarm)
        #expect(snapshot.state.alarms == Set(expected))
        #expect(Set(snapshot.conditions.map(\.code)).isSubset(of: device.bits))
    }

    /// Every register as far as it is read: nothing is told that would need what is not.
    @Test(arguments: DeviceMap.all.map(\.name)) func everyPrefixTellsNoMoreThanTheWhole(name: String) throws {
        let map = try #require(DeviceMap.named(name))
        var generator = SeededGenerator(9)
        for _ in 0..<3 {
            let whole = Device(map, (3, 3), isDecimal: false, &generator).registers
            let complete = map.snapshot(of: whole)
            var part = map.emptyRegisters
            for range in map.configurationRanges { part.store(whole.words(in: range) ?? [], at: range.address) }
            for range in map.liveRanges {
                for offset in 0..<UInt16(range.count) {
                    part[range.address + offset] = whole[range.address + offset]
                    let snapshot = map.snapshot(of: part)
                    #expect(snapshot.state.alarms.isSubset(of: complete.state.alarms))
                    #expect(snapshot.rfc1628Alarms.isSubset(of: complete.rfc1628Alarms))
                    #expect(Set(snapshot.conditions).isSubset(of: Set(complete.conditions)))
                }
            }
        }
    }

    @Test(arguments: DeviceMap.all.map(\.name)) func everyWordMayBeAnything(name: String) throws {
        let map = try #require(DeviceMap.named(name))
        var generator = SeededGenerator(77)
        for _ in 0..<300 {
            var registers = map.emptyRegisters
            let gaps = Int.random(in: 0...4, using: &generator)
            for range in map.readPlan + map.optionalRanges {
                for offset in 0..<UInt16(range.count) where Int.random(in: 0...8, using: &generator) >= gaps {
                    registers[range.address + offset] = UInt16.random(in: 0...0xFFFF, using: &generator)
                }
            }
            let snapshot = map.snapshot(of: registers)
            #expect(!snapshot.state.readings.values.contains { !$0.isFinite })
            #expect((1...3).contains(snapshot.state.inputLines) && (1...3).contains(snapshot.state.outputLines))
            _ = OperatingStatus(snapshot.state)
        }
    }

    @Test func mapsAreFoundByName() {
        #expect(DeviceMap.all.map(\.name) == ["VU-MAP", "JBUSP", "STS"])
        #expect(DeviceMap.named("jbusp")?.kind == .ups && DeviceMap.named("STS")?.kind == .sts && DeviceMap.named("VUMAP") == nil)
    }
}
