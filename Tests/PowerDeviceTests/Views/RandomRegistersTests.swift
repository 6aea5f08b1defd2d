import PowerDevice
import Testing

/// Whatever a device answers, everything that is derived from it exists: nothing traps, nothing grows.
@Suite struct RandomRegistersTests {
    /// SplitMix64.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    private func registers(_ map: DeviceMap, _ generator: inout Generator) -> RegisterFile {
        var file = RegisterFile(map.readPlan + map.optionalRanges + map.controlProfiles.flatMap { $0.ranges(beyond: map) })
        let edges: [UInt16] = [0, 1, 0x7FFF, 0x8000, 0xFFFD, 0xFFFE, 0xFFFF, 0x0601, 0x0608, 0x0701, 0x0801]
        for range in map.readPlan + map.controlProfiles.flatMap(\.readable) {
            for address in range.address..<(range.address + UInt16(range.count)) where !Bool.random(using: &generator) || address % 7 != 0 {
                file[address] =
                    Bool.random(using: &generator)
                    ? edges.randomElement(using: &generator) : UInt16.random(in: 0...0xFFFF, using: &generator)
            }
        }
        return file
    }

    @Test(arguments: ["VU-MAP", "JBUSP", "STS"]) func everythingIsDerived(_ name: String) throws {
        let map = try #require(DeviceMap.named(name))
        var generator = Generator(state: 20_261_123)
        for _ in 0..<300 {
            let system = registers(map, &generator)
            let units = Dictionary(uniqueKeysWithValues: (1...12).map { ($0, registers(map, &generator)) })
            let topology = Topology(of: system, map: map, units: units)
            #expect(topology.units.count <= Topology.mostVUMapUnits && topology.modules.count <= Topology.mostModules)
            #expect(topology.units == topology.units.sorted() && Set(topology.modules).count == topology.modules.count)
            let tree = DeviceTree(topology, map: map, system: system, units: units, selection: Int.random(in: 0...12, using: &generator))
            #expect(tree.rows.count <= 1 + Topology.mostVUMapUnits + Topology.mostModules)
            let snapshot = map.snapshot(of: system)
            if let state = map.upsState(of: system, snapshot: snapshot) { check(state, snapshot) }
            if let state = map.stsState(of: system, snapshot: snapshot) {
                #expect(Synoptic.transferSystem(state, snapshot).elements.count <= 18)
                let tables = [ParameterTable.transferSystem(snapshot, state), .transferOutput(snapshot, state), .path(2, snapshot)]
                #expect(tables.allSatisfy(hasNoEmptyRow))
            }
            for profile in map.controlProfiles {
                let offered = profile.offered(on: map, registers: system)
                #expect(offered.contains(.acknowledgeAlarms))
                _ = profile.control(of: .init(0x1580, (0..<5).map { _ in UInt16.random(in: 0...0xFFFF, using: &generator) }))
                _ = profile.control(of: .init(0x0F11, (0..<4).map { _ in UInt16.random(in: 0...0xFFFF, using: &generator) }))
                _ = profile.control(of: .init(0x00CB, (0..<4).map { _ in UInt16.random(in: 0...0xFFFF, using: &generator) }))
            }
        }
    }

    private func check(_ state: UPSState, _ snapshot: DeviceSnapshot) {
        let all = Synoptic.Surroundings(hasNewAlarm: true, isIoTEnabled: true, isBatteryShared: true)
        #expect(Synoptic.unit(state, snapshot, all).elements.count <= 21 && Synoptic.system(state, snapshot, all).elements.count <= 8)
        let tables: [ParameterTable?] = [
            .ups(snapshot, state), .battery(snapshot, state), .output(snapshot, state), .rectifier(snapshot, state),
            .bypass(snapshot, state), .inverter(snapshot, state),
        ]
        #expect(tables.allSatisfy { $0.map(hasNoEmptyRow) ?? true })
    }

    private func hasNoEmptyRow(_ table: ParameterTable) -> Bool {
        table.rows.allSatisfy { row in (1...3).contains(row.values.count) && row.values.contains { $0 != nil } }
    }

    @Test func everySensorWordIsAReadingOrNone() {
        var monitor = EnvironmentMonitor()
        var settings = EnvironmentSettings()
        settings.isEnabled = true
        var generator = Generator(state: 7)
        for _ in 0..<2000 {
            let words = (0..<Int.random(in: 0...6, using: &generator)).map { _ in UInt16.random(in: 0...0xFFFF, using: &generator) }
            let reading = EnvironmentSensor.reading(of: words)
            #expect(monitor.observe(reading, settings: settings).count <= 6)
            if let reading { #expect(EnvironmentSensor.words(of: reading)[1] == words[1]) }
        }
    }
}
