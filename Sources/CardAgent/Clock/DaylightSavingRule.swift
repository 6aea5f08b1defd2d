import PowerDevice

/// When a zone's clocks are an hour ahead, year by year, as POSIX writes it in TZ: `M3.5.0/2,M10.5.0/3` (POSIX.1-2024 §8.3).
struct DaylightSavingRule: Hashable, Sendable {
    /// `Mm.w.d/h`: a weekday of a month, and a time of its wall clock.
    struct Change: Hashable, Sendable {
        /// 1…12.
        let month: Int
        /// The how many-th such weekday of the month; 5 is its last.
        let week: Int
        /// 0 Sunday … 6 Saturday.
        let weekday: Int
        /// Hours of the clock that counts before the change; beyond 0…24 on a neighbouring day.
        let hour: Int

        init(_ month: Int, _ week: Int, _ weekday: Int, at hour: Int = 2) {
            self.month = month
            self.week = week
            self.weekday = weekday
            self.hour = hour
        }

        /// Seconds of the wall clock before the change, since 1970.
        func wallClock(in year: Int) -> Int64 {
            let first = CivilTime.day(year: year, month: month, day: 1)
            let next = month == 12 ? CivilTime.day(year: year + 1, month: 1, day: 1) : CivilTime.day(year: year, month: month + 1, day: 1)
            var day = first + CivilTime.remainder(Int64(weekday - CivilTime.weekday(first)), 7) + Int64(7 * (week - 1))
            if day >= next { day -= 7 }
            return day * CivilTime.secondsOfDay + Int64(hour * 3600)
        }
    }

    /// By standard time.
    let start: Change
    /// By daylight saving time.
    let end: Change

    /// What daylight saving adds, in seconds.
    static let shift: Int64 = 3600

    init(_ start: Change, _ end: Change) {
        self.start = start
        self.end = end
    }

    /// Whether clocks are ahead.
    ///
    /// - Parameters:
    ///   - utc: seconds since 1970.
    ///   - offset: of the zone's standard time, in seconds.
    func isAhead(at utc: Int64, offset: Int64) -> Bool {
        let year = CivilTime.date(CivilTime.quotient(utc + offset, CivilTime.secondsOfDay)).year
        let start = start.wallClock(in: year) - offset
        let end = end.wallClock(in: year) - offset - Self.shift
        // In the south summer lasts over the new year.
        return start < end ? (start..<end).contains(utc) : !(end..<start).contains(utc)
    }
}
