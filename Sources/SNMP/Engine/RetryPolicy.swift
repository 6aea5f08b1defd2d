package import NIOCore

/// How often a request is sent, and how long each attempt waits: the nth waits n timeouts, so that a slow card is not hammered.
package struct RetryPolicy: Hashable, Sendable {
    /// A repeated attempt waits up to this much longer or shorter, as a fraction.
    static let spread = 0.1

    package let timeout: TimeAmount
    package let attempts: Int

    /// - Parameter retries: what is sent after the first attempt; 0 sends once.
    package init(timeout: TimeAmount, retries: Int) {
        self.timeout = max(timeout, .milliseconds(1))
        attempts = max(0, min(retries, 100)) + 1
    }

    /// - Parameter jitter: -1…1.
    func wait(afterAttempt attempt: Int, jitter: Double) -> TimeAmount {
        let (wait, overflow) = timeout.nanoseconds.multipliedReportingOverflow(by: Int64(attempt))
        guard !overflow, wait < TimeAmount.hours(24).nanoseconds else { return .hours(24) }
        return .nanoseconds(jitter == 0 ? wait : Int64(Double(wait) * (1 + Self.spread * min(max(jitter, -1), 1))))
    }
}
