import NIOCore

/// The two text formats that Prometheus reads: its own (version 0.0.4), and OpenMetrics (1.0.0) for who asks for that.
enum ExpositionFormat: Sendable {
    case prometheus
    case openMetrics

    /// As the `Accept` header of a request wants it. Prometheus names OpenMetrics first; a browser neither.
    init(accept: String?) {
        self = accept?.contains("application/openmetrics-text") == true ? .openMetrics : .prometheus
    }

    var contentType: String {
        switch self {
        case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    /// What ends a page, so that a cut one is not taken for a whole one.
    var ending: String { self == .openMetrics ? "# EOF\n" : "" }

    /// A counter's name in its `HELP` and `TYPE` lines: OpenMetrics takes `_total` for a part of the sample's name only.
    func familyName(ofCounter name: String) -> String {
        self == .openMetrics && name.hasSuffix("_total") ? String(name.dropLast("_total".count)) : name
    }
}

/// Writes figures in one of the text formats. All samples of a family are together, as both formats demand.
struct PrometheusText: Sendable {
    let format: ExpositionFormat
    private(set) var text = ""

    init(format: ExpositionFormat = .prometheus) { self.format = format }

    mutating func counter(_ name: String, _ help: String, _ value: UInt64) { counters(name, help, [([], value)]) }

    /// One counter for each combination of labels of closed sets.
    mutating func counters(_ name: String, _ help: String, _ values: [(labels: [(String, String)], value: UInt64)]) {
        head(format.familyName(ofCounter: name), help, "counter")
        for (labels, value) in values { sample(name, labels, "\(value)") }
    }

    mutating func gauge(_ name: String, _ help: String, _ value: Double) { gauges(name, help, [([], value)]) }

    /// One gauge for each value of a closed set of labels.
    mutating func gauges(_ name: String, _ help: String, label: String, _ values: [(String, Double)]) {
        gauges(name, help, values.map { ([(label, $0.0)], $0.1) })
    }

    mutating func gauges(_ name: String, _ help: String, _ values: [(labels: [(String, String)], value: Double)]) {
        head(name, help, "gauge")
        for (labels, value) in values { sample(name, labels, "\(value)") }
    }

    mutating func histogram(_ name: String, _ help: String, _ histogram: MetricsRegistry.Histogram) {
        head(name, help, "histogram")
        for (bound, count) in zip(MetricsRegistry.latenessBounds, histogram.buckets) {
            sample("\(name)_bucket", [("le", "\(bound)")], "\(count)")
        }
        sample("\(name)_bucket", [("le", "+Inf")], "\(histogram.count)")
        sample("\(name)_sum", [], "\(histogram.sum)")
        sample("\(name)_count", [], "\(histogram.count)")
    }

    /// The lines that begin a family.
    mutating func head(_ family: String, _ help: String, _ type: String) {
        text += "# HELP \(family) \(Self.escaped(help, quotes: format == .openMetrics))\n# TYPE \(family) \(type)\n"
    }

    private mutating func sample(_ name: String, _ labels: [(String, String)], _ value: String) {
        text += name
        if !labels.isEmpty { text += "{\(Self.pairs(labels))}" }
        text += " \(value)\n"
    }

    /// Labels as they are between the braces: `card="1",name="Rack \"3\""`.
    static func pairs(_ labels: [(String, String)]) -> String {
        labels.map { "\($0.0)=\"\(escaped($0.1, quotes: true))\"" }.joined(separator: ",")
    }

    /// A backslash, a line feed and, where `quotes`, a double quote in a text are written with a backslash; all else is as it is.
    static func escaped(_ text: String, quotes: Bool) -> String {
        guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || ($0 == 0x22 && quotes) }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
