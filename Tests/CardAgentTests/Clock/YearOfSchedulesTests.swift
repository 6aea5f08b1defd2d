import PowerDevice
import Testing

@testable import CardAgent

/// A year of the card's clock in compressed time.
@Suite struct YearOfSchedulesTests {
    /// A timetable, and the clock that it goes by.
    private struct Card {
        var timetable = ControlTimetable()
        var localTime: LocalTime
        var utc: Int64
        var uptime: Int64 = 0
        let settings: ControlSettings
        /// What was ordered, in its order.
        var done: [DeviceControl] = []

        /// - Parameter wall: what the local clock shows at first.
        init(zone: Int, from wall: Int64) throws {
            localTime = LocalTime(zone: try #require(CardTimeZone.numbered(zone)), daylightSaving: .automatic)
            utc = localTime.utc(wall: wall)
            var settings = ControlSettings()
            // 02:30 is where clocks change; the others are days of work.
            settings.ecoMode[0] = EcoModeSchedule.Row(words: "sunday 02:30 sunday 03:15") ?? .init()
            settings.ecoMode[1] = EcoModeSchedule.Row(words: "monday 22:00 tuesday 06:00") ?? .init()
            settings.ecoMode[2] = EcoModeSchedule.Row(words: "friday 18:00 saturday 23:59") ?? .init()
            self.settings = settings
        }

        var clock: DeviceClock { DeviceClock(seconds: utc + localTime.offset(at: utc)) }

        mutating func look() {
            done += timetable.due(at: clock, uptime: uptime, settings: settings, isCommunicating: true)
        }

        mutating func pass(_ seconds: Int64) {
            utc += seconds
            uptime += seconds
            look()
        }
    }

    /// 1 January 2027 was a Friday; 364 days on it is one again.
    private static let start: Int64 = 1_798_761_600 + 6 * 3600

    /// On and off in turn: no edge was done twice, and none was left out.
    private func expectEachOnce(_ card: Card, weeks: Int = 52) {
        let expected = Array(repeating: [DeviceControl.ecoModeOff, .ecoModeOn], count: weeks * 3).flatMap { $0 }
        // It begins on a Friday morning, before eco mode is switched on.
        #expect(card.done == Array((expected.dropFirst() + [.ecoModeOff])))
    }

    @Test(arguments: [31, 15, 75, 19, 36, 27], [Int64(60), 420]) func everyEdgeComesOnceInAYear(_ zone: Int, _ step: Int64) throws {
        var card = try Card(zone: zone, from: Self.start)
        card.look()
        for _ in 0..<(364 * 86_400 / step) { card.pass(step) }
        expectEachOnce(card)
    }

    /// The clock is set back and forth by up to two hours, time and again, as is the way of somebody who can't make up his mind.
    @Test func everyEdgeComesOnceWhereTheClockIsSetBackAndForth() throws {
        var card = try Card(zone: 31, from: Self.start)
        card.look()
        var lead: Int64 = 0
        let settings: [Int64] = [600, -3600, 3500, -3600, 3000, -900, 300, 0]
        for minute in 0..<(364 * 1440) {
            if minute % 1373 == 1372 {
                let new = settings[minute / 1373 % settings.count]
                card.utc += new - lead
                lead = new
                card.look()
            }
            card.pass(60)
        }
        expectEachOnce(card)
    }

    /// Daylight saving switched off and on again is a jump of an hour.
    @Test func everyEdgeComesOnceWhereDaylightSavingIsSwitched() throws {
        var card = try Card(zone: 31, from: Self.start)
        card.look()
        for hour in 0..<(364 * 24) {
            card.localTime.daylightSaving = DaylightSaving.allCases[hour / 100 % 3]
            for _ in 0..<60 { card.pass(60) }
        }
        expectEachOnce(card)
    }

    @Test func aLargeJumpLeavesOutWhatLiesBetweenAndRepeatsWhatItGoesBackTo() throws {
        var card = try Card(zone: 27, from: Self.start)
        card.look()
        card.utc += 40 * 86_400
        card.look()
        #expect(card.done.isEmpty)
        card.utc -= 80 * 86_400
        card.look()
        #expect(card.done.isEmpty)
        for _ in 0..<(14 * 1440) { card.pass(60) }
        expectEachOnce(card, weeks: 2)
    }

    @Test func aCardThatWasStoppedForADayDoesWhatItMissed() throws {
        var card = try Card(zone: 27, from: Self.start)
        card.look()
        card.pass(23 * 3600)
        #expect(card.done.count == 1)
        card.pass(25 * 3600)
        #expect(card.done.count == 1)
    }
}
