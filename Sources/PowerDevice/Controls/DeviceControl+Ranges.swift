extension DeviceControl {
    /// What is wrong with the control's values, or nil where a device can take them.
    package var fault: String? {
        switch self {
        case .scheduleBatteryTest(let schedule): schedule.fault
        case .scheduleStandby(let schedule): schedule.fault
        case .setClock(let clock): clock.fault
        case .setPlug(let number, _): (1...4).contains(number) ? nil : "there are power share plugs 1 to 4, and no \(number)"
        case .preferSource(let number): (1...2).contains(number) ? nil : "there are sources 1 and 2, and no \(number)"
        case .transferToInverter, .transferToBypass, .lineInteractiveOn, .lineInteractiveOff, .ecoModeOn, .ecoModeOff, .standbyOn,
            .standbyOff, .acknowledgeAlarms, .muteBuzzer, .enableBuzzer, .startBatteryTest, .transferToPreferredSource,
            .transferToAlternateSource:
            nil
        }
    }
}

extension BatteryTestSchedule {
    package static let weekRange = 0...52
    package static let weekdayRange = 1...7
    package static let hourRange = 0...23

    /// What is out of range, or nil.
    package var fault: String? {
        if !Self.weekRange.contains(weeks) { return "the weeks between battery tests are 1 to 52, or 0 for none" }
        if !Self.weekdayRange.contains(weekday) { return "the weekday of a battery test is 1 (Monday) to 7 (Sunday)" }
        if !Self.hourRange.contains(hour) { return "the hour of a battery test is 0 to 23" }
        return nil
    }
}

extension StandbySchedule {
    /// Seconds until the load goes off.
    package static let delayRange = 20...600
    /// Minutes until it comes back.
    package static let standbyRange = 1...9999

    /// What is out of range, or nil. A schedule that forgets another has no times.
    package var fault: String? {
        if kind == .none { return nil }
        if !Self.delayRange.contains(delay) { return "the delay to standby is 20 to 600 seconds" }
        if !Self.standbyRange.contains(standby) { return "the standby time is 1 to 9999 minutes" }
        return nil
    }
}

extension DeviceClock {
    /// Years that every device can tell.
    package static let yearRange = 2000...2099

    package var isValid: Bool { fault == nil }

    /// What is no time of the calendar, or nil.
    package var fault: String? {
        if !Self.yearRange.contains(year) { return "the year of a device's clock is 2000 to 2099" }
        if !(1...12).contains(month) { return "the month is 1 to 12" }
        if !(1...days(ofMonth: month)).contains(day) { return "month \(month) of \(year) has no day \(day)" }
        if !(0...23).contains(hour) || !(0...59).contains(minute) || !(0...59).contains(second) {
            return "the time is 00:00:00 to 23:59:59"
        }
        if !(0...7).contains(weekday) { return "the weekday is 1 (Monday) to 7 (Sunday), or 0 where it is not told" }
        return nil
    }

    private func days(ofMonth month: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 ? 29 : 28
        default: 31
        }
    }

    /// The weekday that the date falls on, 1 Monday … 7 Sunday; 0 where the clock is not valid.
    package var calendarWeekday: Int {
        guard isValid else { return 0 }
        let offsets = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
        let year = month < 3 ? year - 1 : year
        let sundayBased = (year + year / 4 - year / 100 + year / 400 + offsets[month - 1] + day) % 7
        return sundayBased == 0 ? 7 : sundayBased
    }
}
