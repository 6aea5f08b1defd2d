import PowerDevice
import Testing

/// JBUSP against a second copy of the manual's tables.
@Suite struct JBUSPTableTests {
    private let map = DeviceMap.jbusp

    static let statusLevels = "IIIIWW--W-IIIIWCCI--------II------------------I-WW--------------"
    static let statusTexts = "xxxxxxxxxxxxxxxxxx.....xx.xxxxxxxxxxxxxxxxxx..x.xx.............."
    /// How many of the four columns are marked X.
    static let statusMarks = "4444443424433444440000042044400100000033334000003300000000000000"
    static let alarmLevels = "WWW--WWWW-W--------WW--W-WW--W-CWWWWWWW---WWWWWWWCWWC-C-W-CCWWC-"
    static let alarmTexts = "xxxxxxxxx.x..xxxxxxxxxxx.xxx.xxxxxxxxxxxxxxxxxxxxxxxx.xxxxxxxxx."
    static let alarmMarks = "4441234430200111223112430331022400000031113232222333303100331120"

    /// External alarms 2 to 4: managed though printed without a level.
    static let managedNevertheless: Set<Int> = [39, 40, 41]

    @Test func tablesAreWhole() {
        #expect(JBUSP.status.map(\.code) == (0..<96).map { PointCode("S", $0, digits: 2) })
        #expect(JBUSP.alarms.map(\.code) == (0..<64).map { PointCode("A", $0, digits: 2) })
        #expect(JBUSP.measurements.map(\.code) == (0..<48).map { PointCode("M", $0, digits: 2) })
        #expect(JBUSP.identification.map(\.code) == (0..<12).map { PointCode("I", $0, digits: 2) })
        #expect(JBUSP.configuration.map(\.code) == (0..<32).map { PointCode("T", $0, digits: 2) })
        #expect(JBUSP.clock.map(\.code) == ["K00", "K01", "K02", "K03"] && JBUSP.texts.map(\.code) == ["R00"])
        #expect(map.points.count == 96 + 64 + 48 + 12 + 32 + 4 + 1)
        #expect(Set(map.points.map(\.code)).count == map.points.count)
        for code in ["S000", "S96", "A64", "M48", "T32", "I12", "K04", "R000", "s00"] as [PointCode] { #expect(map[code] == nil) }
    }

    @Test func everyPointLiesInTheFile() {
        for point in map.points { #expect(map.emptyRegisters.contains(point.address), "\(point.code)") }
        #expect(map.readPlan.map(\.address) == [0x1020, 0x1040, 0x1060, 0x1000, 0x10E0])
        #expect(map.readPlan.map(\.count) == [4, 4, 48, 12, 32])
        #expect(map.registers().words(in: RegisterRange(0x1020, count: 6))?.count == 6)
        #expect(map.registers().words(in: RegisterRange(0x1360, count: 4))?.count == 4)
    }

    @Test func statusRowsAreThePrintedOnes() throws {
        let levels = Printed.levels(Self.statusLevels)
        for (number, text) in Self.statusTexts.enumerated() {
            let point = try #require(map[PointCode("S", number, digits: 2)])
            #expect(point.address == 0x1020 + UInt16(number / 16) && point.bit == number % 16 && !point.isAlarm, "S\(number)")
            #expect(point.level == levels[number] && (point.title != nil) == (text == "x"), "S\(number)")
        }
        for number in 64..<96 {
            let point = try #require(map[PointCode("S", number, digits: 2)])
            #expect(point.address == 0x1020 + UInt16(number / 16) && point.title == nil && point.level == nil)
        }
    }

    @Test func alarmRowsAreThePrintedOnes() throws {
        let levels = Printed.levels(Self.alarmLevels)
        for (number, text) in Self.alarmTexts.enumerated() {
            let point = try #require(map[PointCode("A", number, digits: 2)])
            let level = Self.managedNevertheless.contains(number) ? .warning : levels[number]
            #expect(point.address == 0x1040 + UInt16(number / 16) && point.bit == number % 16 && point.isAlarm, "A\(number)")
            #expect(point.level == level && (point.title != nil) == (text == "x"), "A\(number)")
        }
    }

    @Test func presenceIsThatOfThePrintedMarks() throws {
        for (letter, marks) in [("S", Self.statusMarks), ("A", Self.alarmMarks)] as [(Character, String)] {
            for (number, mark) in marks.enumerated() {
                let presence = try #require(map[PointCode(letter, number, digits: 2)]).presence
                let present = presence.values.count { $0 == .present }
                // Fewer than three marks: the columns are lost.
                #expect(present == (mark >= "3" ? mark.wholeNumberValue : 0), "\(letter)\(number)")
                if mark == "3" { #expect(presence[.netys] == .absent, "\(letter)\(number)") }
            }
        }
        for number in [30] + Array(32...37) { #expect(map[PointCode("S", number, digits: 2)]?.presence[.masterys] == .parallelOnly) }
        for number in 32...37 { #expect(map[PointCode("A", number, digits: 2)]?.presence[.delphysMPMX] == .parallelOnly) }
        #expect(map["S46"]?.presence[.delphysBCGP] == .optional && map["S46"]?.presence[.netys] == .absent)
    }

    static let measurements = Printed.rows(
        """
        M00 % XXXX; M01 % XXX; M02 % XXX; M03 % XXXX; M04 % XXXX; M05 Ah*10 XXX
        M06 V XXXX; M07 V XXX; M08 V XXX; M09 V XXXX; M10 V XXX; M11 V XXX
        M12 A X--; M13 A X--; M14 A X--; M15 A*10 XXXX; M16 A*10 XXX; M17 A*10 XXX
        M18 Hz*10 XXXX; M19 Hz*10 XXXX; M20 V*10 XXXX; M21 V*10 -X--; M22 °C XXXX; M23 min XXXX
        M24 A*10± -XXX; M25 -; M26 -; M27 -; M28 -; M29 -
        M30 -; M31 -; M32 -; M33 V XXXX; M34 V XXX; M35 V XXX
        M36 kW*10 XX-; M37 kVA*10 XXX; M38 kVA*10 XXX; M39 kVA*10 XXX; M40 ? XXX; M41 ? XXX
        M42 ? XXX; M43 Hz*10 X--; M44 -; M45 -; M46 -; M47 -
        """)

    @Test func measurementRowsAreThePrintedOnes() throws {
        #expect(Self.measurements.count == 48)
        for (number, row) in Self.measurements.enumerated() {
            let point = try #require(map[PointCode(row[0])])
            let measurement = try #require(point.measurement)
            #expect(point.address == 0x1060 + UInt16(number), "\(row)")
            guard row.count == 3 else {
                #expect(point.title == nil && measurement.variable == nil && point.presence.isEmpty && row[1] == "-", "\(row)")
                continue
            }
            let isUnspecified = row[1] == "?"
            let parts = row[1].split(separator: "*")
            #expect(measurement.unit.rawValue == (isUnspecified ? "" : String(parts[0])), "\(row)")
            #expect(measurement.scale.divisor(isDecimal: false) == (parts.count == 2 ? 10 : 1), "\(row)")
            #expect(measurement.isSigned == (row[1].hasSuffix("±") || parts[0] == "°C"), "\(row)")
            #expect((measurement.variable == nil) == isUnspecified, "\(row)")
            let cells = row[2].count == 3 ? "-" + row[2] : row[2]
            for (column, cell) in zip(JBUSP.Column.allCases, cells) {
                #expect(point.presence[column] == (cell == "X" ? .present : .absent), "\(row) \(column)")
            }
        }
    }

    @Test func configurationRowsAreThePrintedOnes() throws {
        for number in 0..<12 { #expect(map[PointCode("I", number, digits: 2)]?.address == 0x1000 + UInt16(number)) }
        for number in 0..<32 { #expect(map[PointCode("T", number, digits: 2)]?.address == 0x10E0 + UInt16(number)) }
        for number in 0..<4 { #expect(map[PointCode("K", number, digits: 2)]?.address == 0x1360 + UInt16(number)) }
        let used = Set([0, 1, 2, 3, 4, 8, 10])
        for number in 0..<32 { #expect((map[PointCode("T", number, digits: 2)]?.title != nil) == used.contains(number)) }
        for number in 8..<12 { #expect(map[PointCode("I", number, digits: 2)]?.title == nil) }
        let ratings: [(PointCode, String, Int)] = [
            ("I01", "kVA", 10), ("T00", "V", 1), ("T01", "V", 1), ("T02", "Hz", 1), ("T03", "Hz", 1), ("T04", "", 100), ("T08", "Ah", 10),
        ]
        for (code, unit, divisor) in ratings {
            let rating = try #require(map[code]?.rating)
            #expect(rating.unit.rawValue == unit && rating.scale.divisor(isDecimal: false) == divisor, "\(code)")
        }
        #expect(map.points.filter { $0.rating != nil }.map(\.code) == ratings.map(\.0))
    }

    static let wellKnown = Printed.conditions(
        """
        A31 A02 A07 A45 A46 A50 A43 A09 A44 A42 A00 A59 S16|A49 S15 S05 0 A47 S14 A01 A52
        A23 A05 A56 A10 A26 A54 A25 A62 A29 A06 A61 A60 A48 A58 A20 A19 A51 A38 A39 A40
        A41 A32 A33 A34 A35 A36 A37 0 0 0 0 0 0 0 S04&!S07 !S03&!S04 !S02&!S01&!S04
        - - - - -
        """)
    static let rfc1628 = Printed.conditions(
        """
        A01|A47 S05 S15 S16|A49 A07 A05 0 A02 S04&!S07 A29 0 0 A26 !S03&!S04 !S02&!S03&!S04 A60 0 A00 S14 - - - - S10
        """)
    static let traps = Printed.traps(
        """
        1:S05 5:A31 6:A02 7:A43 8:A59 9:S16|A49 10:S15 11:A01 12:A52|A54|A62 13:!S03&!S04 15:S05 16:S14
        17:A07 18:S04&!S07 19:A00 22:S03 23:S00 24:!A00
        """)

    @Test func conditionsAreThePrintedOnes() { expectConditions(of: map, Self.wellKnown, Self.rfc1628, Self.traps) }
}
