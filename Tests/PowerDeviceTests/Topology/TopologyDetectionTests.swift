import PowerDevice
import Testing

@Suite struct TopologyDetectionTests {
    private func vuMap(_ values: [String: UInt16]) -> Topology {
        Topology(of: DeviceMap.vuMap.fixture([], values: values), map: .vuMap)
    }

    private func jbusp(_ type: UInt16, _ codes: [String] = [], modules: UInt16 = 1) -> Topology {
        Topology(of: DeviceMap.jbusp.fixture(codes, values: ["I00": type, "I02": modules]), map: .jbusp)
    }

    @Test func singleHasItsLines() {
        for (phases, lines) in [(0x0101 as UInt16, (1, 1)), (0x0301, (3, 1)), (0x0303, (3, 3))] {
            let topology = vuMap(["T007": phases])
            #expect(topology == Topology(kind: .single, inputLines: lines.0, outputLines: lines.1))
            #expect(topology.slaves == [1])
        }
        #expect(jbusp(31) == Topology(kind: .single, inputLines: 1, outputLines: 1))
        #expect(jbusp(87) == Topology(kind: .single, inputLines: 3, outputLines: 1))
        #expect(jbusp(257) == Topology(kind: .single, inputLines: 3, outputLines: 3))
    }

    @Test func converterHasNoBattery() {
        #expect(vuMap(["T010": 0]).kind == .converter)
        #expect(vuMap(["T010": 0, "T009": 1 << 6]).kind == .converter)
        var file = DeviceMap.jbusp.quietRegisters()
        file[0x1064] = Measurement.notManaged
        #expect(Topology(of: file, map: .jbusp).kind == .converter)
    }

    @Test func moduleHasNoBypass() {
        #expect(vuMap(["T009": 1 << 6]).kind == .module)
        for type in [20, 28, 82, 88, 258] as [UInt16] { #expect(jbusp(type).kind == .module) }
    }

    @Test func modularCabinetHasModulesAtTheirPlaces() {
        for code in [0x0801, 0x0901] as [UInt16] {
            let topology = vuMap(["T001": code, "T002": 3, "T003": 0b1010_0001])
            #expect(topology.kind == .modular && topology.modules == [1, 6, 8] && topology.units.isEmpty)
        }
        #expect(vuMap(["T001": 0x0801, "T002": 8, "T003": 0xFF]).modules == Array(1...8))
        #expect(vuMap(["T001": 0x0801, "T002": 4, "T003": 0]).modules == [1, 2, 3, 4])
        #expect(jbusp(22, modules: 5) == Topology(kind: .modular, inputLines: 1, outputLines: 1, modules: [1, 2, 3, 4, 5]))
        #expect(jbusp(22, modules: 20).modules == Array(1...8))
    }

    @Test func parallelUnitsHaveSlavesOfTheirOwn() {
        let topology = vuMap(["T001": 0x0601, "T002": 3, "T003": 0b1011])
        #expect(topology.kind == .parallelDistributedBypass && topology.units == [1, 2, 4] && topology.slaves == [1, 2, 3, 5])
        #expect(vuMap(["T001": 0x0601, "T002": 10, "T003": 0xFF]).units == Array(1...10))
        #expect(vuMap(["T001": 0x0601, "T002": 9, "T003": 0b1011]).units == [1, 2, 4, 9])
        #expect(vuMap(["T001": 0x0601, "T002": 4, "T003": 0b11]).units == [1, 2])
        #expect(vuMap(["T001": 0x0601, "T002": 15, "T003": 0xFF]).units == Array(1...10))
        let old = jbusp(256, ["S30", "S32", "S33", "S37"], modules: 3)
        #expect(old.kind == .parallelDistributedBypass && old.units == [1, 2, 6])
        #expect(jbusp(1014, ["S30", "S32", "S33"]).kind == .parallelDistributedBypass)
    }

    @Test func centralisedBypassIsNoUnit() {
        let topology = vuMap(["T001": 0x0701, "T002": 2, "T003": 0b10_0000_0000_0011])
        #expect(topology.kind == .parallelCentralisedBypass && topology.units == [1, 2])
        #expect(vuMap(["T001": 0x0601, "T002": 2, "T003": 0b10_0000_0000_0011]).kind == .parallelCentralisedBypass)
        for type in [1016, 1017, 1020, 1021] as [UInt16] {
            #expect(jbusp(type, ["S30", "S32", "S33"]).kind == .parallelCentralisedBypass)
        }
    }

    @Test func modularParallelNumbersItsModulesThrough() {
        let system = DeviceMap.vuMap.fixture([], values: ["T001": 0x0608, "T002": 4, "T003": 0b1111])
        let unit = DeviceMap.vuMap.fixture([], values: ["T001": 0x0801, "T002": 2, "T003": 0b10_0001])
        let topology = Topology(of: system, map: .vuMap, units: [1: unit, 2: unit, 4: unit])
        #expect(topology.kind == .modularParallel && topology.units == [1, 2, 3, 4])
        #expect(topology.modules == [1, 6, 7, 12, 19, 24])
        #expect(topology.modules(ofUnit: 4).map(\.place) == [1, 6])
        #expect(Topology(of: system, map: .vuMap).modules.isEmpty)
        let two = Topology(
            of: DeviceMap.vuMap.fixture([], values: ["T001": 0x0608, "T002": 2, "T003": 0b11]), map: .vuMap,
            units: [2: DeviceMap.vuMap.fixture([], values: ["T002": 1, "T003": 0x80])])
        #expect(two.modules == [16])
        let old = jbusp(22, ["S30", "S32", "S33"], modules: 5)
        #expect(old.kind == .modularParallel && old.units == [1, 2] && old.modules == [1, 2, 3, 9, 10])
    }

    @Test func transferSystemIsOne() {
        #expect(Topology(of: DeviceMap.sts.quietRegisters(), map: .sts).kind == .transferSystem)
    }

    @Test func unknownRegistersAreASingleDevice() {
        for map in [DeviceMap.vuMap, .jbusp] {
            let topology = Topology(of: map.emptyRegisters, map: map)
            #expect(topology.kind == .single && topology.units.isEmpty && topology.modules.isEmpty)
        }
        #expect(vuMap(["T001": 0x1234, "T003": 0xFFFF]).units.isEmpty)
    }
}
