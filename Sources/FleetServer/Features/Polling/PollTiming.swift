import SNMP

/// When a card is polled, in seconds of the monotonic clock, and how patiently. Pure.
struct PollTiming: Sendable, Equatable {
    /// Between reads of the status points.
    var statusSeconds: Double
    /// Between reads of all points.
    var fullSeconds: Double
    /// The longest pause between probes of a card that does not answer.
    var deadSeconds = 30.0
    /// Until a card that left one poll unanswered is asked again: is it gone, or were datagrams lost?
    var doubtSeconds = 1.0
    /// An answer tells a card's status for three status intervals, and at least so long.
    var leastFreshness = PollIntervals.leastFreshness

    /// The part by which a pause between probes is longer or shorter, so that cards that died together are not probed together.
    static let spread = 0.2

    /// How long an answer tells the card's status.
    var freshness: Double { max(leastFreshness, 3 * statusSeconds) }

    /// Seconds until the next probe of a card that has failed to answer `failures` times in a row; 0 for one that answers.
    ///
    /// - Parameter jitter: -1…1.
    func backOff(afterFailures failures: Int, jitter: Double) -> Double {
        guard failures > 0 else { return 0 }
        guard failures > 1 else { return min(doubtSeconds, statusSeconds) }
        let doubled = min(max(deadSeconds, statusSeconds), statusSeconds * Double(1 << min(failures - 2, 10)))
        return doubled * (1 + Self.spread * min(max(jitter, -1), 1))
    }

    /// The next of the moments at which this card is polled: one each `interval`, at another place of it for each card, so that thousands
    /// of cards are not due together. It is later than `now`, by an interval at most.
    static func next(of card: Int64, each interval: Double, after now: Double) -> Double {
        let phase = phase(of: card) * interval
        let next = ((now - phase) / interval).rounded(.down) * interval + interval + phase
        return next > now ? next : next + interval
    }

    /// 0..<1, evenly spread over successive keys: multiples of the golden ratio.
    private static func phase(of card: Int64) -> Double {
        Double(UInt64(bitPattern: card) &* 0x9E37_79B9_7F4A_7C15 >> 11) * 0x1p-53
    }
}

extension PollTiming {
    init(_ intervals: PollIntervals) {
        self.init(statusSeconds: Double(intervals.statusSeconds), fullSeconds: Double(intervals.fullSeconds))
    }
}

/// How long to wait for a card's responses, and how often to ask. Pure.
struct PollPatience: Sendable, Equatable {
    /// Of the first attempt, in seconds; the nth waits n times as long.
    let timeout: Double
    let attempts: Int

    /// Seconds that all attempts of one request take together, at most. A late answer to any of them counts.
    static let total = 6.5
    /// For a card that has not answered yet.
    static let standard = PollPatience(timeout: 1, attempts: 3)
    /// After so many failures a silent card is once more asked as a new one: it may have become slow, or answer GETNEXT only.
    static let standardProbeInterval = 4

    /// For a card that has been silent: an answer to the first attempt or the second, each waited for as the card is known, says that it is
    /// back.
    static func probe(_ tally: RequestTally, afterFailures failures: Int) -> PollPatience {
        guard failures % standardProbeInterval != 0 else { return .standard }
        return PollPatience(timeout: max(1, PollPatience(tally).timeout), attempts: 2)
    }

    /// Three times what the card usually takes: a quick card is asked more often in the same time, so that lost datagrams do little harm; a
    /// slow one is not asked twice for nothing.
    init(_ tally: RequestTally) {
        guard let usual = tally.latency?.usual else {
            self = .standard
            return
        }
        timeout = min(max(0.3, 3 * usual), 2)
        var attempts = 2
        while attempts < 6, timeout * Double((attempts + 1) * (attempts + 2) / 2) <= Self.total { attempts += 1 }
        self.attempts = attempts
    }

    private init(timeout: Double, attempts: Int) {
        self.timeout = timeout
        self.attempts = attempts
    }
}
