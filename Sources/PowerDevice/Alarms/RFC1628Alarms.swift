/// The 24 well-known alarms of RFC 1628 (upsWellKnownAlarms, 1.3.6.1.2.1.33.1.6.3), in the order of their numbers.
///
/// They are a table of their own: some share a name with an alarm of the private MIB (`upsAlarmLowBattery`), under another number and at
/// times with another condition. RFC 1628 grades nothing; the severities are those of the conditions that raise them.
package enum RFC1628Alarms {
    /// The alarm with number `n` is `all[n - 1]`.
    package static let all: [Alarm] = [
        Alarm("upsAlarmBatteryBad", "Battery needs attention", .warning),
        Alarm("upsAlarmOnBattery", "Operating on battery", .warning),
        Alarm("upsAlarmLowBattery", "Battery low", .warning),
        Alarm("upsAlarmDepletedBattery", "Battery depleted", .critical),
        Alarm("upsAlarmTempBad", "Temperature out of tolerance", .warning),
        Alarm("upsAlarmInputBad", "Input supply out of tolerance", .warning),
        Alarm("upsAlarmOutputBad", "Output out of tolerance", .warning),
        Alarm("upsAlarmOutputOverload", "Output overload", .warning),
        Alarm("upsAlarmOnBypass", "Load on bypass", .warning),
        Alarm("upsAlarmBypassBad", "Bypass out of tolerance", .warning),
        Alarm("upsAlarmOutputOffAsRequested", "Output off as requested", .information),
        Alarm("upsAlarmUpsOffAsRequested", "UPS off as requested", .information),
        Alarm("upsAlarmChargerFailed", "Battery charger failure", .warning),
        Alarm("upsAlarmUpsOutputOff", "Output off", .critical),
        Alarm("upsAlarmUpsSystemOff", "UPS system off", .critical),
        Alarm("upsAlarmFanFailure", "Fan failure", .warning),
        Alarm("upsAlarmFuseFailure", "Fuse failure", .warning),
        Alarm("upsAlarmGeneralFault", "General alarm", .warning),
        Alarm("upsAlarmDiagnosticTestFailed", "Battery test failed", .warning),
        Alarm("upsAlarmCommunicationsLost", "Communication with the UPS lost", .critical),
        Alarm("upsAlarmAwaitingPower", "Waiting for the input power to return", .warning),
        Alarm("upsAlarmShutdownPending", "Server shutdown pending", .warning),
        Alarm("upsAlarmShutdownImminent", "UPS about to turn off by schedule", .warning),
        Alarm("upsAlarmTestInProgress", "Battery test in progress", .information),
    ]
}
