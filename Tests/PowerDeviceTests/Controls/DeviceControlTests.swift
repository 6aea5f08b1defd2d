import PowerDevice
import Testing

@Suite struct DeviceControlTests {
    @Test func kindsAndControlsMatch() {
        for kind in DeviceControl.Kind.allCases {
            if let control = kind.control { #expect(control.kind == kind) }
            #expect(!kind.title.isEmpty)
        }
        #expect(DeviceControl.setPlug(5, isClosed: true).kind == nil && DeviceControl.preferSource(0).kind == nil)
    }

    @Test func valuesOutOfRangeAreFaults() {
        let faulty: [DeviceControl] = [
            .scheduleBatteryTest(BatteryTestSchedule(weeks: 53, weekday: 1, hour: 0)),
            .scheduleBatteryTest(BatteryTestSchedule(weeks: -1, weekday: 1, hour: 0)),
            .scheduleBatteryTest(BatteryTestSchedule(weeks: 1, weekday: 0, hour: 0)),
            .scheduleBatteryTest(BatteryTestSchedule(weeks: 1, weekday: 8, hour: 0)),
            .scheduleBatteryTest(BatteryTestSchedule(weeks: 1, weekday: 1, hour: 24)),
            .scheduleStandby(StandbySchedule(kind: .once, delay: 19)), .scheduleStandby(StandbySchedule(kind: .once, delay: 601)),
            .scheduleStandby(StandbySchedule(kind: .restore, delay: 20, standby: 0)),
            .scheduleStandby(StandbySchedule(kind: .restore, delay: 20, standby: 10000)), .setPlug(0, isClosed: true),
            .setPlug(5, isClosed: false), .preferSource(3),
            .setClock(DeviceClock(year: 2100, month: 1, day: 1, hour: 0, minute: 0, second: 0)),
        ]
        for control in faulty {
            #expect(control.fault != nil)
            do throws(ControlProfile.Refusal) {
                _ = try ControlProfile.nvfleetVUMap.write(for: control, on: .vuMap, registers: DeviceMap.vuMap.emptyRegisters)
                Issue.record("\(control) was written")
            } catch {
                #expect(error == .outOfRange(control.fault ?? ""))
            }
        }
        #expect(StandbySchedule(kind: .none, delay: 0, standby: 0).fault == nil)
    }

    @Test func clockIsACalendarTime() {
        let clock = { (year: Int, month: Int, day: Int) in DeviceClock(year: year, month: month, day: day, hour: 0, minute: 0, second: 0) }
        #expect(clock(2024, 2, 29).isValid && clock(2000, 2, 29).isValid && !clock(2025, 2, 29).isValid)
        #expect(clock(2026, 12, 31).isValid && !clock(2026, 4, 31).isValid && !clock(2026, 0, 1).isValid && !clock(2026, 13, 1).isValid)
        #expect(!clock(1999, 1, 1).isValid && !clock(2026, 1, 0).isValid && !clock(Int.max, Int.max, Int.min).isValid)
        #expect(!DeviceClock(year: 2026, month: 1, day: 1, hour: 24, minute: 0, second: 0).isValid)
        #expect(!DeviceClock(year: 2026, month: 1, day: 1, hour: 0, minute: 60, second: 0).isValid)
        #expect(!DeviceClock(year: 2026, month: 1, day: 1, hour: 0, minute: 0, second: 60).isValid)
        #expect(!DeviceClock(year: 2026, month: 1, day: 1, hour: 0, minute: 0, second: 0, weekday: 8).isValid)
    }

    @Test func weekdayFollowsTheCalendar() {
        let days: [(Int, Int, Int, Int)] = [
            (2026, 11, 23, 1), (2026, 11, 22, 7), (2024, 2, 29, 4), (2000, 1, 1, 6), (2099, 12, 31, 4), (2025, 3, 1, 6),
        ]
        for (year, month, day, weekday) in days {
            let clock = DeviceClock(year: year, month: month, day: day, hour: 0, minute: 0, second: 0)
            #expect(clock.calendarWeekday == weekday, "\(clock)")
        }
        #expect(DeviceClock(year: 2026, month: 0, day: 1, hour: 0, minute: 0, second: 0).calendarWeekday == 0)
    }
}
