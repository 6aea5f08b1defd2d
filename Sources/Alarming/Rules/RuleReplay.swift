/// How often a rule would have raised its alarm, and for how long. Times are in seconds since 1970, in their order.
package struct RuleEpisodes: Sendable, Equatable {
    /// Begins that are kept; all are counted.
    package static let kept = 5

    package private(set) var fired = 0
    package private(set) var firstTimes: [Double] = []
    package private(set) var longest = 0.0
    private var begun: Double?

    package init() {}

    /// It would have at this time; how long is not known.
    package init(once time: Double) {
        begin(at: time)
        begun = nil
    }

    mutating func begin(at time: Double) {
        fired += 1
        begun = time
        if firstTimes.count < Self.kept { firstTimes.append(time) }
    }

    mutating func end(at time: Double) {
        guard let begun else { return }
        longest = max(longest, time - begun)
        self.begun = nil
    }
}

/// A threshold held against values that were measured.
package struct ThresholdReplay: Sendable {
    private let threshold: RuleThreshold
    private var run = RuleRun()
    private var last: Double?
    private var episodes = RuleEpisodes()

    package init(_ threshold: RuleThreshold) { self.threshold = threshold }

    package mutating func take(_ value: Double, at time: Double) {
        guard let verdict = threshold.verdict(of: value) else { return }
        last = time
        switch run.take(verdict, at: time, for: Double(threshold.duration.seconds)) {
        case .raised: episodes.begin(at: time)
        case .cleared: episodes.end(at: time)
        case nil: break
        }
    }

    /// What is active still counts up to the last value.
    package var found: RuleEpisodes {
        var found = episodes
        if let last { found.end(at: last) }
        return found
    }
}

/// A wait for data held against the times at which there was some.
package struct SilenceReplay: Sendable {
    private let duration: Double
    private var last: Double?
    private var episodes = RuleEpisodes()

    package init(_ duration: RuleDuration) { self.duration = Double(duration.seconds) }

    package mutating func seen(at time: Double) {
        defer { last = max(last ?? time, time) }
        guard let last, time - last >= duration else { return }
        episodes.begin(at: last + duration)
        episodes.end(at: time)
    }

    /// All the time there was data, without a gap that matters.
    package mutating func seen(throughout times: ClosedRange<Double>) {
        seen(at: times.lowerBound)
        last = max(last ?? times.upperBound, times.upperBound)
    }

    /// Up to `end` there was nothing more. Before the first data nothing is known.
    package func found(until end: Double) -> RuleEpisodes {
        var replay = self
        replay.seen(at: end)
        return replay.episodes
    }
}

extension RuleThreshold {
    /// Whether a time with such a least and greatest value may hold one beyond the limit.
    package func mayBeMet(_ minimum: Double, _ maximum: Double) -> Bool { side == .above ? maximum > limit : minimum < limit }

    /// Of a time's least and greatest value the one that is farther from the limit, on its quiet side.
    package func quietest(_ minimum: Double, _ maximum: Double) -> Double { side == .above ? minimum : maximum }

    /// The one that is farther beyond it.
    package func worst(_ minimum: Double, _ maximum: Double) -> Double { side == .above ? maximum : minimum }
}
