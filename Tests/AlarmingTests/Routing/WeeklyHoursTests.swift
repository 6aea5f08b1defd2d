import Foundation
import Testing

@testable import Alarming

struct WeeklyHoursTests {
    static func time(_ text: String) throws -> Int64 { Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970) }

    /// 2026-11-23 is a Monday; Zurich is an hour ahead of UTC then.
    @Test(arguments: [
        ("2026-11-23T17:59:59Z", true), ("2026-11-23T16:59:59Z", false), ("2026-11-23T17:00:00Z", true), ("2026-11-24T04:59:59Z", true),
        ("2026-11-24T05:00:00Z", false), ("2026-11-28T04:00:00Z", true), ("2026-11-28T17:30:00Z", false), ("2026-11-23T04:00:00Z", false),
    ])
    func goOverMidnight(_ time: String, _ isIn: Bool) throws {
        let hours = WeeklyHours(
            days: [.monday, .tuesday, .wednesday, .thursday, .friday], from: "18:00", to: "06:00", zone: "Europe/Zurich")
        #expect(hours.contains(try Self.time(time), in: try ZoneRulesTests.zone("Europe/Zurich")) == isIn)
    }

    @Test func endWithTheLocalClockThroughAChangeOfTime() throws {
        let zone = try ZoneRulesTests.zone("Europe/Zurich")
        let hours = WeeklyHours(from: "22:00", to: "06:00", zone: "Europe/Zurich")
        // The night to 2026-03-29 has seven hours, the one to 2026-10-25 nine.
        #expect(try hours.end(after: Self.time("2026-03-28T21:00:00Z"), in: zone) == Self.time("2026-03-29T04:00:00Z"))
        #expect(try hours.end(after: Self.time("2026-10-24T20:00:00Z"), in: zone) == Self.time("2026-10-25T05:00:00Z"))
        #expect(try hours.end(after: Self.time("2026-10-24T12:00:00Z"), in: zone) == nil)
    }

    @Test func ofEqualEndsAreTheWholeDay() throws {
        let hours = WeeklyHours(days: [.sunday], from: "00:00", to: "00:00")
        #expect(try hours.contains(Self.time("2026-11-22T00:00:00Z"), in: .utc))
        #expect(try hours.contains(Self.time("2026-11-22T23:59:59Z"), in: .utc))
        #expect(try !hours.contains(Self.time("2026-11-23T00:00:00Z"), in: .utc))
    }

    @Test(arguments: [
        ("00:00", 0), ("24:00", 1440), ("23:59", 1439), ("24:01", nil), ("7:00", nil), ("12:60", nil), ("", nil), ("-1:00", nil),
    ])
    func readTimesOfDay(_ text: String, _ minutes: Int?) { #expect(WeeklyHours.minutes(text) == minutes) }
}
