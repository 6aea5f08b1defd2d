import PowerDevice
import Testing

@testable import CardAgent

@Suite struct LocalTimeTests {
    private func time(_ zone: Int, _ daylightSaving: DaylightSaving = .automatic) throws -> LocalTime {
        LocalTime(zone: try #require(CardTimeZone.numbered(zone)), daylightSaving: daylightSaving)
    }

    private func seconds(_ day: Int, _ month: Int, _ year: Int, _ hour: Int = 0, _ minute: Int = 0) -> Int64 {
        DeviceClock(year: year, month: month, day: day, hour: hour, minute: minute, second: 0).seconds
    }

    @Test func theZonesAreThoseOfTheMIBInItsOrder() {
        #expect(CardTimeZone.all.map(\.number) == Array(1...77))
        #expect(CardTimeZone.named("gmt0100paris")?.number == 31)
        #expect(CardTimeZone.numbered(75)?.name == "gmt1200auckland")
        #expect(CardTimeZone.numbered(0) == nil)
        #expect(CardTimeZone.numbered(78) == nil)
        // The list goes from the west to the east, and a name has the hours.
        #expect(zip(CardTimeZone.all, CardTimeZone.all.dropFirst()).allSatisfy { $0.offset <= $1.offset })
        for zone in CardTimeZone.all {
            let digits = zone.name.dropFirst(3).prefix(4).compactMap(\.wholeNumberValue)
            #expect(digits.count == 4 && abs(zone.offset) == (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3], "\(zone.name)")
        }
    }

    @Test(arguments: ZoneChanges.all) func clocksChangeWhereTheTimeZoneDatabaseSaysSo(_ changes: ZoneChanges) throws {
        let time = try time(changes.zone)
        var offset = changes.offset
        for instant in changes.instants {
            #expect(time.offset(at: instant - 1) == Int64(offset) * 60, "\(changes.place) before \(instant)")
            let isAhead = offset != time.zone.offset
            offset += isAhead ? -60 : 60
            #expect(time.offset(at: instant) == Int64(offset) * 60, "\(changes.place) at \(instant)")
        }
        #expect(changes.instants.count == 6)
    }

    /// And nowhere between.
    @Test(arguments: ZoneChanges.all) func clocksChangeNowhereElse(_ changes: ZoneChanges) throws {
        let time = try time(changes.zone)
        var found: [Int64] = []
        var offset = Int64(changes.offset) * 60
        for instant in stride(from: seconds(1, 1, 2026), to: seconds(1, 1, 2029), by: 1800) {
            let new = time.offset(at: instant)
            if new != offset { found.append(instant) }
            offset = new
        }
        #expect(found == changes.instants)
    }

    @Test(arguments: ZoneChanges.fixed.map(\.zone)) func otherZonesKeepTheirOffset(_ number: Int) throws {
        let row = try #require(ZoneChanges.fixed.first { $0.zone == number })
        let time = try time(number)
        #expect(time.zone.rule == nil)
        #expect(time.offset(at: 1_800_000_000) == Int64(row.offset) * 60, "\(row.place)")
    }

    @Test func daylightSavingCanBeSwitchedOffAndOn() throws {
        let (winter, summer) = (seconds(1, 1, 2027), seconds(1, 7, 2027))
        let off = try time(31, .disabled)
        #expect([winter, summer].map(off.offset) == [3600, 3600])
        let on = try time(31, .enabled)
        #expect([winter, summer].map(on.offset) == [7200, 7200])
        let auto = try time(31)
        #expect([winter, summer].map(auto.offset) == [3600, 7200])
    }

    /// Paris: 02:30 of 31 October 2027 comes twice, 02:30 of 28 March 2027 never.
    @Test func anHourThatComesTwiceIsTheFirstAndOneThatIsMissingEndsUpAfterIt() throws {
        let paris = try time(31)
        let twice = paris.utc(wall: seconds(31, 10, 2027, 2, 30))
        #expect(twice == seconds(31, 10, 2027, 0, 30))
        let never = paris.utc(wall: seconds(28, 3, 2027, 2, 30))
        #expect(never == seconds(28, 3, 2027, 1, 30))
        #expect(DeviceClock(seconds: never + paris.offset(at: never)).timeText == "03:30:00")
        let auckland = try time(75)
        #expect(auckland.utc(wall: seconds(4, 4, 2027, 2, 30)) == seconds(3, 4, 2027, 13, 30))
    }

    @Test(arguments: [5, 15, 19, 20, 28, 31, 36, 39, 67, 75, 77]) func whatIsShownIsReadBack(_ zone: Int) throws {
        let time = try time(zone)
        var doubles = 0
        for instant in stride(from: seconds(1, 1, 2027), to: seconds(1, 1, 2028), by: 1800) {
            let back = time.utc(wall: instant + time.offset(at: instant))
            if back == instant { continue }
            // The second of two equal hours is read as the first.
            #expect(back == instant - 3600)
            doubles += 1
        }
        #expect(doubles == (time.zone.rule == nil ? 0 : 2))
    }

    @Test func theCalendarKnowsItsDays() {
        #expect(DeviceClock(seconds: 0) == DeviceClock(year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, weekday: 4))
        #expect(DeviceClock(seconds: -1).text == "31/12/1969 23:59:59")
        #expect(DeviceClock(seconds: 1_795_420_800).text == "23/11/2026 08:00:00")
        #expect(DeviceClock(seconds: 1_795_420_800).weekday == 1)
        #expect(DeviceClock(seconds: 951_782_400).dateText == "29/02/2000")
        #expect(DeviceClock(seconds: 4_107_542_400).dateText == "01/03/2100")
        for day in stride(from: Int64(-800_000), to: 800_000, by: 37) {
            let date = CivilTime.date(day)
            #expect(CivilTime.day(year: date.year, month: date.month, day: date.day) == day)
        }
    }
}
