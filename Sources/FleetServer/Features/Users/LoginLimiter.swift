import FoundationEssentials
import Hummingbird
import Synchronization

/// Slows down guessing, of one user's password and of anybody's. Right passwords cost nothing, however many come at once.
struct LoginAttempts: Sendable {
    /// For one name from one address.
    fileprivate struct Name: Sendable {
        var wrong = 0
        var blockedUntil = Date.distantPast
        var last = Date.distantPast
    }

    /// From one address, for all names.
    fileprivate struct Address: Sendable {
        /// Wrong passwords that are not forgiven yet.
        var wrong = 0.0
        /// All since there was nothing to forgive.
        var inRow = 0
        var last = Date.distantPast
    }

    private var names: [String: Name] = [:]
    private var addresses: [String: Address] = [:]

    /// More names and addresses than this are not tracked apart: the oldest go first.
    static let capacity = 10_000
    /// Wrong passwords in a row for one name from one address; the tries after them wait, longer each time.
    static let freeTries = 5
    static let longestWait: TimeInterval = 900
    /// Wrong passwords that an address has for all names together; and how long it takes until one is forgiven, in seconds.
    static let triesOfAddress = 30.0
    static let forgiveness: TimeInterval = 10

    /// Seconds to wait before the next attempt, or nil when it may be made now.
    func wait(for name: String, from address: String, now: Date) -> TimeInterval? {
        if let until = names[Self.key(name, address)]?.blockedUntil, until > now { return until.timeIntervalSince(now) }
        let excess = (addresses[address]?.unforgiven(now) ?? 0) + 1 - Self.triesOfAddress
        return excess > 0 ? excess * Self.forgiveness : nil
    }

    /// The password was wrong. Returns how many were in a row from this address.
    mutating func failed(_ name: String, from address: String, now: Date) -> Int {
        let key = Self.key(name, address)
        Self.makeRoom(in: &names, for: key, by: \.last)
        names[key, default: Name()].failed(now: now)
        Self.makeRoom(in: &addresses, for: address, by: \.last)
        return addresses[address, default: Address()].failed(now: now)
    }

    mutating func succeeded(_ name: String, from address: String) { names[Self.key(name, address)] = nil }

    private static func key(_ name: String, _ address: String) -> String { "\(address) \(name)" }

    private static func makeRoom<Record>(in records: inout [String: Record], for key: String, by last: (Record) -> Date) {
        guard records.count >= capacity, records[key] == nil else { return }
        if let oldest = records.min(by: { last($0.value) < last($1.value) })?.key { records[oldest] = nil }
    }
}

extension LoginAttempts.Name {
    fileprivate mutating func failed(now: Date) {
        wrong += 1
        last = now
        guard wrong >= LoginAttempts.freeTries else { return }
        let wait = min(LoginAttempts.longestWait, Double(1 << min(wrong - LoginAttempts.freeTries, 10)) * 5)
        blockedUntil = now.addingTimeInterval(wait)
    }
}

extension LoginAttempts.Address {
    /// What is left of the wrong passwords.
    fileprivate func unforgiven(_ now: Date) -> Double {
        max(0, wrong - max(0, now.timeIntervalSince(last)) / LoginAttempts.forgiveness)
    }

    fileprivate mutating func failed(now: Date) -> Int {
        let left = unforgiven(now)
        inRow = left == 0 ? 1 : inRow + 1
        wrong = left + 1
        last = now
        return inRow
    }
}

/// The attempts of the whole server.
final class LoginLimiter: Sendable {
    /// Passwords that are compared at once; each takes some 50 ms of a core, and 16 MB.
    static let capacity = 8
    /// Between two looks for a slot.
    private static let pause = Duration.milliseconds(50)

    private let slots = Slots(capacity)
    private let attempts = Mutex(LoginAttempts())
    private let now: @Sendable () -> Date

    /// Looks for a slot.
    private let patience: Int

    /// - Parameter patience: twentieths of a second that who logs in waits for his turn.
    init(patience: Int = 100, now: @Sendable @escaping () -> Date = { SteadyClock.process.now }) {
        self.patience = patience
        self.now = now
    }

    /// The user for whom `compare` finds the password right; nil where it is wrong, with how many were in a row from this address.
    ///
    /// Throws a problem (429) where it is not to be compared yet.
    func attempt(
        _ name: String, from address: String, compare: () async throws -> User?
    ) async throws -> (user: User?, wrongInRow: Int) {
        let slot = try await slot()
        defer { withExtendedLifetime(slot) {} }
        let host = Self.host(address)
        if let wait = attempts.withLock({ $0.wait(for: name, from: host, now: now()) }) {
            throw Self.refusal("Too many wrong passwords.", wait: wait)
        }
        let user = try await compare()
        return attempts.withLock { attempts in
            if user == nil { return (nil, attempts.failed(name, from: host, now: now())) }
            attempts.succeeded(name, from: host)
            return (user, 0)
        }
    }

    /// Who logs in while many do waits for his turn.
    private func slot() async throws -> Slots.Slot {
        for _ in 0..<patience {
            if let slot = slots.take() { return slot }
            try await Task.sleep(for: Self.pause)
        }
        throw Self.refusal("Too many log in at the moment.", wait: 1)
    }

    private static func host(_ address: String) -> String { IPAddress(address).map { String($0.host, radix: 16) } ?? address }

    private static func refusal(_ sentence: String, wait: TimeInterval) -> Problem {
        let seconds = Int(wait.rounded(.up))
        return Problem(.tooManyRequests, "\(sentence) Try again in \(seconds) s.", headers: [.retryAfter: "\(seconds)"])
    }
}
