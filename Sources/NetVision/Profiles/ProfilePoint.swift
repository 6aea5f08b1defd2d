package import PowerDevice
package import SNMP

/// One measured quantity of a profile: where it stands, how it is counted, and which variable it means.
package struct ProfilePoint: Sendable, Hashable {
    package let variable: VariableTemplate
    /// A scalar's instance, or the column of a table of lines.
    package let object: OID
    /// The table that the column belongs to; nil for a scalar.
    package let lines: LineGroup?
    package let reading: ReadingRule
    package let poll: CardProfile.PollClass

    init(_ variable: VariableTemplate, _ object: OID, lines: LineGroup? = nil, reading: ReadingRule, poll: CardProfile.PollClass) {
        self.variable = variable
        self.object = object
        self.lines = lines
        self.reading = reading
        self.poll = poll
    }
}

/// What a number that a device answers is worth.
package struct ReadingRule: Sendable, Hashable {
    package let scale: MIBScale
    /// Numbers that stand for "not managed".
    package let absent: Set<Int>
    /// A value below zero is a measurement here (a charging current, frost), not a mark.
    package let isSigned: Bool
    /// What can be a measurement, in the variable's unit.
    package let plausible: PlausibleRange

    package init(_ variable: VariableTemplate, _ scale: MIBScale, absent: Set<Int> = Self.marks, isSigned: Bool = false) {
        self.init(scale: scale, absent: absent, isSigned: isSigned, plausible: PlausibleRange(of: variable))
    }

    package init(scale: MIBScale, absent: Set<Int>, isSigned: Bool, plausible: PlausibleRange) {
        self.scale = scale
        self.absent = absent
        self.isSigned = isSigned
        self.plausible = plausible
    }

    /// Integers that real cards answer for "not managed"; those times ten are 65534 and 65535 after the card has scaled them up.
    package static let marks: Set<Int> = [-1, 65534, 65535, 655_340, 655_350]

    /// The variable's value, in its unit; nil if the number is a mark or can't be a measurement.
    package func value(_ raw: Int) -> Double? {
        if absent.contains(raw) || (!isSigned && raw < 0) { return nil }
        let value = scale.value(raw: raw)
        return plausible.contains(value) ? value : nil
    }
}

/// Where physics alone tells a measurement from a mark or from one in another scale: nothing outside is ever a reading.
///
/// The ranges are as narrow as real devices allow. A mains frequency ten times too large or too small, or a voltage in tenths taken for
/// whole volts, falls out of them.
package struct PlausibleRange: Sendable, Hashable {
    package let lowest: Double
    package let highest: Double
    /// Besides: nothing there. A frequency is 0 without a supply, and then at least that of a railway.
    package let allowsZero: Bool

    package init(_ range: ClosedRange<Double>, allowsZero: Bool = false) {
        lowest = range.lowerBound
        highest = range.upperBound
        self.allowsZero = allowsZero
    }

    package func contains(_ value: Double) -> Bool { lowest <= value && value <= highest || allowsZero && value == 0 }

    /// What a variable of this name can be.
    package init(of variable: VariableTemplate) {
        let parts = variable.pattern.split(separator: ".")
        switch variable.variable().unit {
        case .celsius: self.init(-60...150)
        case .degree: self.init(-360...360)
        case .hertz: self.init(15...440, allowsZero: true)
        case .percent: self.init(parts.contains("charge") ? 0...110 : parts.contains("humidity") ? 0...100 : 0...400)
        case .volt: self.init(0...(parts.contains("battery") || parts.contains("dcstorage") || parts.contains("dc") ? 1500 : 999))
        case .ampere: self.init(-20_000...20_000)
        case .ampereHour: self.init(0...200_000)
        case .second: self.init(0...31_536_000)
        case .voltAmpere, .watt: self.init(-50_000_000...50_000_000)
        case .none:
            self.init(
                parts.contains("powerfactor") ? -1.01...1.01 : parts.contains("crestfactor") ? 0...20 : -2_147_483_648...4_294_967_294)
        }
    }
}

/// One instance of a point: a scalar, or a column's object in the row of one line.
///
/// Names are worked out once, for they are needed thousands of times a second.
package struct ProfileCell: Sendable {
    package let object: OID
    package let point: ProfilePoint
    /// The row, counted from 1.
    package let line: Int
    private let variableAlone: Variable
    private let variableOfLine: Variable

    init(_ point: ProfilePoint, line: Int) {
        object = point.lines == nil ? point.object : point.object.appending(UInt32(line))
        self.point = point
        self.line = line
        variableAlone = point.variable.variable()
        variableOfLine = point.variable.variable(line: line, of: MIBModule.maximumLines)
    }

    /// The variable that the cell means on a device with `lines` lines.
    package func variable(of lines: Int) -> Variable { lines > 1 ? variableOfLine : variableAlone }
}
