/// What the card has been told about the control of its UPS.
struct ControlSettings: Equatable, Sendable {
    /// "Synchronize UPS" (manual 15.1): the UPS is told the card's time.
    var synchronisesClock = false
    /// upsShutdownDelay: seconds from the shutdown of the servers to the end of the output.
    var shutdownDelay: Int32 = 60
    /// upsTurnOffAfterShutdown: whether the output ends at all.
    var turnsOffAfterShutdown = false
    /// upsAutoRestart of RFC 1628: whether a UPS that has been shut down starts when its input is back.
    var restartsAutomatically = false
    var ecoMode = EcoModeSchedule()
}
