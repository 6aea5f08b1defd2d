/// A table of a device's parameters, as the card's pages show it (manual 12.1.5–12.1.10, 12.2.3, 12.2.4, 13.2–13.4).
///
/// Rows are in the manual's order. What the device does not measure has no row.
package struct ParameterTable: Sendable, Equatable {
    package var title: String
    package var rows: [Row]

    package init(_ title: String, _ rows: [Row?]) {
        self.title = title
        self.rows = rows.compactMap { $0 }
    }

    package struct Row: Sendable, Equatable {
        package var title: String
        /// As it is printed: `%`, `kVA`, `mn`, `V` between line and neutral, `U` between lines.
        package var unit: String
        /// One for each line, or one for the whole device; nil where one of the lines is not measured.
        package var values: [Value?]
        /// What the value is where that is not always the same.
        package var note: String?

        package init(_ title: String, _ unit: String, _ values: [Value?], note: String? = nil) {
            self.title = title
            self.unit = unit
            self.values = values
            self.note = note
        }

        /// The numbers alone.
        package var numbers: [Double?] {
            values.map { value in
                if case .number(let number, _) = value { number } else { nil }
            }
        }
    }

    package enum Value: Sendable, Equatable, CustomStringConvertible {
        case text(String)
        case number(Double, decimals: Int)
        case time(DeviceClock)

        package var description: String {
            switch self {
            case .text(let text): text
            case .number(let number, let decimals): Self.text(number, decimals)
            case .time(let clock): Self.text(clock)
            }
        }

        /// `22.0`, `-3.5`, `400`.
        private static func text(_ number: Double, _ decimals: Int) -> String {
            let factor = decimals == 0 ? 1 : decimals == 1 ? 10 : 100
            guard number.isFinite, let scaled = Int(exactly: (number * Double(factor)).rounded()) else { return "" }
            if decimals == 0 { return String(scaled) }
            let fraction = String(scaled.magnitude % UInt(factor))
            let zeros = String(repeating: "0", count: max(0, decimals - fraction.count))
            return "\(scaled < 0 ? "-" : "")\(scaled.magnitude / UInt(factor)).\(zeros)\(fraction)"
        }

        /// `23/11/2026 08:05:00`.
        private static func text(_ clock: DeviceClock) -> String {
            let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
            let date = "\(two(clock.day))/\(two(clock.month))/\(clock.year)"
            return "\(date) \(two(clock.hour)):\(two(clock.minute)):\(two(clock.second))"
        }
    }

    /// The row with this title and unit.
    package func row(_ title: String, _ unit: String = "") -> Row? { rows.first { $0.title == title && $0.unit == unit } }
}

extension ParameterTable {
    /// A row of readings: for each line a value of the template's variable. Nil where no line is measured.
    ///
    /// Readings are in V, A, W, VA, s; the table's kVA, kW and mn are their thousandth and sixtieth parts.
    static func readings(
        _ title: String, _ unit: PrintedUnit, _ variable: VariableTemplate, _ lines: Int = 1, of state: DeviceState, scale: Double = 1
    ) -> Row? {
        let lines = max(1, lines)
        if lines == 1, unit == .voltBetweenLines { return nil }
        let values = (1...lines).map { line in
            state.readings[variable.variable(line: line, of: lines)]
                .map { Value.number($0 * scale / unit.divisor, decimals: unit.decimals) }
        }
        return values.contains { $0 != nil } ? Row(title, unit.rawValue, values) : nil
    }

    static func text(_ title: String, _ text: String?) -> Row? { text.map { Row(title, "", [.text($0)]) } }

    static func time(_ clock: DeviceClock?) -> Row? { clock.map { Row("Date / time", "", [.time($0)]) } }

    /// The units of the tables, and what of a reading's unit makes one.
    enum PrintedUnit: String {
        case none = ""
        case percent = "%"
        case kilovoltAmpere = "kVA"
        case kilowatt = "kW"
        case volt = "V"
        case voltBetweenLines = "U"
        case ampere = "A"
        case ampereHour = "Ah"
        case hertz = "Hz"
        case celsius = "°C"
        case degree = "°"
        case minute = "mn"

        var divisor: Double {
            switch self {
            case .kilovoltAmpere, .kilowatt: 1000
            case .minute: 60
            case .none, .percent, .volt, .voltBetweenLines, .ampere, .ampereHour, .hertz, .celsius, .degree: 1
            }
        }

        var decimals: Int {
            switch self {
            case .none: 2
            case .kilovoltAmpere, .kilowatt, .ampere, .ampereHour, .hertz, .celsius: 1
            case .percent, .volt, .voltBetweenLines, .degree, .minute: 0
            }
        }
    }
}
