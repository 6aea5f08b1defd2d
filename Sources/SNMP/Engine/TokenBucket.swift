import NIOCore

/// Lets something happen so many times a second, and so many times at once after a pause.
struct TokenBucket: Sendable {
    /// Tokens a second; 0 or less never refills.
    let rate: Double
    let capacity: Double
    private var tokens: Double
    private var filled: NIODeadline

    /// - Parameter burst: How often it may happen at once, at first and after a pause.
    init(rate: Double, burst: Double, now: NIODeadline) {
        self.rate = max(rate, 0)
        capacity = max(burst, 0)
        tokens = capacity
        filled = now
    }

    /// Whether it may happen once more now. A clock that goes backwards fills nothing.
    mutating func take(now: NIODeadline) -> Bool {
        let elapsed = Double(max((now - filled).nanoseconds, 0)) / 1e9
        tokens = min(capacity, tokens + elapsed * rate)
        filled = max(filled, now)
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}
