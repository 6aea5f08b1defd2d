import PowerDevice

/// What the card does by its clock: eco mode at the times of its settings, and the clock of the UPS. Sans-IO; time is an argument.
///
/// Each minute of the week is looked at once. Where the clock jumps by more than `latest`, what lies between is left out: nobody wants a
/// night's switching because the clock has been set.
struct ControlTimetable: Sendable {
    /// Minutes that the card may be late.
    static let latest = 10
    /// Seconds by which the clock must have been set for the UPS to be told.
    static let tolerance = 2
    /// Seconds after which the UPS is told again: its own clock drifts.
    static let repetition = 24 * 3600

    private var lastMinute: WeekTime?
    private var told: Told?

    /// When the UPS has been told the time, and what that time was.
    private struct Told {
        let uptime: Int
        let time: Int
    }

    init() {}

    /// The controls that are due.
    ///
    /// - Parameters:
    ///   - clock: the card's time; its weekday must be told.
    ///   - uptime: seconds that never jump.
    mutating func due(at clock: DeviceClock, uptime: Int, settings: ControlSettings, isCommunicating: Bool) -> [DeviceControl] {
        ecoMode(at: WeekTime(clock), settings.ecoMode)
            + (isClockDue(clock, uptime, isWanted: settings.synchronisesClock && isCommunicating) ? [.setClock(clock)] : [])
    }

    private mutating func ecoMode(at now: WeekTime, _ schedule: EcoModeSchedule) -> [DeviceControl] {
        guard let last = lastMinute else {
            lastMinute = now
            return []
        }
        let passed = (now.minute - last.minute + WeekTime.minutesOfWeek) % WeekTime.minutesOfWeek
        // A clock that is set back by some minutes is waited for: each minute counts once.
        if passed > WeekTime.minutesOfWeek - Self.latest { return [] }
        lastMinute = now
        guard (1...Self.latest).contains(passed) else { return [] }
        return (1...passed).flatMap { schedule.controls(at: last.advanced(by: $0)) }
    }

    private mutating func isClockDue(_ clock: DeviceClock, _ uptime: Int, isWanted: Bool) -> Bool {
        guard isWanted else {
            told = nil
            return false
        }
        let time = clock.seconds
        if let told {
            let drift = (time - told.time) - (uptime - told.uptime)
            guard abs(drift) >= Self.tolerance || uptime - told.uptime >= Self.repetition else { return false }
        }
        told = Told(uptime: uptime, time: time)
        return true
    }
}

extension WeekTime {
    fileprivate func advanced(by minutes: Int) -> WeekTime { WeekTime(minute: (minute + minutes) % Self.minutesOfWeek) }

    private init(minute: Int) { self.minute = minute }
}

extension DeviceClock {
    /// Seconds since the beginning of 1 March 2000 of the clock's own time; days by the usual rule, months counted from March.
    var seconds: Int {
        let shifted = month < 3 ? (year: year - 1, month: month + 9) : (year: year, month: month - 3)
        let years = shifted.year - 2000
        let days = 365 * years + years / 4 - years / 100 + years / 400 + (153 * shifted.month + 2) / 5 + day - 1
        return ((days * 24 + hour) * 60 + minute) * 60 + second
    }
}
