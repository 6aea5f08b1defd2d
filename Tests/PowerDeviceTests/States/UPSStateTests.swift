import PowerDevice
import Testing

@Suite struct UPSStateTests {
    struct Row<Value: Sendable>: Sendable, CustomTestStringConvertible {
        let map: String
        let codes: [String]
        let value: Value
        var testDescription: String { "\(map) \(codes) \(value)" }

        init(_ map: String, _ codes: String, _ value: Value) {
            self.map = map
            self.codes = codes.split(separator: " ").map(String.init)
            self.value = value
        }
    }

    private func state(_ map: String, _ codes: [String]) throws -> UPSState {
        let map = try #require(DeviceMap.named(map))
        return try #require(map.upsState(codes))
    }

    static let statuses: [Row<UPSStatus>] = [
        Row("VU-MAP", "S009", .inService), Row("VU-MAP", "S003", .onMaintenanceBypass), Row("VU-MAP", "A000", .imminentStop),
        Row("VU-MAP", "S030", .autoTest), Row("VU-MAP", "A019", .onBattery), Row("VU-MAP", "S034", .batteryTest),
        Row("VU-MAP", "S000", .protectedByInverter), Row("VU-MAP", "S001", .normalMode), Row("VU-MAP", "S006", .ecoMode),
        Row("VU-MAP", "S082", .lineInteractive), Row("VU-MAP", "S002", .onBypass), Row("VU-MAP", "S012", .available),
        Row("VU-MAP", "S013", .onStandby), Row("VU-MAP", "S004", .loadOff), Row("VU-MAP", "", .unknown),
        Row("VU-MAP", "S000 S011 S012 S032", .protectedByInverter), Row("VU-MAP", "S002 S006", .ecoMode),
        Row("VU-MAP", "S000 A019 S034", .onBattery), Row("VU-MAP", "S004 S013", .onStandby),
        Row("JBUSP", "S48", .inService), Row("JBUSP", "A08", .onMaintenanceBypass), Row("JBUSP", "A31", .imminentStop),
        Row("JBUSP", "S05", .onBattery), Row("JBUSP", "S10", .batteryTest), Row("JBUSP", "S03", .protectedByInverter),
        Row("JBUSP", "S07", .ecoMode), Row("JBUSP", "S04", .onBypass), Row("JBUSP", "S08", .onStandby), Row("JBUSP", "", .loadOff),
        Row("JBUSP", "S03 S05", .onBattery), Row("JBUSP", "S04 S07", .ecoMode),
    ]

    @Test(arguments: statuses) func statusFollowsItsBit(_ row: Row<UPSStatus>) throws {
        #expect(try state(row.map, row.codes).status == row.value)
    }

    /// Rows in order of priority: each beats all after it.
    @Test(arguments: ["VU-MAP", "JBUSP"]) func theManualsOrderIsThePriority(_ map: String) throws {
        let singles = Self.statuses.filter { $0.map == map && $0.codes.count == 1 }
        for (index, row) in singles.enumerated() {
            let later = singles[index...].flatMap(\.codes)
            #expect(try state(map, later).status == row.value)
        }
        let order = UPSStatus.allCases.filter { status in singles.contains { $0.value == status } }
        #expect(singles.map(\.value) == order)
    }

    static let outputs: [Row<OutputState>] = [
        Row("VU-MAP", "S003", .onMaintenanceBypass), Row("VU-MAP", "S000", .protectedByInverter), Row("VU-MAP", "S001", .normalMode),
        Row("VU-MAP", "S006", .ecoMode), Row("VU-MAP", "S002", .onBypass), Row("VU-MAP", "S082", .lineInteractive),
        Row("VU-MAP", "S013", .onStandby), Row("VU-MAP", "S004", .loadOff), Row("VU-MAP", "", .unknown),
        Row("JBUSP", "A08", .onMaintenanceBypass), Row("JBUSP", "S03", .protectedByInverter), Row("JBUSP", "S07", .ecoMode),
        Row("JBUSP", "S04", .onBypass), Row("JBUSP", "S08", .onStandby), Row("JBUSP", "", .loadOff),
    ]

    @Test(arguments: outputs) func outputFollowsItsBit(_ row: Row<OutputState>) throws {
        #expect(try state(row.map, row.codes).output == row.value)
        let later = Self.outputs.drop { $0.map != row.map || $0.value != row.value }.filter { $0.map == row.map }
        #expect(try state(row.map, later.flatMap(\.codes)).output == row.value)
    }

    static let batteries: [Row<BatteryState>] = [
        Row("VU-MAP", "A016", .disconnected), Row("VU-MAP", "S083", .disconnected), Row("VU-MAP", "A017", .discharged),
        Row("VU-MAP", "A018", .low), Row("VU-MAP", "A019", .discharging), Row("VU-MAP", "S039", .toInput),
        Row("VU-MAP", "A027", .alarm), Row("VU-MAP", "A021", .roomAlarm), Row("VU-MAP", "A020", .temperatureAlarm),
        Row("VU-MAP", "S034", .testRunning), Row("VU-MAP", "S036", .charging), Row("VU-MAP", "S032", .ok), Row("VU-MAP", "", .ok),
        Row("JBUSP", "A59", .disconnected), Row("JBUSP", "S16", .discharged), Row("JBUSP", "A49", .discharged),
        Row("JBUSP", "S15", .low), Row("JBUSP", "S05", .discharging), Row("JBUSP", "A01", .alarm), Row("JBUSP", "A47", .roomAlarm),
        Row("JBUSP", "S10", .testRunning), Row("JBUSP", "S27", .charging), Row("JBUSP", "S17", .ok), Row("JBUSP", "", .ok),
    ]

