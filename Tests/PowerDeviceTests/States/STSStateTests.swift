import PowerDevice
import Testing

@Suite struct STSStateTests {
    private let map = DeviceMap.sts

    private static let statuses: [(String, STSStatus)] = [
        ("STS:0x0141.4", .onMaintenanceBypass1), ("STS:0x0141.5", .onMaintenanceBypass2), ("STS:0x0148.0", .imminentStop),
        ("STS:0x0141.1", .onPreferredSource), ("STS:0x0141.2", .onAlternateSource), ("STS:0x0141.3", .loadOff),
    ]

    @Test func statusFollowsTheManualsPriority() {
        for (index, (code, status)) in Self.statuses.enumerated() {
            #expect(map.stsState([code])?.status == status)
            #expect(map.stsState(Self.statuses[index...].map(\.0))?.status == status)
        }
        #expect(map.stsState([])?.status == .unknown)
    }

    @Test func silenceIsUnknown() {
        #expect(map.stsState(of: map.emptyRegisters, snapshot: map.silentSnapshot()) == STSState())
        #expect(map.upsState(of: map.emptyRegisters, snapshot: map.silentSnapshot()) == nil)
    }

    @Test func generalAlarmAloneIsAWarning() {
        #expect(map.stsState(["STS:0x0149.15"])?.alarmLevel == .warning)
        #expect(map.stsState(["STS:0x0148.0"])?.alarmLevel == .critical)
        #expect(map.stsState([])?.alarmLevel == nil)
    }
}
