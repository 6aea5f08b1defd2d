import PowerDevice

/// Daylight saving by the rule of POSIX: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct YearlyRule: Sendable, Equatable {
    /// The nth weekday of a month at a time of day. Week 5: the last one.
    struct Day: Sendable, Equatable {
        let month: Int
        let week: Int
        let weekday: Int
        /// Local seconds after midnight.
        let time: Int
    }

    /// Seconds east of UTC.
    let standard: Int
    let summer: Int
    let begin: Day
    let end: Day

    func offset(at time: Int64) -> Int {
        let year = CivilDay(containing: time + Int64(standard)).year
        let from = Self.seconds(of: begin, in: year) - Int64(standard)
        let to = Self.seconds(of: end, in: year) - Int64(summer)
        let isSummer = from < to ? time >= from && time < to : time >= from || time < to
        return isSummer ? summer : standard
    }

    /// Local seconds since 1970 of a rule's day in a year.
    private static func seconds(of day: Day, in year: Int) -> Int64 {
        let first = CivilDay(year: year, month: day.month, day: 1)
        let next = day.month == 12 ? CivilDay(year: year + 1, month: 1, day: 1) : CivilDay(year: year, month: day.month + 1, day: 1)
        var number = first.number + Int64((day.weekday - first.weekday + 7) % 7) + Int64(7 * (day.week - 1))
        while number >= next.number { number -= 7 }
        return number * 86_400 + Int64(day.time)
    }

    /// Reads the last line of a time zone's file. Nil if it says nothing that is understood.
    static func parse(_ text: String) -> ZoneRules.Later? {
        let parts = text.split(separator: ",")
        guard let zone = parts.first, zone.utf8.count <= 64 else { return nil }
        var rest = Substring(zone)
        guard dropName(&rest), let west = takeTime(&rest) else { return nil }
        if rest.isEmpty { return .fixed(-west) }
        guard dropName(&rest), parts.count == 3, let begin = Day(parts[1]), let end = Day(parts[2]) else { return nil }
        let summer = rest.isEmpty ? -west + 3600 : takeTime(&rest).map { -$0 }
        return summer.map { .rule(YearlyRule(standard: -west, summer: $0, begin: begin, end: end)) }
    }

    /// `CET` or `<+0330>`.
    private static func dropName(_ text: inout Substring) -> Bool {
        if text.first == "<", let end = text.firstIndex(of: ">") {
            text = text[text.index(after: end)...]
            return true
        }
        let name = text.prefix { $0.isLetter }
        text = text.dropFirst(name.count)
        return name.count >= 3
    }

    /// `-1`, `3:30`, `+02:00:00`, as seconds.
    fileprivate static func takeTime(_ text: inout Substring) -> Int? {
        var sign = 1
        if let first = text.first, first == "-" || first == "+" {
            if first == "-" { sign = -1 }
            text = text.dropFirst()
        }
        let digits = text.prefix { $0.isNumber || $0 == ":" }
        text = text.dropFirst(digits.count)
        let numbers = digits.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...3).contains(numbers.count), numbers.allSatisfy({ $0 != nil && 0...167 ~= ($0 ?? 0) }) else { return nil }
        var seconds = 0
        for (unit, number) in zip([3600, 60, 1], numbers) { seconds += unit * (number ?? 0) }
        return sign * seconds
    }
}

extension YearlyRule.Day {
    /// `M3.5.0/2`.
    fileprivate init?(_ text: Substring) {
        let parts = text.split(separator: "/")
        guard let day = parts.first, day.first == "M" else { return nil }
        let numbers = day.dropFirst().split(separator: ".").compactMap { Int($0) }
        guard numbers.count == 3, 1...12 ~= numbers[0], 1...5 ~= numbers[1], 0...6 ~= numbers[2] else { return nil }
        var time = 7200
        if parts.count == 2 {
            var rest = parts[1]
            guard let given = YearlyRule.takeTime(&rest) else { return nil }
            time = given
        }
        self.init(month: numbers[0], week: numbers[1], weekday: numbers[2], time: time)
    }
}

/// A day of the Gregorian calendar.
struct CivilDay: Sendable, Equatable {
    /// Days since 1970-01-01.
    let number: Int64
    let year: Int

    /// 0 is Sunday.
    var weekday: Int { CivilTime.weekday(number) }

    init(containing seconds: Int64) {
        number = CivilTime.quotient(seconds, CivilTime.secondsOfDay)
        year = CivilTime.date(number).year
    }

    init(year: Int, month: Int, day: Int) {
        number = CivilTime.day(year: year, month: month, day: day)
        self.year = year
    }
}
