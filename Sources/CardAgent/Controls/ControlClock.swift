import PowerDevice

/// Lets the card's own times come: once a second it looks what is due, and orders that.
struct ControlClock: Sendable {
    let controller: DeviceController
    let countdown: OutputCountdown
    let settings: @Sendable () -> ControlSettings
    let isCommunicating: @Sendable () -> Bool
    /// The card's date and time.
    var now: @Sendable () -> DeviceClock = CardClock.now
    /// Seconds since the card's start.
    let uptime: @Sendable () -> Int

    /// Runs until the task is cancelled.
    func run() async {
        var timetable = ControlTimetable()
        while !Task.isCancelled {
            for control in timetable.due(at: now(), uptime: uptime(), settings: settings(), isCommunicating: isCommunicating()) {
                if case .setClock = control {
                    controller.submit(control, by: .clock)
                } else {
                    controller.submit(control, by: .schedule)
                }
            }
            for control in countdown.due(uptime: uptime()) { controller.submit(control, by: .snmp) }
            try? await Task.sleep(for: .seconds(1))
        }
    }
}
