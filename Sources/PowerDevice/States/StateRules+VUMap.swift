extension StateRules {
    /// VU-MAP. There is no bit for the flex mode; S001, which the manual leaves blank, is the normal mode of an off-line UPS.
    static let vuMap = StateRules(
        statuses: [
            .init(.inService, when: "S009"),
            .init(.onMaintenanceBypass, when: "S003"),
            .init(.imminentStop, when: "A000"),
            .init(.autoTest, when: "S030"),
            .init(.onBattery, when: "A019"),
            .init(.batteryTest, when: "S034"),
            .init(.protectedByInverter, when: "S000"),
            .init(.normalMode, when: "S001"),
            .init(.ecoMode, when: "S006"),
            .init(.lineInteractive, when: "S082"),
            .init(.onBypass, when: "S002"),
            .init(.available, when: "S012"),
            .init(.onStandby, when: "S013"),
            .init(.loadOff, when: "S004"),
        ],
        outputs: [
            .init(.onMaintenanceBypass, when: "S003"),
            .init(.protectedByInverter, when: "S000"),
            .init(.normalMode, when: "S001"),
            .init(.ecoMode, when: "S006"),
            .init(.onBypass, when: "S002"),
            .init(.lineInteractive, when: "S082"),
            .init(.onStandby, when: "S013"),
            .init(.loadOff, when: "S004"),
        ],
        batteries: [
            .init(.disconnected, when: "A016" | "S083"),
            .init(.discharged, when: "A017"),
            .init(.low, when: "A018"),
            .init(.discharging, when: "A019"),
            .init(.toInput, when: "S039"),
            .init(.alarm, when: "A027"),
            .init(.roomAlarm, when: "A021"),
            .init(.temperatureAlarm, when: "A020"),
            .init(.testRunning, when: "S034"),
            .init(.charging, when: "S036"),
            .init(.ok, when: "S032" | "S033"),
        ],
        rectifier: [.init(.critical, when: "A032"), .init(.preventive, when: "A033"), .init(.on, when: "S049")],
        inverter: [.init(.critical, when: "A040"), .init(.preventive, when: "A041"), .init(.on, when: "S052")],
        bypass: [
            .init(.critical, when: "A048"), .init(.preventive, when: "A049"), .init(.on, when: "S002" | "S057" | "S006"),
        ],
        genset: [.init(.preventive, when: "A036"), .init(.on, when: "S023")],
        rectifierSupply: [.init(.notPresent, when: !"S048"), .init(.outOfTolerance, when: "A035"), .init(.present, when: "S048")],
        bypassSupply: [.init(.notPresent, when: !"S056"), .init(.outOfTolerance, when: "A050"), .init(.present, when: "S056")],
        transfer: [.init(.locked, when: "A003" | "S085"), .init(.impossible, when: "A004")],
        batteryTests: [.init(.inProgress, when: "S034"), .init(.programmed, when: "S035")],
        batteryTestResults: [.init(.failed, when: "A022"), .init(.interrupted, when: "S037")],
        facts: [
            .onBattery: "A019", .onBypass: "S002" | "S057", .ecoMode: "S006", .energySaver: "S007",
            .maintenanceBypassClosed: "S003" | "S017" | "S018", .imminentStop: "A000", .maintenanceAlarm: "A012" | "S015",
            .batteryRoomAlarm: "A021", .batteryTemperatureAlarm: "A020", .batteryTestFailed: "A022", .batteryAlarm: "A027",
            .batteryCharged: "S033", .operating: "S011" | "S000" | "S002" | "S006" | "S082",
        ],
        features: [
            .genset: RegisterBit(0x0008, 3), .withoutBypass: RegisterBit(0x0009, 6), .withoutMaintenanceBypass: RegisterBit(0x0009, 7),
        ],
        members: (0..<15).map { index in
            Member(
                isOperating: .code(PointCode("S", 96 + index)), isAvailable: .code(PointCode("S", 112 + index)),
                hasAlarm: .code(PointCode("A", 96 + index)), isAboutToStop: .code(PointCode("A", 112 + index)))
        })
}
