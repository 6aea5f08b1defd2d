import PowerDevice
import Testing

@testable import CardAgent

@Suite struct ControlTimetableTests {
    private func clock(_ day: Int, _ hour: Int, _ minute: Int, second: Int = 0) -> DeviceClock {
        // 23 November 2026 is a Monday.
        DeviceClock(
            year: 2026, month: 11, day: day, hour: hour, minute: minute, second: second, weekday: (day - 23 + 70) % 7 + 1)
    }

    private var night: ControlSettings {
        var settings = ControlSettings()
        settings.ecoMode[3] = EcoModeSchedule.Row(words: "monday 22:00 tuesday 06:00") ?? .init()
        return settings
    }

    /// Every minute of a week in which nothing is set.
    @Test func withoutASettingNothingIsEverDue() {
        var timetable = ControlTimetable()
        let settings = ControlSettings()
        var due: [DeviceControl] = []
        for minute in 0..<WeekTime.minutesOfWeek {
            let clock = clock(23 + minute / 1440, minute / 60 % 24, minute % 60)
            due += timetable.due(at: clock, uptime: Int64(minute) * 60, settings: settings, isCommunicating: true)
        }
        #expect(due.isEmpty)
    }

    @Test func ecoModeBeginsAndEndsAtItsTimesAndOnce() {
        var timetable = ControlTimetable()
        var due: [String: [DeviceControl]] = [:]
        for minute in stride(from: 0, to: WeekTime.minutesOfWeek * 60, by: 20) {
            let clock = clock(23 + minute / 86_400, minute / 3600 % 24, minute / 60 % 60, second: minute % 60)
            let controls = timetable.due(at: clock, uptime: Int64(minute), settings: night, isCommunicating: true)
            if !controls.isEmpty { due["\(clock.day) \(clock.hour):\(clock.minute)", default: []] += controls }
        }
        #expect(due == ["23 22:0": [.ecoModeOn], "24 6:0": [.ecoModeOff]])
    }

    @Test func aPeriodThatFollowsAnotherEndsInEcoMode() {
        var settings = night
        settings.ecoMode[0] = EcoModeSchedule.Row(words: "tuesday 06:00 none 00:00") ?? .init()
        var timetable = ControlTimetable()
        #expect(timetable.due(at: clock(24, 5, 59), uptime: 0, settings: settings, isCommunicating: true).isEmpty)
        #expect(timetable.due(at: clock(24, 6, 0), uptime: 60, settings: settings, isCommunicating: true) == [.ecoModeOff, .ecoModeOn])
    }

    @Test func theCardMayBeLateButDoesNotMakeUpForANight() {
        var timetable = ControlTimetable()
        _ = timetable.due(at: clock(23, 21, 59), uptime: 0, settings: night, isCommunicating: true)
        #expect(timetable.due(at: clock(23, 22, 4), uptime: 300, settings: night, isCommunicating: true) == [.ecoModeOn])
        #expect(timetable.due(at: clock(24, 9, 0), uptime: 600, settings: night, isCommunicating: true).isEmpty)
    }

    @Test func aClockThatIsSetBackRepeatsNothing() {
        var timetable = ControlTimetable()
        _ = timetable.due(at: clock(23, 21, 59), uptime: 0, settings: night, isCommunicating: true)
        #expect(timetable.due(at: clock(23, 22, 1), uptime: 120, settings: night, isCommunicating: true) == [.ecoModeOn])
        for minute in 57...62 {
            let due = timetable.due(
                at: clock(23, 21 + minute / 60, minute % 60), uptime: Int64(120 + minute), settings: night, isCommunicating: true)
            #expect(due.isEmpty, "minute \(minute)")
        }
    }

    @Test func theUPSIsToldTheTimeWhenItIsFoundWhenTheClockIsSetAndOnceADay() {
        var settings = ControlSettings()
        var timetable = ControlTimetable()
        let noon = clock(23, 12, 0)
        #expect(timetable.due(at: noon, uptime: 0, settings: settings, isCommunicating: true).isEmpty)
        settings.synchronisesClock = true
        #expect(timetable.due(at: noon, uptime: 0, settings: settings, isCommunicating: false).isEmpty)
        #expect(timetable.due(at: noon, uptime: 0, settings: settings, isCommunicating: true) == [.setClock(noon)])
        #expect(timetable.due(at: clock(23, 12, 30), uptime: 1800, settings: settings, isCommunicating: true).isEmpty)
        let set = clock(23, 13, 30)
        #expect(timetable.due(at: set, uptime: 1800, settings: settings, isCommunicating: true) == [.setClock(set)])
        #expect(timetable.due(at: clock(24, 13, 29), uptime: 1740 + 86_400, settings: settings, isCommunicating: true).isEmpty)
        let nextDay = clock(24, 13, 30)
        #expect(timetable.due(at: nextDay, uptime: 1800 + 86_400, settings: settings, isCommunicating: true) == [.setClock(nextDay)])
        #expect(timetable.due(at: nextDay, uptime: 1800 + 86_400, settings: settings, isCommunicating: false).isEmpty)
        #expect(timetable.due(at: nextDay, uptime: 1801 + 86_400, settings: settings, isCommunicating: true) == [.setClock(nextDay)])
    }

    @Test func aTimeThatNobodyTookIsToldAtTheNextLook() {
        var settings = ControlSettings()
        settings.synchronisesClock = true
        var timetable = ControlTimetable()
        let noon = clock(23, 12, 0)
        #expect(timetable.due(at: noon, uptime: 0, settings: settings, isCommunicating: true) == [.setClock(noon)])
        timetable.clockWasNotTold()
        #expect(timetable.due(at: noon, uptime: 1, settings: settings, isCommunicating: true) == [.setClock(noon)])
        #expect(timetable.due(at: noon, uptime: 2, settings: settings, isCommunicating: true).isEmpty)
    }

    @Test func secondsFollowTheCalendar() {
        let day: Int64 = 86_400
        #expect(DeviceClock(year: 2000, month: 3, day: 1, hour: 0, minute: 0, second: 0).seconds == 951_868_800)
        let before = DeviceClock(year: 2028, month: 2, day: 29, hour: 23, minute: 59, second: 59)
        #expect(DeviceClock(year: 2028, month: 3, day: 1, hour: 0, minute: 0, second: 0).seconds == before.seconds + 1)
        #expect(clock(24, 0, 0).seconds - clock(23, 0, 0).seconds == day)
        #expect(
            DeviceClock(year: 2027, month: 1, day: 1, hour: 0, minute: 0, second: 0).seconds
                - DeviceClock(year: 2026, month: 1, day: 1, hour: 0, minute: 0, second: 0).seconds == 365 * day)
    }

    static let rows = ["monday 22:00 tuesday 06:00", "none 00:00 none 00:00", "sunday 23:59 none 12:30"]

    @Test(arguments: rows) func aRowIsWrittenAsItIsRead(_ words: String) {
        #expect(EcoModeSchedule.Row(words: words)?.words == words)
    }

    static let badRows = [
        "", "monday 22:00", "monday 24:00 none 00:00", "montag 10:00 none 00:00", "monday 1:00 none 00:00", "none 00:00 x 00:00",
    ]

    @Test(arguments: badRows) func whatIsNoRowIsRefused(_ words: String) {
        #expect(EcoModeSchedule.Row(words: words) == nil)
    }
}
