/// What a device can be told to do (manual 12.7.1 to 12.7.3, 12.8.1, 12.8.2, 13.8, 15.1).
package enum DeviceControl: Sendable, Hashable {
    case transferToInverter
    case transferToBypass
    case lineInteractiveOn
    case lineInteractiveOff
    case ecoModeOn
    case ecoModeOff
    case standbyOn
    case standbyOff
    case acknowledgeAlarms
    case muteBuzzer
    case enableBuzzer
    case startBatteryTest
    case scheduleBatteryTest(BatteryTestSchedule)
    case scheduleStandby(StandbySchedule)
    /// Power share plug 1…4.
    case setPlug(Int, isClosed: Bool)
    case setClock(DeviceClock)
    case transferToPreferredSource
    case transferToAlternateSource
    /// Source 1 or 2.
    case preferSource(Int)
}

/// When a UPS tests its battery by itself.
package struct BatteryTestSchedule: Sendable, Hashable {
    /// Weeks from one test to the next, 1…52; 0 none.
    package var weeks: Int
    /// 1 Monday … 7 Sunday.
    package var weekday: Int
    /// 0…23.
    package var hour: Int

    package init(weeks: Int, weekday: Int, hour: Int) {
        self.weeks = weeks
        self.weekday = weekday
        self.hour = hour
    }
}

/// When a UPS takes the load off, and gives it back.
package struct StandbySchedule: Sendable, Hashable {
    package enum Kind: UInt16, Sendable, CaseIterable {
        /// Forgets a schedule that was given.
        case none = 0
        /// Off, and on again after the standby time.
        case once = 1
        /// Off, and on again after the standby time when the mains are there: the one for the shutdown of servers.
        case restore = 4
    }

    package var kind: Kind
    /// Seconds until the load goes off, 20…600.
    package var delay: Int
    /// Minutes until it comes back, 1…9999.
    package var standby: Int

    package init(kind: Kind, delay: Int = 20, standby: Int = 1) {
        self.kind = kind
        self.delay = delay
        self.standby = standby
    }
}

/// A device's clock, as its four words tell it: minutes and seconds, day and hour, month and weekday, year from 2000.
package struct DeviceClock: Sendable, Hashable {
    package var year: Int
    package var month: Int
    package var day: Int
    package var hour: Int
    package var minute: Int
    package var second: Int
    /// 1 Monday … 7 Sunday; 0 where it is not told (JBUSP).
    package var weekday: Int

    package init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, weekday: Int = 0) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.weekday = weekday
    }

    package init(words: [UInt16]) {
        let words = words + Array(repeating: 0, count: max(0, 4 - words.count))
        self.init(
            year: 2000 + Int(words[3]), month: Int(words[2] >> 8), day: Int(words[1] >> 8), hour: Int(words[1] & 0xFF),
            minute: Int(words[0] >> 8), second: Int(words[0] & 0xFF), weekday: Int(words[2] & 0xFF))
    }

    package var words: [UInt16] {
        [
            UInt16(clamping: minute << 8 | second), UInt16(clamping: day << 8 | hour), UInt16(clamping: month << 8 | weekday),
            UInt16(clamping: max(0, year - 2000)),
        ]
    }
}
