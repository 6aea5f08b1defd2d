import PowerDevice
import Testing

@Suite struct JBUSPSnapshotTests {
    private let map = DeviceMap.jbusp

    /// A MASTERYS 3/3 of 60 kVA in normal operation; what it does not measure is -1.
    private func registers(type: UInt16 = 257) -> RegisterFile {
        var file = map.registers(["S00", "S01", "S02", "S03", "S17", "S26"])
        file.store([type, 600, 1, 0x3450, 0x3237, 0x3937, 0x3033, 0x3330], at: 0x1000)
        file.store(Array(repeating: 0xFFFF, count: 48), at: 0x1060)
        file.store([20, 21, 22, 21, 100, 650, 228, 229, 230, 231, 232, 233, 29, 30, 31, 199, 200, 201, 499, 500, 5448], at: 0x1060)
        file.store([21, 30, 0xFFF6], at: 0x1076)
        file.store([226, 227, 228, 126, 45, 46, 47, 7, 8, 9, 501], at: 0x1081)
        file.store([230, 231, 50, 60, 123, 0, 0, 0, 650, 0, 2], at: 0x10E0)
        return file
    }

    private func value(_ name: String, _ state: DeviceState) -> Double? { state.readings[Variable(name)] }

    @Test func plateIsRead() {
        let plate = map.snapshot(of: registers()).plate
        #expect(plate.model == "MASTERYS 3/3 UPS" && plate.deviceCode == 257 && plate.serial == "P472793003")
        #expect(plate.nominalPower == 60000 && plate.nominalRealpower == nil && plate.modules == 1 && plate.plugs == 2)
        #expect(plate.firmware == "1.23" && plate.inputLines == 3 && plate.outputLines == 3 && plate.bypassLines == 3)
        #expect(plate.hasBattery && !plate.isDecimal)
        #expect(plate.ratings[.inputVoltageNominal] == 230 && plate.ratings[.outputVoltageNominal] == 231)
        #expect(plate.ratings[.inputFrequencyNominal] == 50 && plate.ratings[.outputFrequencyNominal] == 60)
        #expect(plate.ratings[.batteryCapacityNominal] == 65)
    }

    @Test func readingsHaveTheirUnits() {
        let state = map.snapshot(of: registers()).state
        #expect(value("ups.load", state) == 21 && value("output.L3.power.percent", state) == 22)
        #expect(value("battery.charge", state) == 100 && value("battery.capacity", state) == 65)
        #expect(value("input.bypass.L1-N.voltage", state) == 228 && value("output.L2-N.voltage", state) == 232)
        #expect(value("input.L1.current", state) == 29 && value("output.L2.current", state) == 20)
        #expect(value("input.bypass.frequency", state) == 49.9 && value("output.frequency", state) == 50)
        #expect(value("battery.voltage", state) == 544.8 && value("battery.2.voltage", state) == nil)
        #expect(value("ambient.temperature", state) == 21 && value("battery.runtime", state) == 1800)
        #expect(value("battery.current", state) == -1 && value("input.L3-N.voltage", state) == 228)
        #expect(value("ups.realpower", state) == 12600 && value("output.L3.power", state) == 4700)
        #expect(value("input.frequency", state) == 50.1)
        #expect(value("ups.power.nominal", state) == 60000 && value("input.voltage.nominal", state) == 230)
        #expect(value("battery.capacity.nominal", state) == 65 && value("output.frequency.nominal", state) == 60)
        #expect(!state.readings.values.contains { $0 == 7 || $0 == 8 || $0 == 9 }, "M40 to M42 feed no reading")
        #expect(state.outputSource == .inverter && state.batteryStatus == .normal && state.alarms.isEmpty)
        #expect(OperatingStatus(state) == .normal && state.transfer == nil)
    }

    @Test func inputFrequencyIsThatOfTheBypassWhereItIsNotMeasured() {
        var file = registers()
        file[0x108B] = 0xFFFF
        #expect(value("input.frequency", map.snapshot(of: file).state) == 49.9)
        file[0x1072] = 0xFFFF
        #expect(value("input.frequency", map.snapshot(of: file).state) == nil)
    }

