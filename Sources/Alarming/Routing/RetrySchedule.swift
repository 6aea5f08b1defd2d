/// When a message that was not taken is sent again.
package enum RetrySchedule {
    /// Seconds after the first attempts; the last one goes on.
    package static let pauses: [Int64] = [5, 15, 60, 300, 900]
    /// Nothing is tried for longer than so many seconds.
    package static let life: Int64 = 24 * 3600
    /// What the far end has refused for good is tried so often in all: it may be set right meanwhile.
    package static let refusals = 5

    /// Seconds until the next attempt; nil: it is given up.
    ///
    /// - Parameters:
    ///   - attempts: made so far. - age: seconds since it was first due. - isRefused: whether the far end says that it never will take it.
    package static func pause(attempts: Int, age: Int64, isRefused: Bool) -> Int64? {
        if isRefused, attempts >= refusals { return nil }
        let pause = pauses[min(max(attempts, 1), pauses.count) - 1]
        return age + pause > life ? nil : pause
    }
}
