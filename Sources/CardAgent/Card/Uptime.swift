import Synchronization

/// How long a card has been up: sysUpTime.
final class Uptime: Sendable {
    private let startedAt = Mutex(ContinuousClock.now)

    /// The card starts again.
    func restart() { startedAt.withLock { $0 = .now } }

    /// Hundredths of a second; wraps after 497 days (RFC 2578 §7.1.8).
    var ticks: UInt32 {
        let components = startedAt.withLock { $0.duration(to: .now) }.components
        return UInt32(truncatingIfNeeded: components.seconds &* 100 &+ components.attoseconds / 10_000_000_000_000_000)
    }

    /// Whole seconds.
    var seconds: Int { Int(startedAt.withLock { $0.duration(to: .now) }.components.seconds) }
}
