import PowerDevice
import Testing

@Suite struct VUMapTableTests {
    private let map = DeviceMap.vuMap

    @Test func tablesAreWhole() {
        #expect(VUMap.status.map(\.code) == (0..<128).map { PointCode("S", $0) })
        #expect(VUMap.alarms.map(\.code) == (0..<128).map { PointCode("A", $0) })
        #expect(VUMap.measurements.map(\.code) == (0..<80).map { PointCode("M", $0) })
        #expect(VUMap.configuration.map(\.code) == (1...15).map { PointCode("T", $0) })
        #expect(VUMap.texts.map(\.code) == ["R000", "R001"])
        #expect(map.points.count == 128 + 128 + 80 + 15 + 2)
        #expect(Set(map.points.map(\.code)).count == map.points.count)
    }

    @Test func everyPointLiesInTheReadPlan() {
        for point in map.points { #expect(map.emptyRegisters.contains(point.address), "\(point.code)") }
        #expect(map.readPlan.allSatisfy { $0.count <= 125 })
        #expect(map.readPlan.reduce(0) { $0 + $1.count } == 131)
    }

    @Test(
        arguments: [
            ("S000", 0x0030, 0), ("S127", 0x0037, 15), ("A019", 0x0039, 3), ("A112", 0x003F, 0), ("A062", 0x003B, 14),
        ] as [(PointCode, UInt16, Int)]) func bitsAreWhereTheManualPutsThem(code: PointCode, address: UInt16, bit: Int)
    {
        #expect(map[code]?.address == address && map[code]?.bit == bit)
    }

    @Test(
        arguments: [
            ("M000", 0x0040), ("M035", 0x0063), ("M079", 0x008F), ("T001", 0x0001), ("T015", 0x000F), ("R000", 0x0010), ("R001", 0x001A),
        ]
            as [(PointCode, UInt16)]) func wordsAreWhereTheManualPutsThem(code: PointCode, address: UInt16)
    {
        #expect(map[code]?.address == address)
    }

    @Test func levelsAreThoseOfTheManual() {
        #expect(VUMap.alarms.count { $0.level == .critical } == 20)
        #expect(map["A000"]?.level == .critical && map["A018"]?.level == .warning && map["A052"]?.level == nil)
        #expect(map["S004"]?.level == .critical && map["S000"]?.level == .information && map["S016"]?.level == nil)
        for code in ["A035", "A064", "A065", "A066", "A067"] as [PointCode] { #expect(map[code]?.level == .warning) }
    }

    @Test func unknownCodeHasNoRow() {
        for code in ["S128", "M080", "T000", "T016", "X000", "s000", ""] as [PointCode] { #expect(map[code] == nil) }
    }

    @Test func everyVariableHasTheUnitOfItsRow() {
        for point in map.points {
            guard let measurement = point.measurement, let variable = measurement.variable?.variable(line: 1, of: 3) else { continue }
            let unit: Unit =
                switch measurement.unit {
                case .kilovoltAmpere: .voltAmpere
                case .kilowatt: .watt
                case .minute: .second
                default: Unit(rawValue: measurement.unit.rawValue) ?? .none
                }
            #expect(variable.unit == unit, "\(point.code) \(variable)")
        }
    }
}
