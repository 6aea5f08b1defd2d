import FoundationEssentials
import Hummingbird
import PowerDevice
import Telemetry

/// One metric's series as the API shows it.
struct HistoryResource: ResponseEncodable, Sendable {
    let metric: String
    let unit: String
    let from: Date
    let to: Date
    let step: TimeInterval
    let resolution: String
    let points: [TelemetryStore.Point]
}

/// Several metrics' series.
struct HistorySeriesResource: ResponseEncodable, Sendable {
    struct Series: Encodable, Sendable {
        let metric: String
        let unit: String
        let points: [TelemetryStore.Point]
    }

    let from: Date
    let to: Date
    let step: TimeInterval
    let resolution: String
    let series: [Series]

    init(_ query: HistoryQuery, _ history: History) {
        (from, to, step) = (query.from, query.to, query.step)
        resolution = history.resolution.rawValue
        series = zip(query.metrics, history.series).map { metric, points in
            Series(metric: metric.rawValue, unit: metric.unit.rawValue, points: points.map(TelemetryStore.Point.init))
        }
    }
}

/// A metric of which a card has a history.
struct MetricResource: Encodable, Sendable {
    let metric: String
    let unit: String
    let first: Date
    let last: Date

    init(_ span: MetricSpan) {
        metric = span.metric.rawValue
        unit = span.metric.unit.rawValue
        first = Date(milliseconds: span.first)
        last = Date(milliseconds: span.last)
    }
}
