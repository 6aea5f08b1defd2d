/// JBUSP: the register map of SOCOMEC's earlier and smaller UPS (NETYS, ITYS, MODULYS, MASTERYS MC/BC/GP/IP+, DELPHYS).
///
/// Source: NET VISION 8.4x manual (552370F), appendix "JBUSP UPS MODBUS table". Bit 0 is the first datum of a word. Texts carry their first
/// character in the low byte. The clock and the words of status beyond S63 are not in the manual: other masters on the line read them.
///
///     0x1000  12  identification  I00–I11; serial number R00 in I03–I07
///     0x1020   4  status          S00–S63, one bit each; some devices have 2 words more, S64–S95
///     0x1040   4  alarms          A00–A63, one bit each
///     0x1060  48  measurements    M00–M47
///     0x10E0  32  configuration   T00–T31
///     0x1360   4  clock           K00–K03, on some devices
extension DeviceMap {
    package static let jbusp = DeviceMap(
        family: .jbusp, kind: .ups,
        liveRanges: [
            RegisterRange(JBUSP.statusAddress, count: 4),
            RegisterRange(JBUSP.alarmAddress, count: 4),
            RegisterRange(JBUSP.measurementAddress, count: 48),
        ],
        configurationRanges: [
            RegisterRange(JBUSP.identificationAddress, count: 12),
            RegisterRange(JBUSP.configurationAddress, count: 32),
        ],
        optionalRanges: [
            RegisterRange(JBUSP.statusAddress + 4, count: 2),
            RegisterRange(JBUSP.clockAddress, count: 4),
        ],
        points: JBUSP.identification + JBUSP.texts + JBUSP.status + JBUSP.alarms + JBUSP.measurements + JBUSP.configuration + JBUSP.clock,
        wellKnownAlarms: JBUSP.wellKnownAlarms, rfc1628Alarms: JBUSP.rfc1628Alarms, traps: JBUSP.traps,
        outputSources: JBUSP.outputSources, batteryStates: JBUSP.batteryStates, alarmingStatus: ["S05", "S14", "S15", "S16"],
        substitutes: [.init(.inputFrequency, from: "M18")], plate: JBUSP.plate)
}

/// The tables of JBUSP.
package enum JBUSP {
    package static let identificationAddress: UInt16 = 0x1000
    package static let statusAddress: UInt16 = 0x1020
    package static let alarmAddress: UInt16 = 0x1040
    package static let measurementAddress: UInt16 = 0x1060
    package static let configurationAddress: UInt16 = 0x10E0
    package static let clockAddress: UInt16 = 0x1360

    /// The ranges whose rows the manual tells apart: its four columns.
    package enum Column: String, Sendable, CaseIterable {
        /// NETYS PR and RT, ITYS.
        case netys
        /// MASTERYS BC and GP; MODULYS, which has no column of its own, is built like them.
        case masterys
        case delphysMPMX
        case delphysBCGP
    }

    /// S04 with eco mode on is eco mode. Neither inverter nor bypass: the load is off.
    static let outputSources: [DeviceMap.Rule<OutputSource>] = [
        .init(.maintenanceBypass, when: "A08"),
        .init(.eco, when: "S07"),
        .init(.bypass, when: "S04"),
        .init(.inverter, when: "S03"),
        .init(.standby, when: "S08"),
        .init(.off, when: !"S03" & !"S04"),
    ]

    static let batteryStates: [DeviceMap.Rule<BatteryStatus>] = [
        .init(.disconnected, when: "A59"),
        .init(.depleted, when: "S16" | "A49"),
        .init(.low, when: "S15"),
        .init(.discharging, when: "S05"),
        .init(.failure, when: "A01"),
        .init(.test, when: "S10"),
        .init(.charging, when: "S27"),
        .init(.normal, when: "S17"),
    ]

    /// The type (I00) tells model and lines. A device that answers -1 for all of its battery has none: it is a converter.
    @Sendable static func plate(_ map: DeviceMap, _ registers: RegisterFile) -> RatingPlate {
        let type = map.raw("I00", in: registers)
        let range = type.flatMap { DeviceRange.jbusp($0) }
        let lines = range?.lines ?? Self.lines(ofType: type ?? 0)
        let battery = (["M04", "M05", "M20", "M23"] as [PointCode]).map { map.raw($0, in: registers) }
        return RatingPlate(
            model: range?.name, deviceCode: type, serial: map.text("R00", in: registers),
            firmware: map.raw("T04", in: registers).flatMap(version),
            modules: map.raw("I02", in: registers).flatMap { (1...99).contains($0) ? Int($0) : nil },
            plugs: map.raw("T10", in: registers).flatMap { $0 < Measurement.notManaged - 1 ? Int($0) : nil },
            ratings: map.ratings(of: registers, isDecimal: false), inputLines: lines.input, outputLines: lines.output,
            bypassLines: lines.output, hasBattery: !battery.allSatisfy { $0 == Measurement.notManaged })
    }

    /// The list of types is ordered: 1/1 below 82, 3/1 up to 255, 3/3 from 256 on. Types that it does not print are taken alike.
    private static func lines(ofType type: UInt16) -> DeviceRange.Lines {
        switch type {
        case ..<82: .oneToOne
        case ..<256: .threeToOne
        default: .threeToThree
        }
    }

    /// T04, 100 times the version: 123 is `1.23`; 0 and -1 tell nothing.
    private static func version(_ word: UInt16) -> String? {
        guard word > 0, word < Measurement.notManaged - 1 else { return nil }
        let hundredths = word % 100
        return "\(word / 100).\(hundredths < 10 ? "0" : "")\(hundredths)"
    }
}

extension JBUSP {
    typealias Presence = [Column: Point.Presence]

    /// Every column is marked.
    static let everywhere: Presence = [.netys: .present, .masterys: .present, .delphysMPMX: .present, .delphysBCGP: .present]
    /// Three marks, which are read as all columns but NETYS and ITYS.
    static let exceptNetys: Presence = [.netys: .absent, .masterys: .present, .delphysMPMX: .present, .delphysBCGP: .present]
    /// What only units of a parallel system have; NETYS and ITYS are not made for it.
    static let inParallel: Presence = [
        .netys: .absent, .masterys: .parallelOnly, .delphysMPMX: .parallelOnly, .delphysBCGP: .parallelOnly,
    ]
    /// What only MASTERYS has: both DELPHYS columns print -1.
    static let onlyMasterys: Presence = [.netys: .absent, .masterys: .present, .delphysMPMX: .absent, .delphysBCGP: .absent]
    /// Present on MASTERYS and DELPHYS MP and MX; DELPHYS BC and GP print -1.
    static let exceptBCGP: Presence = [.netys: .absent, .masterys: .present, .delphysMPMX: .present, .delphysBCGP: .absent]
    /// With an option, on all but NETYS and ITYS.
    static let withOption: Presence = [.netys: .absent, .masterys: .optional, .delphysMPMX: .optional, .delphysBCGP: .optional]
    /// Two marks or one, whose columns the manual's layout does not tell; or none.
    static let untold: Presence = [:]
}
