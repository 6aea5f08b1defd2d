import Synchronization

/// The server's own figures that nobody else keeps.
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

        /// The lowest bound that a part (0…1) of the values keep; nil without values, or where it is beyond the last bound.
        func bound(of part: Double) -> Double? {
            guard count > 0 else { return nil }
            return zip(MetricsRegistry.latenessBounds, buckets).first { Double($0.1) >= part * Double(count) }?.0
        }
    }

    private let lateness = Mutex(Histogram())

    /// How much later than planned a poll began, in seconds.
    func observeLateness(_ seconds: Double) { lateness.withLock { $0.observe(max(0, seconds)) } }

    var latenessHistogram: Histogram { lateness.withLock { $0 } }
}
