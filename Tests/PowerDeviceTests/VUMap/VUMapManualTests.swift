import PowerDevice
import Testing

/// VU-MAP against a second copy of the manual's tables.
@Suite struct VUMapManualTests {
    private let map = DeviceMap.vuMap

    static let statusLevels = """
        I-WWC-II-W-IIWIW-------I--IWW-IIIIIIIWIIIII-----III-II--IIII----\
        ----------------------------------------------------------------
        """
    static let alarmLevels = """
        CWWWWWWW----WW-WCCWWWWW----W----CW--WCW-CW------CWWW--W-W--CWWW-\
        --------------------------------WWWWWWWWWWWW----CCCCCCCCCCCC----
        """
    /// Which rows say something.
    static let statusTexts = """
        x.xxx.xxxxxxxxxxxxxxxxxxxxxxx.xxxxxxxxxxxxx.....xxxxxx.xxxxxxxxx\
        xxxxxx..xxxxxxxxxxxxxxxx........xxxxxxxxxxxxxxx.xxxxxxxxxxxxxxxx
        """
    static let alarmTexts = """
        xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\
        xxxxxxxxxx......x...............xxxxxxxxxxxxxxx.xxxxxxxxxxxxxxx.
        """

    /// Managed though printed without a level: rectifier input supply, external inputs 1 to 4.
    static let managedNevertheless: Set<Int> = [35, 64, 65, 66, 67]

    @Test func statusRowsAreThePrintedOnes() throws {
        let levels = Printed.levels(Self.statusLevels)
        #expect(levels.count == 128)
        for (number, text) in Self.statusTexts.enumerated() {
            let point = try #require(map[PointCode("S", number)])
            #expect(point.address == 0x0030 + UInt16(number / 16) && point.bit == number % 16 && !point.isAlarm, "S\(number)")
            #expect(point.level == levels[number] && (point.title != nil) == (text == "x"), "S\(number)")
        }
    }

    @Test func alarmRowsAreThePrintedOnes() throws {
        let levels = Printed.levels(Self.alarmLevels)
        #expect(levels.count == 128)
        for (number, text) in Self.alarmTexts.enumerated() {
            let point = try #require(map[PointCode("A", number)])
            let level = Self.managedNevertheless.contains(number) ? .warning : levels[number]
            #expect(point.address == 0x0038 + UInt16(number / 16) && point.bit == number % 16 && point.isAlarm, "A\(number)")
            #expect(point.level == level && (point.title != nil) == (text == "x"), "A\(number)")
        }
    }

    static let measurements = Printed.rows(
        """
        M000 % 00; M001 % 00; M002 % 00; M003 % 00; M004 kVA 01; M005 kW 01; M006 A 01; M007 A 01
        M008 A 01; M009 A 01; M010 V 00; M011 V 00; M012 V 00; M013 Hz 11; M014 1 11; M015 °C 11
        M016 V 01; M017 V 01; M018 A 01; M019 A 01; M020 -; M021 -; M022 % 00; M023 Ah 01
        M024 Mn 00; M025 s 00; M026 °C 11; M027 °C 11; M028 V 01; M029 °C 11; M030 -; M031 -
        M032 V 00; M033 V 00; M034 V 00; M035 Hz 11; M036 V 00; M037 V 00; M038 V 00; M039 V 00
        M040 V 00; M041 V 00; M042 Hz 11; M043 V 00; M044 V 00; M045 V 00; M046 -; M047 -
        M048 kVA 01; M049 kVA 01; M050 kVA 01; M051 kW 01; M052 kW 01; M053 kW 01; M054 V 00; M055 V 00
        M056 V 00; M057 1 22; M058 1 22; M059 1 22; M060 1 11; M061 1 11; M062 1 11; M063 1 11
        M064 A 01; M065 A 01; M066 A 01; M067 kW 01; M068 kW 01; M069 kW 01; M070 A 01; M071 A 01
        M072 A 01; M073 kW 01; M074 kW 01; M075 kW 01; M076 -; M077 -; M078 -; M079 -
        """)

