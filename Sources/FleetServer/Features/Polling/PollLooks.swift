/// When the poller looked for what is due, which tells whether the process was suspended. Pure: seconds of the monotonic clock.
struct PollLooks: Sendable, Equatable {
    /// Seconds without a look after which the process is taken to have been suspended.
    static let pause = 5.0

    var last = 0.0
    private var resumedAt = -Double.infinity

    /// Returns how long the pause was that this look ends, if it ends one.
    mutating func look(at now: Double) -> Double? {
        let gap = now - last
        last = now
        guard gap > Self.pause else { return nil }
        resumedAt = now
        return gap
    }

    /// Whether there was a pause in the time of a poll: an answer that lay in the socket meanwhile is of then, and a silence is none.
    func isInterrupted(since start: Double, now: Double) -> Bool { start < resumedAt || now - last > Self.pause }
}
