extension StateRules {
    /// JBUSP. There is no bit for the auto-test, the normal, line-interactive and flex mode, a unit that is available, the battery's
    /// temperature and the battery that feeds back; S48 (maintenance mode) is the service mode, and the load is off where neither the
    /// inverter nor the bypass feeds it.
    static let jbusp = StateRules(
        statuses: [
            .init(.inService, when: "S48"),
            .init(.onMaintenanceBypass, when: "A08"),
            .init(.imminentStop, when: "A31"),
            .init(.onBattery, when: "S05"),
            .init(.batteryTest, when: "S10"),
            .init(.protectedByInverter, when: "S03"),
            .init(.ecoMode, when: "S07"),
            .init(.onBypass, when: "S04"),
            .init(.onStandby, when: "S08"),
            .init(.loadOff, when: !"S03" & !"S04"),
        ],
        outputs: [
            .init(.onMaintenanceBypass, when: "A08"),
            .init(.protectedByInverter, when: "S03"),
            .init(.ecoMode, when: "S07"),
            .init(.onBypass, when: "S04"),
            .init(.onStandby, when: "S08"),
            .init(.loadOff, when: !"S03" & !"S04"),
        ],
        batteries: [
            .init(.disconnected, when: "A59"),
            .init(.discharged, when: "S16" | "A49"),
            .init(.low, when: "S15"),
            .init(.discharging, when: "S05"),
            .init(.alarm, when: "A01"),
            .init(.roomAlarm, when: "A47"),
            .init(.testRunning, when: "S10"),
            .init(.charging, when: "S27"),
            .init(.ok, when: "S17"),
        ],
        rectifier: [.init(.critical, when: "A52"), .init(.preventive, when: "A23"), .init(.on, when: "S02")],
        inverter: [.init(.critical, when: "A54"), .init(.preventive, when: "A25"), .init(.on, when: "S01")],
        bypass: [.init(.critical, when: "A62"), .init(.preventive, when: "A29"), .init(.on, when: "S04" | "S07")],
        genset: [.init(.preventive, when: "A56"), .init(.on, when: "S46")],
        rectifierSupply: [.init(.notPresent, when: !"S00"), .init(.outOfTolerance, when: "A05"), .init(.present, when: "S00")],
        bypassSupply: [.init(.notPresent, when: !"S26"), .init(.outOfTolerance, when: "A06" | "S28"), .init(.present, when: "S26")],
        transfer: [.init(.locked, when: "A45"), .init(.impossible, when: "A46")],
        batteryTests: [.init(.inProgress, when: "S10"), .init(.onStandby, when: "S12"), .init(.programmed, when: "S11")],
        batteryTestResults: [.init(.failed, when: "S14")],
        facts: [
            .onBattery: "S05", .onBypass: "S04", .ecoMode: "S07", .maintenanceBypassClosed: "A08", .imminentStop: "A31",
            .maintenanceAlarm: "A44", .batteryRoomAlarm: "A47", .batteryTestFailed: "S14", .batteryAlarm: "A01",
            .operating: "S03" | "S04" | "S07",
        ],
        members: (0..<6).map { Member(hasAlarm: .code(PointCode("A\(32 + $0)"))) })
}
