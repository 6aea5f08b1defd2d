import FoundationEssentials
import Hummingbird
import PowerDevice
import Telemetry

/// `metric`, `from`, `to`, `step` and `format` of a history request: by default the last hour, in steps of 10 s or, where that were more, such
/// that there are 500 at most.
struct HistoryQuery: Sendable {
    enum Format: String, Sendable, CaseIterable { case json, csv }

    /// Steps of an answer that is made in memory, and of one that is sent while it is made.
    static let maximumPoints = 5000.0
    static let maximumRows = 1_000_000.0
    static let maximumMetrics = 100
    /// Steps that summaries and clocks have; in seconds.
    private static let steps: [Double] = [10, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400]

    let metrics: [Variable]
    let from: Date
    let to: Date
    /// Seconds; 0: every sample.
    let step: TimeInterval
    /// Nil where none was asked for.
    let format: Format?

    init(_ request: Request, now: Date) throws {
        let query = request.uri.queryParameters
        metrics = try Self.metrics(query.getAll("metric").joined(separator: ","))
        to = try Self.time("to", query["to"]) ?? now
        from = try Self.time("from", query["from"]) ?? to.addingTimeInterval(-3600)
        guard from < to else { throw Problem.invalid("from", "from must be before to.") }
        format = try query["format"].map { text in
            guard let format = Format(rawValue: String(text)) else { throw Problem.invalid("format", "format is json or csv.") }
            return format
        }
        let span = to.timeIntervalSince(from)
        step = try Self.step(query["step"], span: span, isStreamed: format != nil)
        let limit = format == nil ? Self.maximumPoints : Self.maximumRows
        guard step == 0 || span / step <= limit else {
            throw Problem.invalid("step", "That would be \(Int(span / step)) points; the limit is \(Int(limit)). Take a larger step.")
        }
    }

    func request(card: Int64) -> HistoryRequest {
        HistoryRequest(
            card: card, metrics: metrics, from: from.milliseconds, to: to.milliseconds, step: Int64((step * 1000).rounded()))
    }

    private static func metrics(_ text: String) throws -> [Variable] {
        var metrics: [Variable] = []
        for name in text.split(separator: ",") where !metrics.contains(Variable(String(name))) { metrics.append(Variable(String(name))) }
        guard !metrics.isEmpty else {
            throw Problem.invalid("metric", "Name a metric, for example metric=battery.charge; the card's metrics tell which there are.")
        }
        guard metrics.count <= maximumMetrics else { throw Problem.invalid("metric", "At most \(maximumMetrics) metrics at once.") }
        return metrics
    }

    private static func step(_ text: Substring?, span: TimeInterval, isStreamed: Bool) throws -> TimeInterval {
        guard let text else { return steps.first { span / $0 <= 500 } ?? (span / 500 / 86_400).rounded(.up) * 86_400 }
        if text == "raw" {
            guard isStreamed else { throw Problem.invalid("step", "step=raw, every sample, needs format=csv or format=json.") }
            return 0
        }
        guard let seconds = TimeInterval(String(text)), seconds.isFinite, seconds >= 1, seconds <= 1e9 else {
            throw Problem.invalid("step", "step is a number of seconds, 1 or more; or raw, with format.")
        }
        return seconds
    }

    private static func time(_ name: String, _ text: Substring?) throws -> Date? {
        guard let text else { return nil }
        guard let date = JSONCoding.parseTime(String(text)) else {
            throw Problem.invalid(name, "\(name) is an RFC 3339 time such as 2026-01-31T12:00:00Z.")
        }
        return date
    }
}
