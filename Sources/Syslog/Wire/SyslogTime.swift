/// A time in a message.
package struct SyslogTime: Hashable, Sendable {
    /// Of UTC; of a local time as if its zone were UTC.
    package var secondsSince1970: Int64
    /// 0…999,999.
    package var microseconds: Int32
    /// Whether the zone is unknown, as in RFC 3164.
    package var isLocal: Bool

    package init(secondsSince1970: Int64, microseconds: Int32 = 0, isLocal: Bool = false) {
        self.secondsSince1970 = secondsSince1970
        self.microseconds = microseconds
        self.isLocal = isLocal
    }

    /// Nil if there is no such day or hour. A leap second (60) is the first second after it.
    init?(_ date: CivilDate, hour: Int, minute: Int, second: Int, microseconds: Int32 = 0, offsetMinutes: Int? = nil) {
        guard date.isValid, 0...23 ~= hour, 0...59 ~= minute, 0...60 ~= second else { return nil }
        let local = Int64(date.daysSince1970) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        self.init(
            secondsSince1970: local - Int64(offsetMinutes ?? 0) * 60, microseconds: microseconds, isLocal: offsetMinutes == nil)
    }

    /// RFC 3339 in UTC, with microseconds: `2026-11-23T21:35:00.000000Z`.
    package var rfc3339: String {
        let days = Int((secondsSince1970 - Self.secondOfDay(secondsSince1970)) / 86_400)
        let date = CivilDate(daysSince1970: days)
        return "\(pad(date.year, 4))-\(pad(date.month))-\(pad(date.day))T\(clockTime).\(pad(Int(microseconds), 6))Z"
    }

    /// `Nov  3 21:35:00`, as RFC 3164 §4.1.2 has it.
    var traditional: String {
        let days = Int((secondsSince1970 - Self.secondOfDay(secondsSince1970)) / 86_400)
        let date = CivilDate(daysSince1970: days)
        return "\(CivilDate.months[date.month - 1]) \(date.day < 10 ? " " : "")\(date.day) \(clockTime)"
    }

    private var clockTime: String {
        let second = Int(Self.secondOfDay(secondsSince1970))
        return "\(pad(second / 3600)):\(pad(second / 60 % 60)):\(pad(second % 60))"
    }

    private static func secondOfDay(_ seconds: Int64) -> Int64 { (seconds % 86_400 + 86_400) % 86_400 }

    private func pad(_ number: Int, _ width: Int = 2) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// A day of the Gregorian calendar, of the years 0 to 9999.
struct CivilDate: Hashable, Sendable {
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

    let year: Int
    let month: Int
    let day: Int

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Counted in eras of 400 years whose years begin with March.
    init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var isLeapYear: Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    var isValid: Bool {
        guard 0...9999 ~= year, 1...12 ~= month else { return false }
        return 1...(month == 2 && isLeapYear ? 29 : Self.lengths[month - 1]) ~= day
    }

    var daysSince1970: Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
