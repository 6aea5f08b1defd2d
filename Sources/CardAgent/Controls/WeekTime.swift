import NetVision

/// A day of the week, with the numbers of upsControlEcoModeScheduleTable.
enum Weekday: Int32, Sendable, CaseIterable {
    case sunday = 1
    case monday, tuesday, wednesday, thursday, friday, saturday

    var word: String { "\(self)" }

    init?(word: String) {
        guard let day = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = day
    }
}

/// A minute that comes every week.
struct WeekTime: Hashable, Sendable {
    static let minutesOfWeek = 7 * 24 * 60

    /// From Sunday, 00:00, on.
    let minute: Int

    init(_ day: Weekday, _ time: TimeOfDay) { minute = Int(day.rawValue - 1) * 24 * 60 + time.minutes }
}
