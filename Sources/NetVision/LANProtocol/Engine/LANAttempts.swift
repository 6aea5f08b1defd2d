import NIOCore

/// Who has guessed a password wrong how often. Bounded.
struct LANAttempts: Sendable {
    /// Wrong tries of one host before it has to wait.
    static let allowed = 5
    /// Wrong tries of all hosts together before everybody has to wait: many hosts may guess for one.
    static let allowedTogether = 50
    static let lockout = TimeAmount.seconds(300)
    static let capacity = 256

    fileprivate struct Record: Sendable {
        var failures = 0
        var lockedUntil = NIODeadline.distantPast
        var last = NIODeadline.distantPast
    }

    private var hosts: [String: Record] = [:]
    private var together = Record()

    /// How long `host` has to wait; nil if it may try.
    func wait(_ host: String, now: NIODeadline) -> TimeAmount? {
        let until = max(hosts[host]?.lockedUntil ?? .distantPast, together.lockedUntil)
        return until > now ? until - now : nil
    }

    mutating func failed(_ host: String, now: NIODeadline) {
        if hosts[host] == nil, hosts.count >= Self.capacity, let oldest = hosts.min(by: { $0.value.last < $1.value.last })?.key {
            hosts[oldest] = nil
        }
        hosts[host, default: Record()].note(now, allowed: Self.allowed)
        together.note(now, allowed: Self.allowedTogether)
    }

    mutating func succeeded(_ host: String) { hosts[host] = nil }
}

extension LANAttempts.Record {
    /// Old failures are forgotten after the time of a lock-out.
    fileprivate mutating func note(_ now: NIODeadline, allowed: Int) {
        if now - last > LANAttempts.lockout { failures = 0 }
        failures += 1
        last = now
        guard failures >= allowed else { return }
        lockedUntil = now + LANAttempts.lockout
        failures = 0
    }
}
