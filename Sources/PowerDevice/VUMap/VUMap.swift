/// VU-MAP: the register map of SOCOMEC's current UPS (MASTERYS BC+/GP4, MODULYS XS/XM/XL/GP 2.0, ITYS PRO, DELPHYS with touchscreen).
///
/// Source: NET VISION 8.4x manual (552370F), appendix "MODBUS TCP access". Word order and first bit: bit 0 is the first datum of a word
/// (IOMXXXOPXX00-EN, the vendor's public Modbus manual of MODULYS GP 2.0 and others).
///
///     0x0001  15  configuration   T001–T015
///     0x0010  10  serial number   R000, ASCII, high byte first
///     0x001A  10  UPS reference   R001, ASCII, high byte first
///     0x0030   8  status          S000–S127, one bit each
///     0x0038   8  alarms          A000–A127, one bit each
///     0x0040  80  measurements    M000–M079
extension DeviceMap {
    package static let vuMap = DeviceMap(
        family: .vuMap, kind: .ups,
        liveRanges: [
            RegisterRange(VUMap.statusAddress, count: 16),
            RegisterRange(VUMap.measurementAddress, count: 80),
        ],
        configurationRanges: [
            RegisterRange(VUMap.configurationAddress, count: 15),
            RegisterRange(VUMap.serialAddress, count: 10),
            RegisterRange(VUMap.referenceAddress, count: 10),
        ],
        points: VUMap.configuration + VUMap.texts + VUMap.status + VUMap.alarms + VUMap.measurements,
        wellKnownAlarms: VUMap.wellKnownAlarms, rfc1628Alarms: VUMap.rfc1628Alarms,
        traps: VUMap.traps, outputSources: VUMap.outputSources, batteryStates: VUMap.batteryStates, plate: VUMap.plate)
}

/// The tables of VU-MAP.
package enum VUMap {
    package static let configurationAddress: UInt16 = 0x0001
    package static let serialAddress: UInt16 = 0x0010
    package static let referenceAddress: UInt16 = 0x001A
    package static let statusAddress: UInt16 = 0x0030
    package static let alarmAddress: UInt16 = 0x0038
    package static let measurementAddress: UInt16 = 0x0040

    /// The families by their device code (T015).
    package static let models: [UInt16: String] = Dictionary(
        DeviceRange.vuMapRanges.compactMap { range in range.code.map { ($0, range.name) } }, uniquingKeysWith: { first, _ in first })

    /// S082 says that the UPS works line-interactively; S010 only that it has the mode.
    static let outputSources: [DeviceMap.Rule<OutputSource>] = [
        .init(.maintenanceBypass, when: "S003"),
        .init(.eco, when: "S006"),
        .init(.bypass, when: "S002"),
        .init(.lineInteractive, when: "S082"),
        .init(.inverter, when: "S000"),
        .init(.standby, when: "S013"),
        .init(.off, when: "S004"),
    ]

    static let batteryStates: [DeviceMap.Rule<BatteryStatus>] = [
        .init(.disconnected, when: "A016"),
        .init(.depleted, when: "A017"),
        .init(.low, when: "A018"),
        .init(.discharging, when: "A019"),
        .init(.failure, when: "A027"),
        .init(.test, when: "S034"),
        .init(.charging, when: "S036"),
        .init(.normal, when: "S032" | "S033"),
    ]

    /// T005 and T006 are in kVA and kW, with a decimal where T014 is 1. The bypass has as many lines as the output that it feeds.
    @Sendable static func plate(_ map: DeviceMap, _ registers: RegisterFile) -> RatingPlate {
        let isDecimal = map.raw("T014", in: registers) == 1
        let code = map.raw("T015", in: registers)
        let phases = map.raw("T007", in: registers) ?? 0
        let outputLines = lines(phases & 0xFF)
        return RatingPlate(
            model: code.flatMap { models[$0] }, deviceCode: code, serial: map.text("R000", in: registers),
            reference: map.text("R001", in: registers), installation: map.raw("T001", in: registers).map(Installation.init(rawValue:)),
            modules: map.raw("T002", in: registers).flatMap { (1...15).contains($0) ? Int($0) : nil },
            ratings: map.ratings(of: registers, isDecimal: isDecimal), inputLines: lines(phases >> 8), outputLines: outputLines,
            bypassLines: outputLines, hasBattery: map.raw("T010", in: registers).map { $0 & 1 == 1 } ?? true, isDecimal: isDecimal)
    }

    /// How T005 and T006 are read.
    package static let nominalPower = Measurement(.kilovoltAmpere, .factored, VariableTemplate(Variable.powerNominal.rawValue))
    package static let nominalRealpower = Measurement(.kilowatt, .factored, VariableTemplate(Variable.realpowerNominal.rawValue))

    /// 1 to 3; anything else, an unknown word included, counts as one.
    private static func lines(_ value: UInt16) -> Int { (1...3).contains(value) ? Int(value) : 1 }
}
