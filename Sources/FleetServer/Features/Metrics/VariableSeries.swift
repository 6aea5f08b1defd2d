import PowerDevice

/// Under which name and phase Prometheus knows a variable: `battery.charge` is `nvfleet_battery_charge`, `input.L1-N.voltage` is
/// `nvfleet_input_voltage{phase="L1-N"}`.
///
/// A phase is a label, for it is summed over; which input of a transfer switch it is (`input.1.L1-N.voltage`) stays in the name.
struct VariableSeries: Sendable, Hashable {
    /// The name of the metric.
    let family: String
    /// `L1`, `L1-N`, `L1-L2`, `N` …; nil of a device with one line, and of what belongs to no line.
    let phase: String?
    /// What the family measures, as NUT names it, without the phase.
    let quantity: String
    let unit: Unit

    /// Parts of variable names that NUT uses for lines.
    private static let phases: Set<Substring> = ["L1", "L2", "L3", "L1-N", "L2-N", "L3-N", "L1-L2", "L2-L3", "L3-L1", "N"]
    /// Families that begin like this are the server's own.
    private static let reserved = [
        "card", "cards", "gateway", "poll", "probe", "remote", "snmp", "storage", "stream", "telemetry", "trap", "traps",
    ]

    /// Nil where the name can't be told from one of the server's own metrics.
    init?(_ variable: Variable) {
        var phase: String?
        var parts: [Substring] = []
        for part in variable.rawValue.split(separator: ".") {
            if phase == nil, Self.phases.contains(part) { phase = String(part) } else { parts.append(part) }
        }
        guard let first = parts.first, !Self.reserved.contains(where: { first == $0 || first.hasPrefix("\($0)_") }) else { return nil }
        self.phase = phase
        quantity = parts.joined(separator: ".")
        family = "nvfleet_" + parts.map(Self.sanitized).joined(separator: "_")
        unit = variable.unit
    }

    /// A name of Prometheus has ASCII letters, digits and underscores.
    private static func sanitized(_ part: Substring) -> String {
        String(
            String.UnicodeScalarView(
                part.unicodeScalars.map { $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) ? $0 : "_" }))
    }

    /// The family's `HELP`.
    var help: String {
        let of = "\(quantity) of the card's device"
        return unit == .none ? "\(of)." : "\(of), in \(unit.words)."
    }
}

extension Unit {
    /// The unit as a sentence says it.
    var words: String {
        switch self {
        case .ampere: "amperes"
        case .ampereHour: "ampere-hours"
        case .celsius: "degrees Celsius"
        case .degree: "degrees of phase"
        case .hertz: "hertz"
        case .none: "no unit"
        case .percent: "percent"
        case .second: "seconds"
        case .volt: "volts"
        case .voltAmpere: "volt-amperes"
        case .watt: "watts"
        }
    }
}

/// The series of all variables that have been seen. Their number is bounded: names come from profiles, which are files of the user's.
struct SeriesCatalog: Sendable {
    static let capacity = 4096

    private(set) var series: [VariableSeries] = []
    private var numbers: [Variable: Int?] = [:]
    private var taken: [VariableSeries.Key: Int] = [:]

    /// The number of the variable's series in `series`; nil of one that has none.
    ///
    /// Of two variables whose names differ only in what Prometheus does not allow, the first one has the series.
    mutating func number(of variable: Variable) -> Int? {
        if let known = numbers[variable] { return known }
        guard numbers.count < Self.capacity else { return nil }
        let number = add(variable)
        numbers[variable] = .some(number)
        return number
    }

    private mutating func add(_ variable: Variable) -> Int? {
        guard let found = VariableSeries(variable), taken[found.key] == nil else { return nil }
        taken[found.key] = series.count
        series.append(found)
        return series.count - 1
    }
}

extension VariableSeries {
    /// What tells two series of one card apart.
    struct Key: Hashable, Sendable {
        let family: String
        let phase: String?
    }

    var key: Key { Key(family: family, phase: phase) }
}
