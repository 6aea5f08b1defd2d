package import PowerDevice
package import SNMP

/// One measured quantity of a MIB: where it stands, how it is counted, and which variable it means.
///
/// Reading and serving use the same row: the fleet turns the integer of a card into the variable's value, CardAgent the value into the integer.
package struct MIBPoint: Sendable, Hashable {
    /// The object's arcs below the module's root, without an instance: `2.4`, or the column `3.3.1.2`.
    package let tail: String
    /// The object's name in its MIB.
    package let name: String
    package let variable: VariableTemplate
    package let scale: MIBScale
    /// The table that the column belongs to; absent for a scalar.
    package let lines: LineGroup?
    /// Zero stands for "not managed" here, because the quantity is never exactly zero in a device that measures it.
    package let zeroIsAbsent: Bool
    /// A value below zero is a measurement here (a charging current, frost), not a mark.
    package let isSigned: Bool
    /// What a card answers where the device does not manage the quantity.
    package let unmanaged: Int32
    package let access: ObjectType.Access
    /// Where the object comes from, if not from the module as a whole.
    package let source: String?

    /// - Parameters:
    ///   - tail: Arcs below the root, without the instance.
    ///   - unmanaged: -1 where the manual stars the object, 65535 (its general rule) elsewhere.
    package init(
        _ tail: String, _ name: String, _ variable: VariableTemplate, _ scale: MIBScale = .whole, of lines: LineGroup? = nil,
        zeroIsAbsent: Bool = false, isSigned: Bool = false, unmanaged: Int32 = 65535, access: ObjectType.Access = .readOnly,
        source: String? = nil
    ) {
        self.tail = tail
        self.name = name
        self.variable = variable
        self.scale = scale
        self.lines = lines
        self.zeroIsAbsent = zeroIsAbsent
        self.isSigned = isSigned
        self.unmanaged = unmanaged
        self.access = access
        self.source = source
    }

    /// How the integer that a card answers is read.
    package var reading: ReadingRule {
        ReadingRule(variable, scale, absent: zeroIsAbsent ? ReadingRule.marks.union([0]) : ReadingRule.marks, isSigned: isSigned)
    }

    /// The variable's value, in its unit, of the integer that a card answered; absent if the integer is a mark or can't be a measurement.
    package func value(raw: Int) -> Double? { reading.value(raw) }

    /// The integer to answer for a value in the variable's unit; `unmanaged` if there is none or it doesn't fit an INTEGER.
    package func raw(value: Double?) -> Int32 {
        guard let value, let raw = scale.raw(value: value) else { return unmanaged }
        return raw
    }
}

/// The device's lines that have a table of their own.
package enum LineGroup: String, Sendable, Hashable, CaseIterable {
    case input
    case output
    case bypass
}

/// How a MIB counts a quantity: the variable's value is the integer times `numerator / denominator`.
///
/// A fraction, because 2345 tenths are 234.5 and not 2345 x 0.1.
package struct MIBScale: Sendable, Hashable {
    package let numerator: Int
    package let denominator: Int
    let roundsDown: Bool

    init(numerator: Int, denominator: Int = 1, roundsDown: Bool = false) {
        self.numerator = numerator
        self.denominator = denominator
        self.roundsDown = roundsDown
    }

    package static let whole = MIBScale(numerator: 1)
    package static let tenths = MIBScale(numerator: 1, denominator: 10)
    package static let hundredths = MIBScale(numerator: 1, denominator: 100)
    /// kVA and kW of a variable in VA and W.
    package static let thousands = MIBScale(numerator: 1000)
    /// 0.1 kVA and 0.1 kW of a variable in VA and W.
    package static let hundreds = MIBScale(numerator: 100)
    /// Minutes of a variable in seconds; a begun minute doesn't count, for nobody may be promised more time than there is.
    package static let minutes = MIBScale(numerator: 60, roundsDown: true)

    /// What a MIB's text calls the unit: `0.1 V`, `kVA`.
    func units(of unit: Unit) -> String? {
        switch (unit, self) {
        case (.none, .tenths): "tenths"
        case (.none, .hundredths): "hundredths"
        case (.none, _): nil
        case (.second, .minutes): "minutes"
        case (.voltAmpere, .hundreds), (.watt, .hundreds): "0.1 k\(unit.rawValue)"
        case (.voltAmpere, .thousands), (.watt, .thousands): "k\(unit.rawValue)"
        case (_, .tenths): "0.1 \(unit.plainName)"
        case (_, _): unit.plainName
        }
    }

    package func value(raw: Int) -> Double { Double(raw) * Double(numerator) / Double(denominator) }

    func raw(value: Double) -> Int32? {
        let scaled = value * Double(denominator) / Double(numerator)
        return Int32(exactly: scaled.rounded(roundsDown ? .down : .toNearestOrAwayFromZero))
    }
}

extension Unit {
    /// The unit in ASCII.
    fileprivate var plainName: String {
        switch self {
        case .celsius: "degrees Celsius"
        case .degree: "degrees"
        case .percent: "percent"
        case .second: "seconds"
        case .ampere, .ampereHour, .hertz, .none, .volt, .voltAmpere, .watt: rawValue
        }
    }
}
