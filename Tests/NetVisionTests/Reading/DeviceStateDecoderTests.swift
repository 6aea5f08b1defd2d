import NetVision
import PowerDevice
import SNMP
import Testing

@Suite struct DeviceStateDecoderTests {
    private func state(_ generation: CardGeneration, _ root: OID, _ values: [String: Int32]) -> DeviceState {
        let bindings = values.map { tail, value in
            VariableBinding(root.appending(tail.split(separator: ".").compactMap { UInt32($0) }), .integer(value))
        }
        return DeviceState(bindings, from: CardIdentity(generation: generation))
    }

    private let new: OID = "1.3.6.1.4.1.4555.1.1.7.1"
    private let old: OID = "1.3.6.1.4.1.4555.1.1.1.1"
    private let rfc: OID = "1.3.6.1.2.1.33.1"

    @Test(arguments: [-1, 65534, 65535, 655_340, 655_350] as [Int32]) func marksAreAbsent(_ mark: Int32) {
        let tails = MIBModule.netVision7.points.map { $0.lines == nil ? "\($0.tail).0" : "\($0.tail).1" }
        #expect(state(.netVision8, new, Dictionary(uniqueKeysWithValues: tails.map { ($0, mark) })).readings.isEmpty)
    }

    @Test func zeroIsAReadingExceptWhereNothingIsEverZero() {
        let state = state(
            .netVision8, new,
            ["2.2.0": 0, "2.3.0": 0, "2.4.0": 0, "2.6.0": 0, "2.9.0": 0, "3.2.0": 0, "3.3.1.2.1": 0, "4.7.0": 0, "8.1.0": 0, "10.2.0": 0])
        #expect(state.readings == [.batteryCharge: 0, .inputFrequency: 0, Variable("input.voltage"): 0, .load: 0])
    }

    @Test func noMinutesLeftCountsOnBatteryOnly() {
        #expect(state(.netVision8, new, ["2.3.0": 0, "2.1.0": 2]).readings[.batteryRuntime] == nil)
        for status in [5, 6, 7] as [Int32] {
            #expect(state(.netVision8, new, ["2.3.0": 0, "2.1.0": status]).readings[.batteryRuntime] == 0)
        }
        #expect(state(.rfc1628, rfc, ["2.3.0": 0, "4.1.0": 5]).readings[.batteryRuntime] == 0)
    }

    @Test func marksScaledDownByTheCardAreImplausible() {
        #expect(state(.netVision6, rfc, ["4.2.0": 6553, "2.7.0": 6554, "2.4.0": 6553]).readings.isEmpty)
    }

    @Test func dischargeCurrentAndFrostAreSigned() {
        let state = state(.netVision8, new, ["2.8.0": -235, "2.7.0": -55, "3.3.1.3.1": -10])
        #expect(state.readings == [.batteryCurrent: -23.5, .ambientTemperature: -5.5])
    }

    @Test func bestModuleThatHasAValueCounts() {
        let bindings = [
            VariableBinding("1.3.6.1.2.1.33.1.2.4.0", .integer(90)), VariableBinding("1.3.6.1.4.1.4555.1.1.7.1.2.4.0", .integer(91)),
            VariableBinding("1.3.6.1.2.1.33.1.2.7.0", .integer(27)), VariableBinding("1.3.6.1.4.1.4555.1.1.7.1.2.6.0", .integer(0)),
            VariableBinding("1.3.6.1.2.1.33.1.4.1.0", .integer(5)), VariableBinding("1.3.6.1.4.1.4555.1.1.7.1.4.1.0", .integer(3)),
        ]
        for bindings in [bindings, bindings.reversed()] {
            let state = DeviceState(bindings, from: CardIdentity(generation: .netVision8))
            #expect(state.readings == [.batteryCharge: 91, .batteryTemperature: 27])
            #expect(state.outputSource == .inverter)
        }
    }

