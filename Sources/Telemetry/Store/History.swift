package import PowerDevice

/// Which part of a card's history is wanted, and how finely.
package struct HistoryRequest: Sendable {
    package var card: Int64
    package var metrics: [Variable]
    /// Milliseconds since 1970; the end is not included.
    package var from: Int64
    package var to: Int64
    /// Milliseconds; 0: every sample.
    package var step: Int64

    package init(card: Int64, metrics: [Variable], from: Int64, to: Int64, step: Int64) {
        self.card = card
        self.metrics = metrics
        (self.from, self.to) = (max(from, representableTimes.lowerBound), min(to, representableTimes.upperBound))
        self.step = max(0, step)
    }

    /// The coarsest data that has all the steps asked for.
    ///
    /// Summaries serve steps that are whole hours or days. A step of hours and minutes is made from samples up to six hours; beyond, the few
    /// minutes by which an hour reaches over a step's end don't show.
    var resolution: Resolution {
        if step >= .day, step % .day == 0 { return .daily }
        if step >= .hour, step % .hour == 0 || step >= 6 * .hour { return .hourly }
        return .raw
    }
}

/// What a step of time brought.
package struct HistoryPoint: Sendable, Equatable {
    /// The step's begin, a multiple of the step; of single samples their time. Milliseconds since 1970.
    package let at: Int64
    package let average: Double
    package let minimum: Double
    package let maximum: Double
    package let count: Int
}

/// The points of the metrics that were asked for, in that order. Where nothing was measured there is no point.
package struct History: Sendable, Equatable {
    package let resolution: Resolution
    package let series: [[HistoryPoint]]
}

/// Between which times a card has values of a metric.
package struct MetricSpan: Sendable, Equatable {
    package let metric: Variable
    /// Milliseconds since 1970. Exact while samples are kept; the hour or the day beyond that.
    package let first: Int64
    package let last: Int64
}

/// Gathers values into steps.
struct StepSeries: Sendable {
    private let step: Int64
    private let range: Range<Int64>
    private var steps: [Int64: Summary] = [:]
    /// Single samples, where every one is wanted.
    private var samples: [HistoryPoint] = []

    init(step: Int64, range: Range<Int64>) {
        self.step = step
        self.range = range
    }

    mutating func add(_ value: Double, at: Int64) {
        guard range.contains(at), value.isFinite else { return }
        if step == 0 {
            samples.append(.init(at: at, average: value, minimum: value, maximum: value, count: 1))
        } else {
            steps[at.floored(to: step), default: Summary()].add(value)
        }
    }

    mutating func add(_ summary: Summary, at: Int64) {
        guard range.contains(at), summary.sum.isFinite, summary.count > 0 else { return }
        steps[at.floored(to: step), default: Summary()].add(summary)
    }

    var points: [HistoryPoint] {
        step == 0 ? samples.sorted { $0.at < $1.at } : steps.map { Self.point($0.key, $0.value) }.sorted { $0.at < $1.at }
    }

    private static func point(_ at: Int64, _ summary: Summary) -> HistoryPoint {
        HistoryPoint(
            at: at, average: summary.average, minimum: summary.min, maximum: summary.max, count: Int(exactly: summary.count) ?? 0)
    }
}