    @Test func measurementRowsAreThePrintedOnes() throws {
        #expect(Self.measurements.count == 80)
        let divisors = [Character("0"): 1, "1": 10, "2": 100]
        for (number, row) in Self.measurements.enumerated() {
            let point = try #require(map[PointCode(row[0])])
            let measurement = try #require(point.measurement)
            #expect(point.address == 0x0040 + UInt16(number), "\(row)")
            guard row.count == 3 else {
                #expect(point.title == nil && measurement.variable == nil && row[1] == "-", "\(row)")
                continue
            }
            #expect(measurement.unit.rawValue == ["Mn": "min", "1": ""][row[1]] ?? row[1], "\(row)")
            #expect(measurement.variable != nil, "\(row)")
            let decimals = Array(row[2])
            #expect(measurement.scale.divisor(isDecimal: false) == divisors[decimals[0]], "\(row)")
            #expect(measurement.scale.divisor(isDecimal: true) == divisors[decimals[1]], "\(row)")
        }
    }

    static let wellKnown = Printed.conditions(
        """
        A000 A001 A002 A003 A004 A005 A006 A007 A012 A013 A015 A016 A017 A018 A019 A020 A021 A022 A027 A032
        A033 A035 A036 A037 A038 A040 A041 A048 A049 A050 A051 A054 A056 A059 A060 A061 A062 A064 A065 A066
        A067 A096 A097 A098 A099 A100 A101 A102 A103 A104 A105 A106 A107 S030 S002&!S006 S004 !S049&!S052&!S057
        - - - - -
        """)
    static let rfc1628 = Printed.conditions(
        """
        A027|A020|A021 A019&S000 A018 A017 A002 A035 0 A001 S002&!S006 A049 0 0 A038 S004 !S049&!S052&!S057 A054
        0 A015 A022 - - - - S034
        """)
    static let traps = Printed.traps(
        """
        1:A019&S000 5:A000 6:A001 7:A006 8:A016 9:A017 10:A018 11:A027 12:A032|A040|A048 13:S004 15:A019&S000 16:A022
        17:A002 18:S002&!S006 19:A015 22:S000|S001 23:S048 24:!A015
        """)

    @Test func conditionsAreThePrintedOnes() { expectConditions(of: map, Self.wellKnown, Self.rfc1628, Self.traps) }

    @Test func devicesAreThePrintedOnes() {
        let codes: [UInt16: String] = [
            0x8001: "ITYS PRO", 0x8100: "MODULYS GP 2.0", 0x8110: "MODULYS RM GP", 0x8140: "MODULYS XM", 0x8180: "MODULYS XS",
            0x81A0: "MODULYS XL", 0x8200: "MASTERYS BC+", 0x8300: "MASTERYS GP4", 0x8400: "DELPHYS XL", 0x0288: "DELPHYS BC - GP 2.0",
        ]
        #expect(VUMap.models == codes)
        for (code, name) in codes {
            var registers = map.registers()
            registers[0x000F] = code
            #expect(map.snapshot(of: registers).plate.model == name)
        }
    }

    @Test func configurationBitsAreThePrintedOnes() {
        #expect(map["T003"]?.flags.map(\.bit) == [0, 1, 2, 3, 4, 5, 6, 7, 13])
        #expect(map["T008"]?.flags.map(\.bit) == [0, 1, 3, 6, 9])
        #expect(map["T009"]?.flags.map(\.bit) == Array(0...7))
        #expect(map["T010"]?.flags.map(\.bit) == [0])
        for code in ["T011", "T012", "T013"] as [PointCode] { #expect(map[code]?.title == nil) }
    }

    @Test(
        arguments: [
            (0x0101, "Single unit"), (0x0801, "Modular unit"), (0x0901, "Modular unit"), (0x0601, "Parallel system, distributed bypass"),
            (0x0608, "Modular parallel system"), (0x0000, nil), (0x0701, nil),
        ] as [(UInt16, String?)]) func installationIsTold(word: UInt16, meaning: String?)
    {
        var registers = map.registers()
        registers[0x0001] = word
        registers[0x0002] = 4
        let plate = map.snapshot(of: registers).plate
        #expect(plate.installation?.meaning == meaning && plate.installation?.rawValue == word)
        #expect(plate.installation?.code == UInt8(word >> 8) && plate.installation?.deviceType == UInt8(word & 0xFF))
        #expect(plate.modules == 4)
    }
}
