import Synchronization

/// The server's own figures, as Prometheus reads them (text format 0.0.4).
final class MetricsRegistry: Sendable {
    /// Upper bounds of the lateness histogram's buckets, in seconds.
    static let latenessBounds: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    struct Histogram: Sendable {
        var buckets = [Int](repeating: 0, count: MetricsRegistry.latenessBounds.count)
        var count = 0
        var sum = 0.0

        mutating func observe(_ value: Double) {
            count += 1
            sum += value
            for (index, bound) in MetricsRegistry.latenessBounds.enumerated() where value <= bound { buckets[index] += 1 }
        }
    }

    private let lateness = Mutex(Histogram())

    /// How much later than planned a poll began, in seconds.
    func observeLateness(_ seconds: Double) { lateness.withLock { $0.observe(max(0, seconds)) } }

    var latenessHistogram: Histogram { lateness.withLock { $0 } }
}

/// Writes the Prometheus text format.
struct PrometheusText {
    private(set) var text = ""

    mutating func counter(_ name: String, _ help: String, _ value: UInt64) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) counter\n\(name) \(value)\n"
    }

    /// One counter for each combination of labels of closed sets.
    mutating func counters(_ name: String, _ help: String, _ values: [(labels: [(String, String)], value: UInt64)]) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) counter\n"
        for (labels, value) in values {
            text += "\(name){\(labels.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ","))} \(value)\n"
        }
    }

    mutating func gauge(_ name: String, _ help: String, _ value: Double) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n\(name) \(value)\n"
    }

    /// One gauge for each value of a closed set of labels.
    mutating func gauges(_ name: String, _ help: String, label: String, _ values: [(String, Double)]) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
        for (value, number) in values { text += "\(name){\(label)=\"\(value)\"} \(number)\n" }
    }

    mutating func histogram(_ name: String, _ help: String, _ histogram: MetricsRegistry.Histogram) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) histogram\n"
        for (bound, count) in zip(MetricsRegistry.latenessBounds, histogram.buckets) {
            text += "\(name)_bucket{le=\"\(bound)\"} \(count)\n"
        }
        text += "\(name)_bucket{le=\"+Inf\"} \(histogram.count)\n\(name)_sum \(histogram.sum)\n\(name)_count \(histogram.count)\n"
    }
}
