import PowerDevice
import Testing

@Suite struct VUMapConditionTests {
    private let map = DeviceMap.vuMap

    private func snapshot(_ set: [PointCode]) -> DeviceSnapshot {
        var registers = map.emptyRegisters
        for range in map.readPlan { registers.store(Array(repeating: 0, count: range.count), at: range.address) }
        for code in set {
            guard let point = map[code] else { continue }
            registers.setRaw(1, of: point)
        }
        return map.snapshot(of: registers)
    }

    @Test func tablesHaveEveryAlarmOnce() {
        #expect(map.wellKnownAlarms.map(\.number) == Array(1...62))
        #expect(map.wellKnownAlarms.map(\.alarm.name) == Alarm.wellKnown.map(\.name))
        #expect(map.rfc1628Alarms.map(\.number) == Array(1...24))
        #expect(map.wellKnownAlarms.filter { $0.expression == nil }.map(\.number) == Array(58...62))
    }

    @Test func everyConditionReadsManagedBitsOfTheMap() {
        for condition in map.wellKnownAlarms + map.rfc1628Alarms {
            for code in condition.expression?.codes ?? [] { #expect(map[code]?.level != nil, "\(condition.alarm) \(code)") }
        }
    }

    @Test func eachSingleBitAlarmFollowsItsBit() {
        for condition in map.wellKnownAlarms {
            guard case .code(let code) = condition.expression else { continue }
            #expect(snapshot([code]).state.alarms.contains(condition.alarm), "\(code)")
            #expect(!snapshot([]).state.alarms.contains(condition.alarm), "\(code)")
        }
    }

    @Test func systemIsOffWhenRectifierInverterAndBypassAre() {
        #expect(snapshot([]).state.alarms == [.systemOff])
        for code in ["S049", "S052", "S057"] as [PointCode] { #expect(snapshot([code]).state.alarms.isEmpty) }
    }

    @Test func onBatteryNeedsTheInverterInRFC1628Only() {
        let name = RFC1628Alarms.all[1]
        #expect(snapshot(["S049", "A019"]).state.alarms == [.onBattery])
        #expect(!snapshot(["S049", "A019"]).rfc1628Alarms.contains(name))
        #expect(snapshot(["S049", "A019", "S000"]).rfc1628Alarms.contains(name))
    }

    @Test func bypassInEcoModeIsNoAlarm() {
        #expect(snapshot(["S049", "S002"]).state.alarms == [.onBypass])
        #expect(snapshot(["S049", "S002", "S006"]).state.alarms.isEmpty)
        #expect(snapshot(["S049", "S002", "S006"]).rfc1628Alarms.isEmpty)
    }

    struct Source: Sendable {
        let set: [PointCode]
        let source: OutputSource
    }

    @Test(arguments: [
        Source(set: [], source: .unknown),
        Source(set: ["S004"], source: .off),
        Source(set: ["S004", "S013"], source: .standby),
        Source(set: ["S004", "S013", "S000"], source: .inverter),
        Source(set: ["S000", "S082"], source: .lineInteractive),
        Source(set: ["S000", "S010"], source: .inverter),
        Source(set: ["S000", "S082", "S002"], source: .bypass),
        Source(set: ["S002", "S006", "S000"], source: .eco),
        Source(set: ["S003", "S006", "S002"], source: .maintenanceBypass),
    ]) func outputSourceFollowsItsPriority(row: Source) {
        #expect(snapshot(row.set).state.outputSource == row.source)
    }

    struct Battery: Sendable {
        let set: [PointCode]
        let status: BatteryStatus
    }

    @Test(arguments: [
        Battery(set: [], status: .unknown),
        Battery(set: ["S032"], status: .normal),
        Battery(set: ["S032", "S036"], status: .charging),
        Battery(set: ["S036", "S034"], status: .test),
        Battery(set: ["S034", "A027"], status: .failure),
        Battery(set: ["A027", "A019"], status: .discharging),
        Battery(set: ["A019", "A018"], status: .low),
        Battery(set: ["A018", "A017"], status: .depleted),
        Battery(set: ["A017", "A016"], status: .disconnected),
    ]) func batteryStatusFollowsItsPriority(row: Battery) {
        #expect(snapshot(row.set).state.batteryStatus == row.status)
    }

    @Test func conditionsAreTheManagedAlarmBits() {
        let conditions = snapshot(["A059", "A001", "A052", "S004"]).conditions
        #expect(conditions.map(\.code) == ["A001", "A059"])
        #expect(conditions.map(\.level) == [.warning, .critical])
    }
}
