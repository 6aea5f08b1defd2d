import PowerDevice

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

/// A time of day to the minute, `hh:mm`.
struct TimeOfDay: Hashable, Sendable, CustomStringConvertible {
    /// 0…1439.
    let minutes: Int

    static let midnight = TimeOfDay(minutes: 0)

    private init(minutes: Int) { self.minutes = minutes }

    /// Nil where the text is not `hh:mm` of a day.
    init?(_ text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 5, digits[2] == UInt8(ascii: ":"), let hour = Self.number(digits[0...1]),
            let minute = Self.number(digits[3...4]),
            hour < 24, minute < 60
        else { return nil }
        minutes = hour * 60 + minute
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.reduce(0 as Int?) { number, digit in
            guard let number, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            return number * 10 + Int(digit - UInt8(ascii: "0"))
        }
    }

    var description: String {
        let pair = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(pair(minutes / 60)):\(pair(minutes % 60))"
    }
}

/// A minute that comes every week.
struct WeekTime: Hashable, Sendable {
    static let minutesOfWeek = 7 * 24 * 60

    /// From Sunday, 00:00, on.
    let minute: Int

    init(_ day: Weekday, _ time: TimeOfDay) { minute = Int(day.rawValue - 1) * 24 * 60 + time.minutes }

    /// The minute that a clock shows; `weekday` must be told.
    init(_ clock: DeviceClock) { minute = (clock.weekday % 7 * 24 + clock.hour) * 60 + clock.minute }
}
