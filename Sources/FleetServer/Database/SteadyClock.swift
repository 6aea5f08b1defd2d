import FoundationEssentials

/// Time that goes on evenly however the system's clock is set, and through a suspension.
///
/// What is compared later (the life of an answer, of a lease) is counted by it: a wall clock that jumps by hours must neither make old
/// answers fresh nor take work from another server. What people read is the wall clock's time.
struct SteadyClock: Sendable {
    /// Begun with the process.
    static let process = SteadyClock(startedAt: Date())

    private let start = ContinuousClock.now
    private let startedAt: Date

    init(startedAt: Date) { self.startedAt = startedAt }

    /// Since the clock was begun.
    var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

    /// The wall clock's time of the begin, and what has passed since.
    var now: Date { startedAt.addingTimeInterval(seconds) }

    func date(at seconds: Double) -> Date { startedAt.addingTimeInterval(seconds) }

    /// Of a time that `date(at:)` or `now` has given.
    func seconds(at date: Date) -> Double { date.timeIntervalSince(startedAt) }
}