    @Test(arguments: batteries) func batteryFollowsItsBit(_ row: Row<BatteryState>) throws {
        #expect(try state(row.map, row.codes).battery == row.value)
        let later = Self.batteries.drop { $0.map != row.map || $0.value != row.value }.filter { $0.map == row.map }
        #expect(try state(row.map, later.flatMap(\.codes)).battery == row.value)
    }

    static let parts: [Row<(rectifier: ComponentState, inverter: ComponentState, bypass: ComponentState)>] = [
        Row("VU-MAP", "", (.off, .off, .off)), Row("VU-MAP", "S049 S052 S057", (.on, .on, .on)), Row("VU-MAP", "S002", (.off, .off, .on)),
        Row("VU-MAP", "S049 A033 S052 A041 A049", (.preventive, .preventive, .preventive)),
        Row("VU-MAP", "S049 A032 A033 A040 A041 A048 A049", (.critical, .critical, .critical)),
        Row("JBUSP", "", (.off, .off, .off)), Row("JBUSP", "S02 S01 S04", (.on, .on, .on)),
        Row("JBUSP", "S02 A23 S01 A25 A29", (.preventive, .preventive, .preventive)),
        Row("JBUSP", "A52 A23 A54 A25 A62 A29", (.critical, .critical, .critical)),
    ]

    @Test(arguments: parts.indices) func partsAreTheGravestThatHolds(_ index: Int) throws {
        let row = Self.parts[index]
        let state = try state(row.map, row.codes)
        #expect(state.rectifier == row.value.rectifier && state.inverter == row.value.inverter && state.bypass == row.value.bypass)
    }

    @Test func suppliesAndTransferAreTold() throws {
        #expect(try state("VU-MAP", []).rectifierSupply == .notPresent)
        #expect(try state("VU-MAP", ["S048", "S056"]).rectifierSupply == .present)
        #expect(try state("VU-MAP", ["S048", "A035"]).rectifierSupply == .outOfTolerance)
        #expect(try state("VU-MAP", ["S056", "A050"]).bypassSupply == .outOfTolerance)
        #expect(try state("JBUSP", ["S00", "A05"]).rectifierSupply == .outOfTolerance)
        #expect(try state("JBUSP", ["S26", "S28"]).bypassSupply == .outOfTolerance)
        #expect(try state("JBUSP", ["S26"]).bypassSupply == .present)
        #expect(try state("VU-MAP", []).transfer == .possible)
        #expect(try state("VU-MAP", ["A004"]).transfer == .impossible)
        #expect(try state("VU-MAP", ["A003", "A004"]).transfer == .locked)
        #expect(try state("VU-MAP", ["S085"]).transfer == .locked)
        #expect(try state("JBUSP", ["A46"]).transfer == .impossible)
        #expect(try state("JBUSP", ["A45"]).transfer == .locked)
    }

    @Test func gensetIsAbsentUnlessManaged() throws {
        #expect(try state("VU-MAP", []).genset == nil)
        #expect(DeviceMap.vuMap.upsState([], values: ["T008": 8])?.genset == .off)
        #expect(try state("VU-MAP", ["S023"]).genset == .on)
        #expect(try state("VU-MAP", ["S023", "A036"]).genset == .preventive)
        #expect(try state("JBUSP", []).genset == nil)
        #expect(try state("JBUSP", ["S46"]).genset == .on)
        #expect(try state("JBUSP", ["A56"]).genset == .preventive)
    }

    @Test func whatADeviceDoesNotHaveIsAbsent() throws {
        let map = DeviceMap.vuMap
        #expect(map.upsState([], values: ["T010": 0])?.battery == nil)
        #expect(map.upsState([], values: ["T009": 1 << 6])?.bypass == nil)
        #expect(map.upsState(["S056"], values: ["T009": 1 << 6])?.bypassSupply == nil)
        #expect(map.upsState([], values: ["T009": 1 << 7])?.hasMaintenanceBypass == false)
        #expect(map.upsState(["S003"], values: ["T009": 1 << 7])?.hasMaintenanceBypass == true)
        #expect(DeviceMap.jbusp.upsState([], values: ["I00": 258])?.bypass == nil)
        #expect(DeviceMap.jbusp.upsState([], values: ["I00": 31])?.hasMaintenanceBypass == false)
        #expect(DeviceMap.jbusp.upsState([])?.hasMaintenanceBypass == true)
    }

    @Test(arguments: ["VU-MAP", "JBUSP"]) func silenceIsUnknown(_ name: String) throws {
        let map = try #require(DeviceMap.named(name))
        let state = try #require(map.upsState(of: map.emptyRegisters, snapshot: map.silentSnapshot()))
        #expect(state == UPSState(battery: .unknown))
        #expect(DeviceTree.Status(state) == .unknown)
        #expect(map.stsState(of: map.emptyRegisters, snapshot: map.silentSnapshot()) == nil)
    }

    @Test func everyRuleReadsCodesOfItsMap() {
        for map in DeviceMap.all {
            let missing = map.stateRules.codes.filter { map[$0] == nil }
            #expect(missing.isEmpty, "\(map.name) has no \(missing)")
        }
    }
}
