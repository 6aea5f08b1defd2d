/// How a measurement word is read: its printed unit and decimals, and the variable it feeds.
package struct Measurement: Sendable, Equatable {
    package let unit: PrintedUnit
    package let scale: Scale
    /// Nil for the reserved words.
    package let variable: VariableTemplate?
    /// Which supply the word belongs to, and on which of its lines (1…3); without a line it counts for the whole device.
    package let line: Line?
    /// Whether the word is a two's complement number: temperatures always are, and what the manual prints with a sign.
    package let isSigned: Bool

    package init(
        _ unit: PrintedUnit, _ scale: Scale, _ variable: VariableTemplate?, line: Line? = nil, isSigned: Bool = false
    ) {
        self.unit = unit
        self.scale = scale
        self.variable = variable
        self.line = line
        self.isSigned = isSigned || unit == .celsius
    }

    package struct Line: Sendable, Equatable {
        package let supply: Supply
        package let number: Int

        package init(_ supply: Supply, _ number: Int) {
            self.supply = supply
            self.number = number
        }
    }

    /// A three-phase connection of the device, each with its own number of lines.
    package enum Supply: Sendable { case input, bypass, output }

    /// The unit as the manual prints it; a reading's unit (``Unit``) is the SI-style one.
    package enum PrintedUnit: String, Sendable {
        case none = ""
        case ampere = "A"
        case ampereHour = "Ah"
        case celsius = "°C"
        case degree = "°"
        case hertz = "Hz"
        case kilovoltAmpere = "kVA"
        case kilowatt = "kW"
        case minute = "min"
        case percent = "%"
        case second = "s"
        case volt = "V"

        /// How many of the reading's units make one printed unit: 1,000 VA in a kVA, 60 s in a minute.
        package var multiplier: Int {
            switch self {
            case .kilovoltAmpere, .kilowatt: 1000
            case .minute: 60
            case .none, .ampere, .ampereHour, .celsius, .degree, .hertz, .percent, .second, .volt: 1
            }
        }
    }

    /// The decimals of a word.
    package enum Scale: Sendable {
        case whole
        /// Always × 10, whatever the device's factor says.
        case tenths
        /// Always × 100.
        case hundredths
        /// × 10 on a device that says so (VU-MAP: T014 = 1), whole on the others.
        case factored

        /// What to divide the word by.
        package func divisor(isDecimal: Bool) -> Int {
            switch self {
            case .whole: 1
            case .tenths: 10
            case .hundredths: 100
            case .factored: isDecimal ? 10 : 1
            }
        }
    }
}

extension Measurement {
    /// What a device answers for a quantity that it does not manage (-1).
    package static let notManaged: UInt16 = 0xFFFF
    /// 65534 (-2) means "not available" too: real cards answer both.
    private static let unavailable: ClosedRange<UInt16> = 0xFFFE...0xFFFF
    /// The largest word that still is a value.
    private static let largest: UInt16 = 0xFFFD

    /// The variable that this row feeds on a device with `lines` lines: none between the lines of a one-phase supply.
    func variable(of lines: Int) -> Variable? {
        guard let variable, lines > 1 || !variable.pattern.contains("{L-L}") else { return nil }
        return variable.variable(line: line?.number ?? 1, of: lines)
    }

    /// The value of `raw` in the variable's unit, or nil where the device does not manage it.
    ///
    /// Words are unsigned, as the manual's formats are (`## ###`), but for temperatures and for what is printed with a sign.
    package func value(_ raw: UInt16, isDecimal: Bool) -> Double? {
        guard !Self.unavailable.contains(raw) else { return nil }
        let number = isSigned ? Int(Int16(bitPattern: raw)) : Int(raw)
        return Double(number * unit.multiplier) / Double(scale.divisor(isDecimal: isDecimal))
    }

    /// The word for `value` (in the variable's unit), rounded to its decimals and kept within what the word can say.
    ///
    /// Of signed words -1 and -2 become 0: those are taken by "not managed".
    package func raw(_ value: Double?, isDecimal: Bool) -> UInt16 {
        guard let value, value.isFinite else { return Self.notManaged }
        let scaled = (value * Double(scale.divisor(isDecimal: isDecimal)) / Double(unit.multiplier)).rounded()
        if isSigned && scaled < -2 { return UInt16(bitPattern: Int16(max(scaled, Double(Int16.min)))) }
        return UInt16(min(max(scaled, 0), isSigned ? Double(Int16.max) : Double(Self.largest)))
    }
}
