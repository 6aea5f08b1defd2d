import FoundationEssentials
import Synchronization

/// Slows down guessing: after five wrong passwords for one name from one address, the next try waits, longer each time.
struct LoginAttempts: Sendable {
    private struct Failures: Sendable {
        var count = 0
        var blockedUntil = Date.distantPast
        var last = Date.distantPast
    }

    private var failures: [String: Failures] = [:]
    /// More names than this are not tracked apart: the oldest go first.
    static let capacity = 10_000
    static let freeTries = 5
    static let longestWait: TimeInterval = 900

    /// Seconds to wait before the next try, or nil when it may be made now.
    func wait(for key: String, now: Date) -> TimeInterval? {
        guard let blockedUntil = failures[key]?.blockedUntil, blockedUntil > now else { return nil }
        return blockedUntil.timeIntervalSince(now)
    }

    mutating func failed(_ key: String, now: Date) {
        if failures.count >= Self.capacity, failures[key] == nil, let oldest = failures.min(by: { $0.value.last < $1.value.last })?.key {
            failures[oldest] = nil
        }
        var entry = failures[key] ?? Failures()
        entry.count += 1
        entry.last = now
        if entry.count >= Self.freeTries {
            let wait = min(Self.longestWait, Double(1 << min(entry.count - Self.freeTries, 10)) * 5)
            entry.blockedUntil = now.addingTimeInterval(wait)
        }
        failures[key] = entry
    }

    mutating func succeeded(_ key: String) { failures[key] = nil }
}

/// The attempts of the whole server.
final class LoginLimiter: Sendable {
    private let attempts = Mutex(LoginAttempts())

    func wait(for key: String, now: Date) -> TimeInterval? { attempts.withLock { $0.wait(for: key, now: now) } }
    func failed(_ key: String, now: Date) { attempts.withLock { $0.failed(key, now: now) } }
    func succeeded(_ key: String) { attempts.withLock { $0.succeeded(key) } }
}
