/// How long a password is still good ("First Login Reset", manual §15.2), by the card's clock, which may be set at any time.
///
/// A clock that jumps locks nobody out: what has had its time must be changed, and can be. A password that was set in what is now the future
/// is as good as new, and its time begins at the next login.
struct PasswordAge: Equatable, Sendable {
    private static let day: Int64 = 86_400

    let changedAt: Int64
    let now: Int64
    let validityDays: Int

    /// Whether the clock has been set back since.
    var isFromTheFuture: Bool { changedAt > now }

    /// Whole days left, rounded up; 0 when it has to be changed.
    var remainingDays: Int {
        guard !isFromTheFuture else { return validityDays }
        // Both may come from a document: no sum of theirs is trusted to fit.
        let (age, isHuge) = now.subtractingReportingOverflow(changedAt)
        guard !isHuge else { return 0 }
        return max(0, validityDays - Int(age / Self.day))
    }

    var isExpired: Bool { remainingDays == 0 }
}
