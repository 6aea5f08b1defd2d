import PowerDevice
import Testing

@Suite struct DeviceRangeTests {
    /// The list of types as printed: code, or first and last, and name.
    static let printed: [(codes: ClosedRange<UInt16>, name: String)] = [
        (20...20, "MODULYS 1/1 MODULE"), (21...21, "MODULYS 1/1 UPS"), (22...22, "MODULYS 1/1 SYSTEM"), (26...26, "MASTERYS 1/1 SYSTEM"),
        (27...27, "MASTERYS 1/1 UPS"), (28...28, "MASTERYS 1/1 MODULE"), (29...29, "NETYS"), (30...30, "ITYS"), (31...31, "NETYS RT"),
        (35...35, "NETYS PR"), (36...36, "NETYS PR-RK"), (37...37, "NETYS PR-RT"), (82...82, "MODULYS 3/1 MODULE"),
        (83...83, "MODULYS 3/1 SYSTEM"), (84...84, "MODULYS 3/1 UPS"), (86...86, "MASTERYS 3/1 SYSTEM"), (87...87, "MASTERYS 3/1 UPS"),
        (88...88, "MASTERYS 3/1 MODULE"), (89...89, "ITYS 3/1 UPS"), (256...256, "MASTERYS 3/3 SYSTEM"), (257...257, "MASTERYS 3/3 UPS"),
        (258...258, "MASTERYS 3/3 MODULE"), (513...514, "DELPHYS MP SINGLE UNIT"), (515...516, "DELPHYS MX SINGLE UNIT"),
        (640...640, "DELPHYS Green Power"), (644...644, "DELPHYS BC"), (648...648, "DELPHYS GP 2.0"), (1014...1017, "DELPHYS MP SYSTEM"),
        (1018...1021, "DELPHYS MX SYSTEM"),
    ]

    @Test func typesAreThePrintedOnes() throws {
        var count = 0
        for row in Self.printed {
            for code in row.codes {
                count += 1
                let range = try #require(DeviceRange.jbusp(code))
                #expect(range.name == row.name && range.map == "JBUSP" && range.column != nil, "\(code)")
                let phases = row.name.contains("1/1") || code < 40 ? (1, 1) : row.name.contains("3/1") ? (3, 1) : (3, 3)
                #expect(range.lines == DeviceRange.Lines(phases.0, phases.1), "\(code)")
                let level: DeviceRange.Level = row.name.hasSuffix("MODULE") ? .module : row.name.hasSuffix("SYSTEM") ? .system : .unit
                #expect(range.level == level, "\(code)")
            }
        }
        #expect(DeviceRange.jbuspRanges.count == count)
        for code in [0, 19, 23, 32, 85, 90, 255, 512, 517, 641, 1013, 1022, 0xFFFF] as [UInt16] { #expect(DeviceRange.jbusp(code) == nil) }
    }

    @Test func columnsAreThoseOfTheFamilies() {
        for range in DeviceRange.jbuspRanges {
            let column: JBUSP.Column =
                if range.name.hasPrefix("NETYS") || range.name.hasPrefix("ITYS") {
                    .netys
                } else if range.name.hasPrefix("DELPHYS M") {
                    .delphysMPMX
                } else if range.name.hasPrefix("DELPHYS") {
                    .delphysBCGP
                } else {
                    .masterys
                }
            #expect(range.column == column, "\(range.name)")
        }
    }

    @Test func namesTellTheMap() {
        for range in DeviceRange.all {
            #expect(DeviceMap.named(range.map)?.name == range.map)
            let maps = Set(DeviceRange.all.filter { $0.name == range.name }.map(\.map))
            #expect(maps == [range.map], "\(range.name)")
        }
        #expect(DeviceRange.vuMap(0x8200)?.name == "MASTERYS BC+" && DeviceRange.vuMap(1) == nil)
        #expect(DeviceRange.statys.map == "STS")
        #expect(Set(DeviceRange.all.map(\.family)) == ["NETYS", "ITYS", "MODULYS", "MASTERYS", "DELPHYS", "STATYS"])
    }
}
