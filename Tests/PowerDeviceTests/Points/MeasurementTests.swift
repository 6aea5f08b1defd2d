import PowerDevice
import Testing

@Suite struct MeasurementTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let code: PointCode
        let raw: UInt16
        let isDecimal: Bool
        let value: Double?
        var testDescription: String { "\(code) \(raw)" }
    }

    static let rows: [Row] = [
        Row(code: "M016", raw: 501, isDecimal: true, value: 50.1),
        Row(code: "M016", raw: 501, isDecimal: false, value: 501),
        Row(code: "M013", raw: 499, isDecimal: true, value: 49.9),
        Row(code: "M013", raw: 499, isDecimal: false, value: 49.9),
        Row(code: "M010", raw: 231, isDecimal: true, value: 231),
        Row(code: "M057", raw: 98, isDecimal: false, value: 0.98),
        Row(code: "M014", raw: 25, isDecimal: false, value: 2.5),
        Row(code: "M004", raw: 123, isDecimal: true, value: 12300),
        Row(code: "M005", raw: 12, isDecimal: false, value: 12000),
        Row(code: "M024", raw: 30, isDecimal: true, value: 1800),
        Row(code: "M015", raw: 0xFFCE, isDecimal: true, value: -5),
        Row(code: "M015", raw: 0xFFFF, isDecimal: true, value: nil),
        Row(code: "M018", raw: 0xFFFE, isDecimal: true, value: nil),
        Row(code: "M025", raw: 0xFFFD, isDecimal: true, value: 65533),
    ]

    @Test(arguments: rows) func decodesAsPrinted(row: Row) throws {
        let measurement = try #require(DeviceMap.vuMap[row.code]?.measurement)
        #expect(measurement.value(row.raw, isDecimal: row.isDecimal) == row.value)
        guard let value = row.value else { return }
        #expect(measurement.raw(value, isDecimal: row.isDecimal) == row.raw)
    }

    @Test func valuesOutsideTheWordAreKeptInside() throws {
        let power = try #require(DeviceMap.vuMap["M004"]?.measurement)
        #expect(power.raw(nil, isDecimal: true) == 0xFFFF)
        #expect(power.raw(.nan, isDecimal: true) == 0xFFFF)
        #expect(power.raw(-5, isDecimal: true) == 0)
        #expect(power.raw(1e12, isDecimal: true) == 0xFFFD)
        let temperature = try #require(DeviceMap.vuMap["M015"]?.measurement)
        #expect(temperature.raw(-0.1, isDecimal: true) == 0)
        #expect(temperature.raw(-0.3, isDecimal: true) == 0xFFFD)
    }

    @Test func everyWordDecodesOnEveryRow() {
        let words: [UInt16] = [0, 1, 0x7FFF, 0x8000, 0xFFFC, 0xFFFD, 0xFFFE, 0xFFFF]
        for measurement in DeviceMap.vuMap.points.compactMap(\.measurement) {
            for word in words { #expect(measurement.value(word, isDecimal: false).map(\.isFinite) ?? true) }
        }
    }
}
