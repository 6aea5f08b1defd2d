import NetVision
import PowerDevice
import Testing

@Suite struct UpgradeObstacleTests {
    private func ups(_ source: OutputSource, alarms: Set<Alarm> = []) -> DeviceState {
        DeviceState(isCommunicating: true, outputSource: source, batteryStatus: .normal, alarms: alarms)
    }

    private func transferSwitch(
        _ load: TransferState.LoadStatus, source2: TransferState.SourceStatus = .ok, alarms: Set<Alarm> = []
    ) -> DeviceState {
        DeviceState(
            kind: .sts, isCommunicating: true, alarms: alarms,
            transfer: TransferState(source1: .ok, source2: source2, preferredSource: 1, load: load))
    }

    @Test func aUPSThatIsWellMayBeTouched() {
        for source in [OutputSource.inverter, .normal, .eco, .standby] { #expect(ups(source).upgradeObstacle == nil) }
        #expect(ups(.bypass).upgradeObstacle == "The UPS is on bypass.")
        #expect(ups(.inverter, alarms: [.fanFailure]).upgradeObstacle == "The UPS has an alarm.")
        #expect(ups(.inverter, alarms: [.fanFailure, .genset]).upgradeObstacle == "The UPS has 2 alarms.")
        #expect(ups(.unknown).upgradeObstacle == "The state of the UPS is not known.")
    }

    @Test func aTransferSwitchIsTouchedOnItsPreferredSourceAndWithoutAnyAlarm() {
        #expect(transferSwitch(.preferredSource).upgradeObstacle == nil)
        #expect(transferSwitch(.alternateSource).upgradeObstacle == "The load is not on the preferred source.")
        #expect(transferSwitch(.off).upgradeObstacle == "The transfer switch is off.")
        #expect(transferSwitch(.maintenanceBypass2).upgradeObstacle == "The transfer switch is on bypass.")
        #expect(transferSwitch(.unknown).upgradeObstacle == "The state of the transfer switch is not known.")
        #expect(transferSwitch(.preferredSource, source2: .absent).upgradeObstacle == "A source is not as it should be.")
        for alarm in Alarm.stsWellKnown {
            #expect(transferSwitch(.preferredSource, alarms: [alarm]).upgradeObstacle == "The transfer switch has an alarm.", "\(alarm)")
        }
    }

    @Test func whatIsNormalWithoutAKnownLoadIsNotTouched() {
        #expect(OperatingStatus.normal.upgradeObstacle(of: .sts, alarms: 0) != nil)
        #expect(OperatingStatus.normal.upgradeObstacle(of: .sts, alarms: 1, load: .preferredSource) != nil)
        #expect(OperatingStatus.normal.upgradeObstacle(of: .ups, alarms: 0) == nil)
    }
}
