import PowerDevice

/// A quantity that is logged.
struct LogField: Hashable, Sendable {
    /// Which supply's lines decide how the quantity is called in a reading.
    enum Supply: Sendable { case input, output, none }

    /// What an extended log keeps of a quantity, in the order of the manual's table.
    enum Statistic: String, CaseIterable, Sendable {
        case minimum = "min"
        case maximum = "max"
        case average = "avg"
    }

    /// What an operator reads: `Input voltage R`.
    let title: String
    /// As a device of three lines names it.
    let template: VariableTemplate
    let supply: Supply
    /// 1…3.
    let line: Int
    /// Where the device does not tell the quantity itself.
    let substitute: Variable?

    init(_ title: String, _ template: VariableTemplate, _ supply: Supply = .none, line: Int = 1, or substitute: Variable? = nil) {
        self.title = title
        self.template = template
        self.supply = supply
        self.line = line
        self.substitute = substitute
    }

    /// The column's name, of all devices the same.
    var column: String { template.variable(line: line, of: 3).rawValue }

    var unit: Unit { Variable(column).unit }

    /// The variables in which a device tells the quantity, the best first; none where it has no such line.
    func variables(inputLines: Int, outputLines: Int) -> [Variable] {
        let lines =
            switch supply {
            case .input: inputLines
            case .output: outputLines
            case .none: 1
            }
        guard line <= max(lines, 1) || !template.hasLine else { return [] }
        // What stands for a line is the whole device's, and so that of its only line.
        let substitutes = template.hasLine && lines > 1 ? [] : [substitute].compactMap(\.self)
        return [template.variable(line: line, of: template.hasLine ? lines : 1)] + substitutes
    }
}

extension LogField {
    /// The history of a UPS (manual 18.1): load rates are per phase, as the table shows them.
    static let ups: [LogField] =
        phases("Input voltage", "input.{L-N}.voltage", .input) + phases("Output voltage", "output.{L-N}.voltage", .output)
        + [inputFrequency] + loadRates + [batteryCapacity, temperature]

    /// The extended history of a UPS (manual 18.2).
    static let upsExtended: [LogField] =
        phases("Input voltage", "input.{L-N}.voltage", .input) + [inputFrequency]
        + phases("Output voltage", "output.{L-N}.voltage", .output) + phases("Output current", "output.{L}.current", .output)
        + loadRates + [batteryCapacity, temperature]

    /// The history of a transfer system (manual 11.2.4).
    static let sts: [LogField] =
        lines("Source 1 voltage", "input.1.{L-N}.voltage", .input) + lines("Source 2 voltage", "input.2.{L-N}.voltage", .input)
        + lines("Output current", "output.{L}.current", .output)
        + [
            LogField("Output frequency", "output.frequency"),
            LogField("SW1 temperature", "input.1.switch.temperature"),
            LogField("SW2 temperature", "input.2.switch.temperature"),
        ]

    /// The environment sensor's; its inputs are 0 open and 1 closed.
    static let sensor: [LogField] = [
        LogField("EMD temperature", "ambient.temperature"), LogField("EMD humidity", "ambient.humidity"),
        LogField("EMD input 1", "ambient.contacts.1"), LogField("EMD input 2", "ambient.contacts.2"),
    ]

    /// JBUSP devices without a rectifier frequency tell that of the bypass, which comes from the same mains.
    private static let inputFrequency = LogField("Input frequency", "input.frequency", or: .bypassFrequency)
    private static let batteryCapacity = LogField("Battery capacity", "battery.charge")
    private static let temperature = LogField("UPS temperature", "ambient.temperature")
    private static let loadRates = (1...3).map {
        LogField("Output load \(phaseNames[$0 - 1])", "output.{L}.power.percent", .output, line: $0, or: .load)
    }
    private static let phaseNames = ["R", "S", "T"]

    private static func phases(_ title: String, _ template: VariableTemplate, _ supply: Supply) -> [LogField] {
        (1...3).map { LogField("\(title) \(phaseNames[$0 - 1])", template, supply, line: $0) }
    }

    private static func lines(_ title: String, _ template: VariableTemplate, _ supply: Supply) -> [LogField] {
        (1...3).map { LogField("\(title) L\($0)", template, supply, line: $0) }
    }
}

extension LogSchema {
    static let upsHistory = LogSchema(LogField.ups.map(\.column))
    static let stsHistory = LogSchema(LogField.sts.map(\.column))
    static let sensorHistory = LogSchema(LogField.sensor.map(\.column))
    static let extendedHistory = LogSchema(
        LogField.upsExtended.flatMap { field in LogField.Statistic.allCases.map { "\(field.column).\($0.rawValue)" } })

    /// What is written above each column of a log: `Input voltage R (V) min`. A column that no program knows any more keeps its name.
    func titles(of kind: LogKind) -> [String] {
        let fields = kind == .sensorHistory ? LogField.sensor : LogField.upsExtended + LogField.sts
        let known = Dictionary(fields.map { ($0.column, $0) }) { first, _ in first }
        return columns.map { column in
            if let field = known[column] { return field.heading }
            let parts = column.split(separator: ".")
            guard let suffix = parts.last, let field = known[parts.dropLast().joined(separator: ".")] else { return column }
            return "\(field.heading) \(suffix)"
        }
    }
}

extension LogField {
    /// The title with its unit, in ASCII.
    fileprivate var heading: String {
        switch unit {
        case .none: title
        case .celsius: "\(title) (deg C)"
        case .ampere, .ampereHour, .degree, .hertz, .percent, .second, .volt, .voltAmpere, .watt: "\(title) (\(unit.rawValue))"
        }
    }
}
