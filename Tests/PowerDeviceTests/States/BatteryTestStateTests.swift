import PowerDevice
import Testing

@Suite struct BatteryTestStateTests {
    private func state(_ map: DeviceMap, _ codes: String..., values: [String: UInt16] = [:], hasPassed: Bool = false) -> BatteryTestState? {
        let file = map.fixture(codes, values: values)
        return map.batteryTestState(of: file, snapshot: map.snapshot(of: file), profile: map.controls, hasPassed: hasPassed)
    }

    @Test func statusFollowsItsBit() {
        #expect(state(.vuMap, "S034", "S035")?.status == .inProgress)
        #expect(state(.vuMap, "S035")?.status == .programmed)
        #expect(state(.vuMap)?.status == .disabled)
        #expect(state(.jbusp, "S10", "S12", "S11")?.status == .inProgress)
        #expect(state(.jbusp, "S12", "S11")?.status == .onStandby)
        #expect(state(.jbusp, "S11")?.status == .programmed)
        #expect(state(.jbusp, "S13")?.status == .enabled)
        #expect(state(.jbusp, "S13", "S06")?.status == .disabled)
    }

    @Test func resultFollowsItsBit() {
        #expect(state(.vuMap, "A022", "S037", hasPassed: true)?.result == .failed)
        #expect(state(.vuMap, "S037")?.result == .interrupted)
        #expect(state(.vuMap, hasPassed: true)?.result == .ok)
        #expect(state(.vuMap)?.result == .noTest)
        #expect(state(.jbusp, "S14")?.result == .failed)
    }

    @Test func deviceWithoutBatteryHasNone() {
        #expect(state(.vuMap, values: ["T010": 0]) == nil)
        #expect(state(.sts) == nil)
        let map = DeviceMap.vuMap
        #expect(map.batteryTestState(of: map.emptyRegisters, snapshot: map.silentSnapshot(), profile: map.controls) == nil)
    }
}
