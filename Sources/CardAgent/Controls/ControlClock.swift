import PowerDevice

/// Lets the card's own times come: once a second it looks what is due, and orders that.
struct ControlClock: Sendable {
    let controller: DeviceController
    let countdown: OutputCountdown
    let settings: @Sendable () -> ControlSettings
    let isCommunicating: @Sendable () -> Bool
    let clock: CardClock
    /// Seconds since the card's start.
    let uptime: @Sendable () -> Int
    /// Looked at in the same second: sessions end when they have been idle.
    var sessions: SessionRegister?

    /// Runs until the task is cancelled.
    func run() async {
        var timetable = ControlTimetable()
        while !Task.isCancelled {
            clock.observe()
            sessions?.expire()
            let reading = clock.reading
            let due = timetable.due(
                at: clock.local(reading.utc), uptime: reading.elapsed, settings: settings(), isCommunicating: isCommunicating())
            for control in due {
                if case .setClock = control {
                    if controller.submit(control, by: .clock) == nil { timetable.clockWasNotTold() }
                } else {
                    controller.submit(control, by: .schedule)
                }
            }
            for control in countdown.due(uptime: uptime()) { controller.submit(control, by: .snmp(nil)) }
            try? await Task.sleep(for: .seconds(1))
        }
    }
}
