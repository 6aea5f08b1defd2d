/// A range of devices: what the code that a device tells of itself means.
package struct DeviceRange: Sendable, Equatable {
    /// As the manual's lists name it, and a card shows it.
    package let name: String
    /// The map's name.
    package let map: String
    /// JBUSP: the UPS type at 0x1000; VU-MAP: the device reference code T015; nil for STATYS, which tells none.
    package let code: UInt16?
    /// Input and output lines; nil where the device itself tells them (VU-MAP: T007).
    package let lines: Lines?
    /// What of a system the device is; nil where the device itself tells it (VU-MAP: T001).
    package let level: Level?
    /// Which column of the JBUSP tables applies; nil on the other maps.
    package let column: JBUSP.Column?

    /// The family that the name begins with: `MASTERYS`, `NETYS`.
    package var family: String { String(name.prefix { $0 != " " }) }

    package enum Level: String, Sendable, CaseIterable {
        /// A power module of a cabinet.
        case module
        case unit
        /// A cabinet or units in parallel, seen as one.
        case system
    }

    package struct Lines: Sendable, Equatable {
        package let input: Int
        package let output: Int

        package init(_ input: Int, _ output: Int) {
            self.input = input
            self.output = output
        }

        package static let oneToOne = Lines(1, 1)
        package static let threeToOne = Lines(3, 1)
        package static let threeToThree = Lines(3, 3)
    }
}

extension DeviceRange {
    /// Every range of every map.
    package static let all: [DeviceRange] = vuMapRanges + jbuspRanges + [statys]

    /// The range of a UPS type of JBUSP.
    package static func jbusp(_ type: UInt16) -> DeviceRange? { jbuspRanges.first { $0.code == type } }

    /// The range of a device code of VU-MAP.
    package static func vuMap(_ code: UInt16) -> DeviceRange? { vuMapRanges.first { $0.code == code } }

    /// The static transfer systems.
    package static let statys = DeviceRange(name: "STATYS", map: "STS", code: nil, lines: nil, level: .unit, column: nil)

    /// The families by their device code. 0x0288 breaks their pattern: it is 648, JBUSP's type of DELPHYS GP 2.0.
    package static let vuMapRanges: [DeviceRange] = [
        vuMap(0x8001, "ITYS PRO"),
        vuMap(0x8100, "MODULYS GP 2.0"),
        vuMap(0x8110, "MODULYS RM GP"),
        vuMap(0x8140, "MODULYS XM"),
        vuMap(0x8180, "MODULYS XS"),
        vuMap(0x81A0, "MODULYS XL"),
        vuMap(0x8200, "MASTERYS BC+"),
        vuMap(0x8300, "MASTERYS GP4"),
        vuMap(0x8400, "DELPHYS XL"),
        vuMap(0x0288, "DELPHYS BC - GP 2.0"),
    ]

    /// The UPS types at 0x1000.
    package static let jbuspRanges: [DeviceRange] = [
        jbusp(20, "MODULYS 1/1 MODULE", .oneToOne, .module, .masterys),
        jbusp(21, "MODULYS 1/1 UPS", .oneToOne, .unit, .masterys),
        jbusp(22, "MODULYS 1/1 SYSTEM", .oneToOne, .system, .masterys),
        jbusp(26, "MASTERYS 1/1 SYSTEM", .oneToOne, .system, .masterys),
        jbusp(27, "MASTERYS 1/1 UPS", .oneToOne, .unit, .masterys),
        jbusp(28, "MASTERYS 1/1 MODULE", .oneToOne, .module, .masterys),
        jbusp(29, "NETYS", .oneToOne, .unit, .netys),
        jbusp(30, "ITYS", .oneToOne, .unit, .netys),
        jbusp(31, "NETYS RT", .oneToOne, .unit, .netys),
        jbusp(35, "NETYS PR", .oneToOne, .unit, .netys),
        jbusp(36, "NETYS PR-RK", .oneToOne, .unit, .netys),
        jbusp(37, "NETYS PR-RT", .oneToOne, .unit, .netys),
        jbusp(82, "MODULYS 3/1 MODULE", .threeToOne, .module, .masterys),
        jbusp(83, "MODULYS 3/1 SYSTEM", .threeToOne, .system, .masterys),
        jbusp(84, "MODULYS 3/1 UPS", .threeToOne, .unit, .masterys),
        jbusp(86, "MASTERYS 3/1 SYSTEM", .threeToOne, .system, .masterys),
        jbusp(87, "MASTERYS 3/1 UPS", .threeToOne, .unit, .masterys),
        jbusp(88, "MASTERYS 3/1 MODULE", .threeToOne, .module, .masterys),
        jbusp(89, "ITYS 3/1 UPS", .threeToOne, .unit, .netys),
        jbusp(256, "MASTERYS 3/3 SYSTEM", .threeToThree, .system, .masterys),
        jbusp(257, "MASTERYS 3/3 UPS", .threeToThree, .unit, .masterys),
        jbusp(258, "MASTERYS 3/3 MODULE", .threeToThree, .module, .masterys),
        jbusp(513, "DELPHYS MP SINGLE UNIT", .threeToThree, .unit, .delphysMPMX),
        jbusp(514, "DELPHYS MP SINGLE UNIT", .threeToThree, .unit, .delphysMPMX),
        jbusp(515, "DELPHYS MX SINGLE UNIT", .threeToThree, .unit, .delphysMPMX),
        jbusp(516, "DELPHYS MX SINGLE UNIT", .threeToThree, .unit, .delphysMPMX),
        jbusp(640, "DELPHYS Green Power", .threeToThree, .unit, .delphysBCGP),
        jbusp(644, "DELPHYS BC", .threeToThree, .unit, .delphysBCGP),
        jbusp(648, "DELPHYS GP 2.0", .threeToThree, .unit, .delphysBCGP),
        jbusp(1014, "DELPHYS MP SYSTEM", .threeToThree, .system, .delphysMPMX),
        jbusp(1015, "DELPHYS MP SYSTEM", .threeToThree, .system, .delphysMPMX),
        jbusp(1016, "DELPHYS MP SYSTEM", .threeToThree, .system, .delphysMPMX),
        jbusp(1017, "DELPHYS MP SYSTEM", .threeToThree, .system, .delphysMPMX),
        jbusp(1018, "DELPHYS MX SYSTEM", .threeToThree, .system, .delphysMPMX),
        jbusp(1019, "DELPHYS MX SYSTEM", .threeToThree, .system, .delphysMPMX),
        jbusp(1020, "DELPHYS MX SYSTEM", .threeToThree, .system, .delphysMPMX),
        jbusp(1021, "DELPHYS MX SYSTEM", .threeToThree, .system, .delphysMPMX),
    ]

    private static func vuMap(_ code: UInt16, _ name: String) -> DeviceRange {
        DeviceRange(name: name, map: "VU-MAP", code: code, lines: nil, level: nil, column: nil)
    }

    private static func jbusp(_ code: UInt16, _ name: String, _ lines: Lines, _ level: Level, _ column: JBUSP.Column) -> DeviceRange {
        DeviceRange(name: name, map: "JBUSP", code: code, lines: lines, level: level, column: column)
    }
}