    @Test(
        arguments: [
            (31, 1, 1), (30, 1, 1), (87, 3, 1), (89, 3, 1), (256, 3, 3), (1021, 3, 3), (0, 1, 1), (25, 1, 1), (90, 3, 1), (700, 3, 3),
        ] as [(UInt16, Int, Int)]) func linesFollowTheType(type: UInt16, input: Int, output: Int)
    {
        let state = map.snapshot(of: registers(type: type)).state
        #expect(state.inputLines == input && state.outputLines == output && state.bypassLines == output)
        #expect((value("output.voltage", state) == 231) == (output == 1))
        #expect((value("input.L1-N.voltage", state) == 226) == (input == 3))
    }

    @Test func zeroAndNotManagedAreNoRatings() {
        var file = registers()
        file.store([0, 0xFFFF, 0xFFFE, 0], at: 0x10E0)
        file[0x1001] = 0
        file[0x10E4] = 0
        file[0x10EA] = 0xFFFF
        let plate = map.snapshot(of: file).plate
        #expect(plate.ratings == [.batteryCapacityNominal: 65] && plate.firmware == nil && plate.plugs == nil)
    }

    @Test func aDeviceWithoutBatteryWordsIsAConverter() {
        var file = registers()
        for address in [0x1064, 0x1065, 0x1074, 0x1077] as [UInt16] { file[address] = 0xFFFF }
        file[0x1021] = 0
        let snapshot = map.snapshot(of: file)
        #expect(!snapshot.plate.hasBattery && snapshot.state.batteryStatus == .unknown)
    }

    struct Source: Sendable {
        let set: [PointCode]
        let source: OutputSource
    }

    @Test(arguments: [
        Source(set: [], source: .off), Source(set: ["S08"], source: .standby), Source(set: ["S03"], source: .inverter),
        Source(set: ["S03", "S08"], source: .inverter), Source(set: ["S04", "S03"], source: .bypass),
        Source(set: ["S04", "S07"], source: .eco), Source(set: ["A08", "S04", "S07"], source: .maintenanceBypass),
    ]) func outputSourceFollowsItsPriority(row: Source) {
        #expect(map.snapshot(of: map.registers(row.set)).state.outputSource == row.source)
    }

    struct Battery: Sendable {
        let set: [PointCode]
        let status: BatteryStatus
    }

    @Test(arguments: [
        Battery(set: [], status: .normal), Battery(set: ["S17"], status: .normal), Battery(set: ["S27", "S17"], status: .charging),
        Battery(set: ["S10", "S27"], status: .test), Battery(set: ["A01", "S10"], status: .failure),
        Battery(set: ["S05", "A01"], status: .discharging), Battery(set: ["S15", "S05"], status: .low),
        Battery(set: ["S16", "S15"], status: .depleted), Battery(set: ["A49", "S15"], status: .depleted),
        Battery(set: ["A59", "A49"], status: .disconnected),
    ]) func batteryStatusFollowsItsPriority(row: Battery) {
        #expect(map.snapshot(of: map.registers(row.set)).state.batteryStatus == row.status)
    }

    @Test func conditionsAreTheManagedAlarmsAndWhatOtherMapsHaveAlarmsFor() {
        let all = map.snapshot(of: map.registers(map.bits)).conditions
        let alarms = JBUSP.alarms.filter { $0.level != nil }
        #expect(all.map(\.code) == ["S05", "S14", "S15", "S16"] + alarms.map(\.code))
        #expect(all.count == 4 + 43)
        #expect(all.first { $0.code == "A31" }?.level == .critical && all.first { $0.code == "S15" }?.level == .critical)
        #expect(all.allSatisfy { !$0.title.isEmpty && $0.title != $0.code.rawValue })
    }

    @Test func unreadWordsTellNothing() {
        #expect(!map.snapshot(of: map.emptyRegisters).state.isCommunicating)
        var file = map.emptyRegisters
        file.store(Array(repeating: 0, count: 48), at: 0x1060)
        let state = map.snapshot(of: file).state
        #expect(state.isCommunicating && state.outputSource == .unknown && state.batteryStatus == .unknown && state.alarms.isEmpty)
        #expect(OperatingStatus(state) == .unknown)
        #expect(map.traps.values.allSatisfy { !map.holds($0, in: file) })
    }
}
