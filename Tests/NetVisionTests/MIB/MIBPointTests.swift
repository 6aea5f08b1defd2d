import NetVision
import PowerDevice
import Testing

@Suite struct MIBPointTests {
    private let voltage = MIBPoint("2.5", "upsBatteryVoltage", "battery.voltage", .tenths)
    private let runtime = MIBPoint("2.3", "upsEstimatedMinutesRemaining", "battery.runtime", .minutes)
    private let power = MIBPoint("4.5", "upsOutputGlobalkVA", "ups.power", .hundreds, unmanaged: -1)

    @Test func integersBecomeValuesInTheVariablesUnit() {
        #expect(voltage.value(raw: 2345) == 234.5)
        #expect(runtime.value(raw: 10) == 600)
        #expect(power.value(raw: 22) == 2200)
        #expect(MIBPoint("4.4.1.5", "upsOutputKva", "output.{L}.power", .thousands).value(raw: 9) == 9000)
    }

    @Test func valuesBecomeIntegers() {
        #expect(voltage.raw(value: 234.5) == 2345)
        #expect(voltage.raw(value: 234.56) == 2346)
        #expect(power.raw(value: 2249) == 22)
    }

    @Test func begunMinuteIsNotPromised() {
        #expect(runtime.raw(value: 119) == 1)
        #expect(runtime.raw(value: 59) == 0)
    }

    @Test func whatIsMissingOrDoesNotFitIsNotManaged() {
        #expect(voltage.raw(value: nil) == 65535)
        #expect(power.raw(value: nil) == -1)
        #expect(voltage.raw(value: 1e12) == 65535)
        #expect(voltage.raw(value: .nan) == 65535)
        #expect(voltage.raw(value: .infinity) == 65535)
    }

    @Test func everyIntegerOfAPointRoundTrips() {
        for raw in 0...5000 { #expect(voltage.raw(value: voltage.value(raw: raw)) == Int32(raw)) }
    }
}
