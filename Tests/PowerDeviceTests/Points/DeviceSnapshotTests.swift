import PowerDevice
import Testing

@Suite struct DeviceSnapshotTests {
    private let map = DeviceMap.vuMap

    /// A MASTERYS BC+ of 40 kVA in normal operation, every measurement that it does not manage at -1.
    private func registers(phases: UInt16 = 0x0303, factor: UInt16 = 1) -> RegisterFile {
        var file = map.emptyRegisters
        for range in map.readPlan { file.store(Array(repeating: 0, count: range.count), at: range.address) }
        file.store(Array(repeating: 0xFFFF, count: 80), at: 0x0040)
        file.store([0x0101, 1, 1, 1, 400, 360, phases, 0, 0, 1, 0, 0, 0, factor, 0x8200], at: 0x0001)
        file.store([0x5031, 0x3732, 0x3739, 0x3330, 0x3033, 0, 0, 0, 0, 0], at: 0x0010)
        file.store([0b1000_0000_0001], at: 0x0030)
        file.store([0b1], at: 0x0032)
        file.store([0b1_0001_0011], at: 0x0033)
        file.store([45, 44, 45, 46, 180, 162], at: 0x0040)
        file.store([230, 231, 232, 500], at: 0x004A)
        file.store([5448], at: 0x0050)
        file.store([100, 400, 23, 0], at: 0x0056)
        file.store([229, 228, 230, 499], at: 0x0060)
        file.store([398, 399, 400], at: 0x0076)
        return file
    }

    @Test func plateIsRead() {
        let plate = map.snapshot(of: registers()).plate
        #expect(plate.model == "MASTERYS BC+" && plate.deviceCode == 0x8200)
        #expect(plate.serial == "P172793003" && plate.reference == nil)
        #expect(plate.nominalPower == 40000 && plate.nominalRealpower == 36000)
        #expect(plate.inputLines == 3 && plate.outputLines == 3 && plate.bypassLines == 3 && plate.hasBattery)
    }

    @Test func threePhaseReadingsHaveTheirLines() {
        let state = map.snapshot(of: registers()).state
        #expect(state.isCommunicating && state.outputSource == .inverter && state.batteryStatus == .normal && state.alarms.isEmpty)
        #expect(state.readings[Variable("output.L2-N.voltage")] == 231)
        #expect(state.readings[Variable("output.L3-L1.voltage")] == 400)
        #expect(state.readings[Variable("output.L1.power.percent")] == 44)
        #expect(state.readings[Variable("input.L3-N.voltage")] == 230)
        #expect(state.readings[.batteryVoltage] == 544.8)
        #expect(state.readings[.power] == 18000 && state.readings[.realpower] == 16200)
        #expect(state.readings[.batteryRuntime] == 1380 && state.readings[.batteryRuntimeElapsed] == 0)
        #expect(state.readings[Variable("battery.capacity")] == 40)
        #expect(state.readings[.powerNominal] == 40000)
        #expect(state.readings[.batteryTemperature] == nil && state.readings[Variable("output.voltage")] == nil)
    }

    @Test func onePhaseReadingsHaveNoLine() {
        let state = map.snapshot(of: registers(phases: 0x0101, factor: 0)).state
        #expect(state.readings[Variable("output.voltage")] == 230 && state.readings[Variable("input.voltage")] == 229)
        #expect(state.readings[Variable("output.power.percent")] == 44)
        #expect(state.readings[.batteryVoltage] == 5448)
        #expect(!state.readings.keys.contains { $0.rawValue.contains("L1") || $0.rawValue.contains("L2") })
    }

    @Test func onePhaseCrestFactorIsTheDevicesWhereManaged() {
        var file = registers(phases: 0x0301)
        file[0x007C] = 31
        #expect(map.snapshot(of: file).state.readings[Variable("output.crestfactor")] == 3.1)
        file[0x004E] = 28
        #expect(map.snapshot(of: file).state.readings[Variable("output.crestfactor")] == 2.8)
    }

    @Test func threeInOneOutFollowsEachSupply() {
        let state = map.snapshot(of: registers(phases: 0x0301)).state
        #expect(state.inputLines == 3 && state.outputLines == 1 && state.bypassLines == 1)
        #expect(state.readings[Variable("input.L1-N.voltage")] == 229 && state.readings[Variable("output.voltage")] == 230)
    }

    @Test func unreadRegistersAreSilence() {
        let snapshot = map.snapshot(of: map.emptyRegisters)
        #expect(!snapshot.state.isCommunicating && snapshot.state.outputSource == .unknown && snapshot.state.batteryStatus == .unknown)
        #expect(snapshot.state.readings.isEmpty && snapshot.state.alarms.isEmpty)
        #expect(OperatingStatus(snapshot.state) == .unknown)
    }

    @Test func everyWordAtItsLimitsDecodes() {
        for word in [0, 0x8000, 0xFFFD, 0xFFFF] as [UInt16] {
            var file = map.emptyRegisters
            for range in map.readPlan { file.store(Array(repeating: word, count: range.count), at: range.address) }
            #expect((1...3).contains(map.snapshot(of: file).state.inputLines))
        }
    }
}
