import PowerDevice
import Testing

@testable import UPSSimulation

@Suite struct SimulatedCalendarTests {
    @Test(arguments: [
        (DeviceClock(year: 2024, month: 2, day: 28, hour: 23, minute: 59, second: 59), 2024, 2, 29),
        (DeviceClock(year: 2025, month: 2, day: 28, hour: 23, minute: 59, second: 59), 2025, 3, 1),
        (DeviceClock(year: 2025, month: 12, day: 31, hour: 23, minute: 59, second: 59), 2026, 1, 1),
        (DeviceClock(year: 2000, month: 1, day: 31, hour: 23, minute: 59, second: 59), 2000, 2, 1),
        (DeviceClock(year: 2099, month: 11, day: 30, hour: 23, minute: 59, second: 59), 2099, 12, 1),
    ]) func midnightTurnsTheDate(clock: DeviceClock, year: Int, month: Int, day: Int) {
        var calendar = SimulatedCalendar(clock)
        calendar.advance(1)
        let next = calendar.clock
        #expect((next.year, next.month, next.day) == (year, month, day) && (next.hour, next.minute, next.second) == (0, 0, 0))
    }

    @Test func weekdaysAreThoseOfTheCalendar() {
        var calendar = SimulatedCalendar(DeviceClock(year: 2000, month: 1, day: 1, hour: 12, minute: 0, second: 0))
        for _ in 0..<2000 {
            let clock = calendar.clock
            #expect(clock.weekday == clock.calendarWeekday)
            calendar.advance(86_400 * 17)
        }
    }
}
