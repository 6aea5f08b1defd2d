/// The proleptic Gregorian calendar in whole numbers: days and seconds of a clock that knows no leap seconds.
package enum CivilTime {
    package static let secondsOfDay: Int64 = 86_400

    /// Days from 1 January 1970 to a date. Months count from March, so that the leap day is a year's last.
    package static func day(year: Int, month: Int, day: Int) -> Int64 {
        let years = Int64(month < 3 ? year - 1 : year)
        let months = Int64(month < 3 ? month + 9 : month - 3)
        return 365 * years + quotient(years, 4) - quotient(years, 100) + quotient(years, 400) + (153 * months + 2) / 5 + Int64(day)
            - 719_469
    }

    /// The date that is so many days after 1 January 1970.
    package static func date(_ day: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = quotient(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let months = (5 * dayOfYear + 2) / 153
        let month = Int(months < 10 ? months + 3 : months - 9)
        let year = Int(yearOfEra + era * 400) + (month < 3 ? 1 : 0)
        return (year, month, Int(dayOfYear - (153 * months + 2) / 5 + 1))
    }

    /// 0 Sunday … 6 Saturday. 1 January 1970 was a Thursday.
    package static func weekday(_ day: Int64) -> Int { Int(remainder(day + 4, 7)) }

    /// Rounded down, not towards 0.
    package static func quotient(_ number: Int64, _ divisor: Int64) -> Int64 { (number - remainder(number, divisor)) / divisor }

    package static func remainder(_ number: Int64, _ divisor: Int64) -> Int64 {
        let rest = number % divisor
        return rest < 0 ? rest + divisor : rest
    }
}

extension DeviceClock {
    /// What a clock shows so many seconds after it showed 1 January 1970, 00:00.
    package init(seconds: Int64) {
        let day = CivilTime.quotient(seconds, CivilTime.secondsOfDay)
        let rest = Int(seconds - day * CivilTime.secondsOfDay)
        let date = CivilTime.date(day)
        let weekday = CivilTime.weekday(day)
        self.init(
            year: date.year, month: date.month, day: date.day, hour: rest / 3600, minute: rest % 3600 / 60, second: rest % 60,
            weekday: weekday == 0 ? 7 : weekday)
    }

    /// Seconds since the clock showed 1 January 1970, 00:00.
    package var seconds: Int64 {
        CivilTime.day(year: year, month: month, day: day) * CivilTime.secondsOfDay + Int64((hour * 60 + minute) * 60 + second)
    }

    /// `dd/mm/yyyy hh:mm:ss`, as the pages, the logs and SNMP show it.
    package var text: String { "\(dateText) \(timeText)" }

    /// `dd/mm/yyyy`.
    package var dateText: String { "\(Self.pair(day))/\(Self.pair(month))/\(year)" }

    /// `hh:mm:ss`.
    package var timeText: String { "\(Self.pair(hour)):\(Self.pair(minute)):\(Self.pair(second))" }

    private static func pair(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