    @Test func linesNameTheVariables() {
        let three = state(.netVision8, new, ["3.1.0": 3, "3.3.1.2.1": 2300, "3.3.1.2.2": 2310, "3.3.1.2.3": 2320])
        #expect(three.readings[Variable("input.L2-N.voltage")] == 231)
        #expect(three.inputLines == 3)
        // A card may answer rows that its number of lines doesn't cover.
        let one = state(.netVision8, new, ["3.1.0": 1, "3.3.1.2.1": 2300, "3.3.1.2.2": 0, "3.3.1.2.3": 0])
        #expect(one.readings == [Variable("input.voltage"): 230])
        // Without a number, the rows with a measurement count.
        #expect(state(.rfc1628, rfc, ["4.4.1.2.1": 230, "4.4.1.2.2": 231, "4.4.1.2.3": 232]).outputLines == 3)
    }

    @Test func loadAndPowerOfTheWholeFollowFromTheLines() {
        let state = state(
            .netVision6, old,
            ["4.3.0": 3, "4.4.1.4.1": 40, "4.4.1.4.2": 50, "4.4.1.4.3": 60, "4.4.1.5.1": 4, "4.4.1.5.2": 5, "4.4.1.5.3": 65535])
        #expect(state.readings[.load] == 50)
        #expect(state.readings[.power] == nil)
    }

    @Test func undefinedNumbersAreNoStatus() {
        let state = state(.netVision8, new, ["4.1.0": 11, "2.1.0": 0])
        #expect(state.outputSource == nil)
        #expect(state.batteryStatus == nil)
        #expect(OperatingStatus(state) == .unknown)
    }

    @Test func alarmTableNamesAlarmsOfAnyModule() {
        let column = new.appending(6, 2, 1, 2)
        let bindings = [
            VariableBinding(column.appending(1), .objectIdentifier(new.appending(6, 3, 15))),
            VariableBinding(column.appending(9), .objectIdentifier(rfc.appending(6, 3, 3))),
            VariableBinding(column.appending(10), .objectIdentifier(old.appending(6, 3, 79, 0))),
            VariableBinding(column.appending(11), .objectIdentifier("1.3.6.1.4.1.4555.1.1.7.1.6.3.99")),
        ]
        let state = DeviceState(bindings, from: CardIdentity(generation: .netVision8))
        let unknown = Alarm("1.3.6.1.4.1.4555.1.1.7.1.6.3.99", "", .warning)
        #expect(state.alarms == [.onBattery, .lowBattery, .fanFailure, unknown])
    }

    @Test func countWithoutANameIsAnAlarm() {
        #expect(state(.netVision8, new, ["6.1.0": 2]).alarms == [.unidentified])
        #expect(state(.netVision8, new, ["6.1.0": 2, "6.3.1.0": 0, "6.3.15.0": 1]).alarms == [.onBattery])
        #expect(state(.netVision8, new, ["6.1.0": 65535, "6.3.1.0": 0]).alarms.isEmpty)
        #expect(state(.netVision8, new, ["6.1.0": 0, "6.3.1.0": 0]).alarms.isEmpty)
    }

    @Test func numbersOfOtherTypesCount() {
        let state = DeviceState(
            [VariableBinding("1.3.6.1.2.1.33.1.2.4.0", .gauge32(80)), VariableBinding("1.3.6.1.2.1.33.1.2.5.0", .counter64(.max))],
            from: CardIdentity(generation: .rfc1628))
        #expect(state.readings == [.batteryCharge: 80])
    }

    @Test func statusReadReplacesWhatItAsksFor() {
        let whole = DeviceState(
            isCommunicating: true, outputSource: .inverter, readings: [.batteryRuntime: 600, .batteryCharge: 100, .batteryVoltage: 54],
            inputLines: 3)
        let status = DeviceState(isCommunicating: true, outputSource: .bypass, readings: [.batteryCharge: 99])
        let state = whole.refreshed(by: status)
        #expect(state.readings == [.batteryCharge: 99, .batteryVoltage: 54])
        #expect(state.outputSource == .bypass)
        #expect(state.inputLines == 3)
    }
}
