import PowerDevice

/// What the card does by its clock: eco mode at the times of its settings, and the clock of the UPS. Sans-IO; time is an argument.
///
/// Each minute of the local clock counts once, whatever the clock does:
///
///     22:00 22:01 ─ daylight saving ends ─▶ 21:02 … 22:01 are waited for, 22:02 is the next that counts
///     21:59 ─ daylight saving begins ─▶ 23:00: what lies between is done at once
///     21:59 ─ set to tomorrow 09:00 ─▶ what lies between is left out
///
/// `bridged` tells small jumps from large ones: nobody wants a night's switching because the clock has been set.
struct ControlTimetable: Sendable {
    /// The largest jump, in minutes, that is waited for or made up for; that of daylight saving and then some.
    static let bridged = 120
    /// Minutes without a look at the clock that are made up for.
    static let latest = 24 * 60
    /// Seconds by which the clock must have been set for the UPS to be told.
    static let tolerance: Int64 = 2
    /// Seconds after which the UPS is told again: its own clock drifts.
    static let repetition: Int64 = 24 * 3600

    /// Seconds of the local clock, and seconds that never jump.
    private struct Look {
        let time: Int64
        let uptime: Int64

        /// How much further the clock has come since `earlier` than it would have by itself.
        func jump(since earlier: Look) -> Int64 { (time - earlier.time) - (uptime - earlier.uptime) }
    }

    private var last: Look?
    /// The last minute that counted.
    private var lastMinute: Int64 = 0
    /// When the UPS has been told the time, and what that time was.
    private var told: Look?

    init() {}

    /// The controls that are due.
    ///
    /// - Parameters:
    ///   - clock: the card's local time.
    ///   - uptime: seconds that never jump.
    mutating func due(at clock: DeviceClock, uptime: Int64, settings: ControlSettings, isCommunicating: Bool) -> [DeviceControl] {
        let look = Look(time: clock.seconds, uptime: uptime)
        return ecoMode(look, settings.ecoMode)
            + (isClockDue(look, isWanted: settings.synchronisesClock && isCommunicating) ? [.setClock(clock)] : [])
    }

    /// Nobody took the order to set the UPS's clock: it is due again at the next look.
    mutating func clockWasNotTold() { told = nil }

    private mutating func ecoMode(_ look: Look, _ schedule: EcoModeSchedule) -> [DeviceControl] {
        let minute = CivilTime.quotient(look.time, 60)
        defer { last = look }
        guard let last, abs(look.jump(since: last)) <= Int64(Self.bridged) * 60, lastMinute - minute <= Int64(Self.bridged) else {
            lastMinute = minute
            return []
        }
        guard minute > lastMinute else { return [] }
        defer { lastMinute = minute }
        guard minute - lastMinute <= Int64(Self.latest) else { return [] }
        return (lastMinute + 1...minute).flatMap { schedule.controls(at: WeekTime(minute: $0)) }
    }

    private mutating func isClockDue(_ look: Look, isWanted: Bool) -> Bool {
        guard isWanted else {
            told = nil
            return false
        }
        if let told {
            guard abs(look.jump(since: told)) >= Self.tolerance || look.uptime - told.uptime >= Self.repetition else { return false }
        }
        told = look
        return true
    }
}

extension WeekTime {
    /// - Parameter minute: of a local clock, since 1 January 1970, a Thursday.
    fileprivate init(minute: Int64) {
        self.minute = Int(CivilTime.remainder(minute + 4 * 24 * 60, Int64(Self.minutesOfWeek)))
    }
}
