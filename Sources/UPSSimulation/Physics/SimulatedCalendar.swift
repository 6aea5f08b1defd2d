package import PowerDevice

/// The clock of a simulated device: it starts at a given moment, and goes on with the simulated seconds.
package struct SimulatedCalendar: Sendable, Equatable {
    /// Seconds since 2000-01-01 00:00, a Saturday.
    private var seconds: Double

    package static let start = DeviceClock(year: 2025, month: 1, day: 6, hour: 8, minute: 0, second: 0, weekday: 1)

    package init(_ clock: DeviceClock = Self.start) { seconds = Double(Self.seconds(of: clock)) }

    package mutating func advance(_ seconds: Double) { self.seconds += seconds }
    package mutating func set(_ clock: DeviceClock) { seconds = Double(Self.seconds(of: clock)) }

    /// Days since the start of the clock's count.
    var day: Int { Int(seconds) / 86_400 }
    /// 0…23.
    var hour: Int { Int(seconds) % 86_400 / 3600 }
    /// 1 Monday … 7 Sunday: 2000-01-01 was a Saturday.
    var weekday: Int { (day + 5) % 7 + 1 }

    package var clock: DeviceClock {
        let (year, month, date) = Self.civil(day)
        let second = Int(seconds) % 86_400
        return DeviceClock(
            year: year, month: month, day: date, hour: second / 3600, minute: second % 3600 / 60, second: second % 60, weekday: weekday)
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 }

    private static func length(ofMonth month: Int, in year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func seconds(of clock: DeviceClock) -> Int {
        let years = max(0, clock.year - 2000)
        var days = years * 365 + (years + 3) / 4
        for month in 1..<min(max(clock.month, 1), 12) { days += length(ofMonth: month, in: clock.year) }
        days += max(0, clock.day - 1)
        return ((days * 24 + clock.hour) * 60 + clock.minute) * 60 + clock.second
    }

    private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        var (year, rest) = (2000, max(0, day))
        while rest >= (isLeap(year) ? 366 : 365) {
            rest -= isLeap(year) ? 366 : 365
            year += 1
        }
        var month = 1
        while rest >= length(ofMonth: month, in: year) {
            rest -= length(ofMonth: month, in: year)
            month += 1
        }
        return (year, month, rest + 1)
    }
}
