import PowerDevice
import Testing

struct OperatingStatusTests {
    private func status(_ source: OutputSource, _ alarms: Set<Alarm>) -> OperatingStatus {
        OperatingStatus(DeviceState(isCommunicating: true, outputSource: source, batteryStatus: .normal, alarms: alarms))
    }

    @Test(arguments: [OutputSource.inverter, .normal, .eco, .lineInteractive]) func aClosedMaintenanceBypassIsNeverNormal(
        _ source: OutputSource
    ) {
        #expect(status(source, [.maintenanceBypass]) == .onBypass)
    }

    @Test func aSystemThatIsOffIsOffUnlessABypassFeedsTheLoad() {
        #expect(status(.normal, [.systemOff]) == .off)
        #expect(status(.inverter, [.systemOff]) == .off)
        #expect(status(.bypass, [.systemOff]) == .onBypass)
        #expect(status(.inverter, [.systemOff, .maintenanceBypass]) == .onBypass)
        #expect(status(.standby, [.systemOff]) == .standby)
    }

    @Test func withAnAlarmActiveOnlyATestLeavesTheStatusNormal() {
        let quiet = Alarm.wellKnown.filter { status(.inverter, [$0]) == .normal }
        #expect(quiet == [.autoTestRunning])
    }
}
