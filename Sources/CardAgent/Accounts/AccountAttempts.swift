import NIOCore

/// Who has guessed whose password wrong how often. Bounded; time is passed in.
///
/// ```
///   begin ─┬─▶ locked / busy
///          └─▶ proceed ─▶ (the password is compared) ─▶ ended ─▶ lock-outs that begin with this try
/// ```
/// Tries under way count as wrong ones: many at once can't get round the limit.
struct AccountAttempts: Sendable {
    /// Wrong tries of one host at one account before it has to wait.
    static let allowed = 5
    /// Wrong tries of all hosts at one account before everybody has to wait: many hosts may guess for one.
    static let allowedTogether = 50
    /// How long; failures older than that are forgotten.
    static let lockout = TimeAmount.seconds(300)
    /// Tries of the whole card under way: each takes memory and a core for a while.
    static let concurrent = 4

    enum Admission: Equatable, Sendable {
        case proceed
        case locked(TimeAmount)
        case busy
    }

    /// Whom a lock-out keeps out.
    enum LockOut: Equatable, Sendable { case host, everybody }

    private struct Place: Hashable {
        let account: String
        let host: String
    }

    private var hosts = AttemptTable<Place>(allowed: allowed, capacity: 256)
    private var together = AttemptTable<String>(allowed: allowedTogether, capacity: 64)
    private var running = 0

    mutating func begin(_ account: String, from host: String, now: NIODeadline) -> Admission {
        let place = Place(account: account, host: host)
        if let wait = [hosts.wait(place, now: now), together.wait(account, now: now)].compactMap({ $0 }).max() { return .locked(wait) }
        guard running < Self.concurrent, hosts.hasRoom(place, now: now), together.hasRoom(account, now: now) else { return .busy }
        running += 1
        hosts.begin(place, now: now)
        together.begin(account, now: now)
        return .proceed
    }

    /// - Returns: the lock-outs that begin now.
    mutating func ended(_ account: String, from host: String, isRight: Bool, now: NIODeadline) -> [LockOut] {
        running = max(0, running - 1)
        let place = Place(account: account, host: host)
        var began: [LockOut] = []
        if hosts.ended(place, isWrong: !isRight, now: now) { began.append(.host) }
        if together.ended(account, isWrong: !isRight, now: now) { began.append(.everybody) }
        if isRight { hosts.forget(place) }
        return began
    }

    /// Gives a try back that was neither right nor wrong.
    mutating func withdrawn(_ account: String, from host: String) {
        running = max(0, running - 1)
        hosts.withdrawn(Place(account: account, host: host))
        together.withdrawn(account)
    }

    /// A reset of the accounts: everybody may try again.
    mutating func reset() { self = AccountAttempts() }
}

/// The wrong tries of each of some places.
private struct AttemptTable<Place: Hashable & Sendable>: Sendable {
    private struct Record {
        var failures = 0
        var running = 0
        var lockedUntil = NIODeadline.distantPast
        var last = NIODeadline.distantPast

        /// Failures that still count.
        func failures(_ now: NIODeadline) -> Int { now - last > AccountAttempts.lockout ? 0 : failures }
    }

    let allowed: Int
    let capacity: Int
    private var records: [Place: Record] = [:]

    init(allowed: Int, capacity: Int) {
        self.allowed = allowed
        self.capacity = capacity
    }

    func wait(_ place: Place, now: NIODeadline) -> TimeAmount? {
        guard let record = records[place], record.lockedUntil > now else { return nil }
        return record.lockedUntil - now
    }

    func hasRoom(_ place: Place, now: NIODeadline) -> Bool {
        guard let record = records[place] else { return true }
        return record.failures(now) + record.running < allowed
    }

    mutating func begin(_ place: Place, now: NIODeadline) {
        if records[place] == nil, records.count >= capacity { makeRoom(now) }
        records[place, default: Record()].running += 1
    }

    /// Whether a lock-out begins.
    mutating func ended(_ place: Place, isWrong: Bool, now: NIODeadline) -> Bool {
        var record = records[place] ?? Record()
        record.running = max(0, record.running - 1)
        guard isWrong else {
            if record.failures == 0, record.running == 0, record.lockedUntil <= now {
                records[place] = nil
            } else {
                records[place] = record
            }
            return false
        }
        record.failures = record.failures(now) + 1
        record.last = now
        let isLocked = record.failures >= allowed && record.lockedUntil <= now
        if isLocked {
            record.lockedUntil = now + AccountAttempts.lockout
            record.failures = 0
        }
        records[place] = record
        return isLocked
    }

    mutating func withdrawn(_ place: Place) {
        guard let record = records[place] else { return }
        records[place]?.running = max(0, record.running - 1)
    }

    /// Failures of a place that has found the password count no more; tries under way go on.
    mutating func forget(_ place: Place) {
        guard let record = records[place] else { return }
        records[place] = record.running > 0 ? Record(running: record.running) : nil
    }

    /// Whoever floods the table with names or addresses does not wash out those that have guessed much, or are locked.
    private mutating func makeRoom(_ now: NIODeadline) {
        let least = records.min { left, right in
            let keys = [left.value, right.value].map { ($0.lockedUntil > now ? 1 : 0, $0.running, $0.failures(now), $0.last) }
            return keys[0] < keys[1]
        }
        if let place = least?.key { records[place] = nil }
    }
}
