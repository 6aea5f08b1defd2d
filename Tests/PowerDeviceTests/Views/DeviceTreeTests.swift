import PowerDevice
import Testing

@Suite struct DeviceTreeTests {
    private let map = DeviceMap.vuMap

    private func status(_ codes: String...) throws -> DeviceTree.Status { DeviceTree.Status(try #require(map.upsState(codes))) }

    @Test func gravestAlarmDecides() throws {
        #expect(try status("S000") == .operating)
        #expect(try status("S011") == .operating)
        #expect(try status("S012") == .onStandby)
        #expect(try status("S013") == .onStandby)
        #expect(try status("S000", "A015") == .operatingWithAlarm)
        #expect(try status("S000", "A015", "A032") == .critical)
        #expect(try status("S000", "A015", "A032", "A000") == .imminentStop)
        #expect(try status("S000", "A008") == .operating)
        #expect(try status() == .unknown)
    }

    @Test func batteryHasFourStates() throws {
        let states: [(String, DeviceTree.Battery)] = [
            ("A016", .disconnected), ("A017", .alarm), ("A018", .alarm), ("A019", .discharging), ("S039", .discharging), ("A027", .alarm),
            ("A020", .alarm), ("A021", .alarm), ("S034", .discharging), ("S036", .ok), ("S032", .ok),
        ]
        for (code, battery) in states {
            let state = try #require(map.upsState([code]))
            #expect(state.battery.flatMap { DeviceTree.Battery($0) } == battery, "\(code)")
        }
    }

    @Test func singleDeviceIsOneRow() {
        let tree = DeviceTree(Topology(), map: map, system: map.fixture("S000", "S007", "S032"))
        #expect(tree.rows == [.init(.device, .operating, battery: .ok, isEnergySaving: true)])
    }

    @Test func modulesComeFromTheSynthesis() {
        let cabinet = map.fixture("S000", "S096", "S098", "A098", "A115", "S116", values: ["T001": 0x0801, "T002": 5, "T003": 0b1_1111])
        let tree = DeviceTree(Topology(of: cabinet, map: map), map: map, system: cabinet)
        #expect(
            tree.rows.map(\.status) == [.critical, .operating, .onStandby, .operatingWithAlarm, .imminentStop, .onStandby])
        #expect(tree[.module(4, unit: nil)]?.isFlashing == true && tree[.module(1, unit: nil)]?.battery == nil)
    }

    @Test func parallelSystemHasItsUnits() {
        let topology = Topology(kind: .parallelDistributedBypass, units: [1, 2, 3])
        let system = map.fixture("S000", "S096", "A097")
        let tree = DeviceTree(topology, map: map, system: system, units: [1: map.fixture("S000", "A019"), 3: map.emptyRegisters])
        #expect(tree.rows.map(\.level) == [.system, .unit(1), .unit(2), .unit(3)])
        #expect(tree[.system]?.battery == nil)
        #expect(tree[.unit(1)] == .init(.unit(1), .operatingWithAlarm, battery: .discharging))
        #expect(tree[.unit(2)]?.status == .operatingWithAlarm)
        #expect(tree[.unit(3)]?.status == .unknown)
    }

    @Test func selectedUnitStandsAlone() {
        let topology = Topology(kind: .parallelDistributedBypass, units: [1, 2])
        let tree = DeviceTree(topology, map: map, system: map.fixture("S000"), units: [2: map.fixture("S012")], selection: 2)
        #expect(tree.rows.map(\.level) == [.unit(2)] && tree.rows.first?.status == .onStandby)
    }

    @Test func modularParallelHasThreeLevels() {
        let system = map.fixture("S000", "S096", values: ["T001": 0x0608, "T002": 2, "T003": 0b11])
        let unit = map.fixture("S000", "S097", values: ["T001": 0x0801, "T002": 2, "T003": 0b110])
        let topology = Topology(of: system, map: map, units: [1: unit, 2: unit])
        let tree = DeviceTree(topology, map: map, system: system, units: [1: unit, 2: unit])
        #expect(
            tree.rows.map(\.level) == [
                .system, .unit(1), .module(2, unit: 1), .module(3, unit: 1), .unit(2), .module(10, unit: 2), .module(11, unit: 2),
            ])
        #expect(tree[.module(10, unit: 2)]?.status == .operating && tree[.module(11, unit: 2)]?.status == .onStandby)
    }

    @Test func unreadJBUSPUnitsFollowTheSystem() {
        let jbusp = DeviceMap.jbusp
        let topology = Topology(kind: .parallelDistributedBypass, units: [1, 2])
        let tree = DeviceTree(topology, map: jbusp, system: jbusp.fixture("S03", "A33"))
        #expect(tree[.unit(1)]?.status == .operating && tree[.unit(2)]?.status == .operatingWithAlarm)
    }

    @Test func transferSystemHasNoBattery() {
        let sts = DeviceMap.sts
        let tree = DeviceTree(Topology(kind: .transferSystem), map: sts, system: sts.fixture("STS:0x0141.1"))
        #expect(tree.rows == [.init(.device, .operating)])
        #expect(DeviceTree.Status(STSState(status: .imminentStop, facts: [.imminentStop], alarmLevel: .critical)) == .imminentStop)
        #expect(DeviceTree.Status(STSState(status: .loadOff, facts: [])) == .onStandby)
    }

    @Test func selectionChoosesTheData() {
        let units = [1: "one", 2: "two"]
        #expect(DataUnitSelection(0).choose(system: "system", units: units) == "system")
        #expect(DataUnitSelection(2).choose(system: "system", units: units) == "two")
        #expect(DataUnitSelection(3).choose(system: "system", units: units) == nil)
        #expect(DataUnitSelection(3).choose(system: "device", units: [:]) == "device")
        #expect(DataUnitSelection(13) == .system && DataUnitSelection(-1) == .system)
        let topology = Topology(kind: .parallelDistributedBypass, units: [1, 2, 3])
        #expect(DataUnitSelection.system.slaves(of: topology) == [1, 2, 3, 4])
        #expect(DataUnitSelection(3).slaves(of: topology) == [1, 4])
        #expect(DataUnitSelection(4).slaves(of: topology) == [1])
    }
}
