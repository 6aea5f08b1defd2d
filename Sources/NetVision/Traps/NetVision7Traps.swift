import PowerDevice

extension TrapDefinition {
    /// NET VISION 7 and 8: enterprise 4555.1.1.7.2, SOCOMECUPS-MIB 8.11; 40 to 42 are newer than MIB 7.11. Severities are the MIB's.
    ///
    /// The alarms are those that the manual's appendix feeds from the same bits of the UPS.
    static let netVision7: [TrapDefinition] = [
        TrapDefinition(1, "upsTrapOnBattery", .warning, "Operating on battery", .battery, raises: .onBattery),
        TrapDefinition(2, "upsTrapTestCompleted", .information, "Battery test completed"),
        TrapDefinition(3, "upsTrapAlarmEntryAdded", .warning, "Alarm added to the alarm table", .alarmEntry),
        TrapDefinition(4, "upsTrapAlarmEntryRemoved", .information, "Alarm removed from the alarm table", .alarmEntry),
        TrapDefinition(5, "upsTrapImminentStop", .critical, "Imminent stop of the output", raises: .imminentStop),
        TrapDefinition(6, "upsTrapOverload", .warning, "Output overload", raises: .overload),
        TrapDefinition(7, "upsTrapRedundancyLost", .warning, "Redundancy lost", raises: .redundancyLost),
        TrapDefinition(8, "upsTrapBatteryCircuitOpen", .critical, "Battery disconnected", raises: .batteryDisconnected),
        TrapDefinition(9, "upsTrapBatteryDischarged", .critical, "Battery discharged", raises: .batteryDischarged),
        TrapDefinition(10, "upsTrapBatteryLow", .critical, "Battery low: end of backup time", raises: .lowBattery),
        TrapDefinition(11, "upsTrapBatteryAlarm", .warning, "Battery alarm", raises: .batteryFault),
        TrapDefinition(12, "upsTrapUpsCriticalAlarm", .critical, "Critical alarm of rectifier, inverter or bypass", raises: .unitCritical),
        TrapDefinition(13, "upsTrapLoadOFF", .critical, "Load off", raises: .outputOff),
        TrapDefinition(14, "upsTrapCommunicationLost", .critical, "The card has lost its UPS", raises: .communicationLost),
        TrapDefinition(15, "upsTrapOnBatteryPower", .warning, "Switched to battery", raises: .onBattery),
        TrapDefinition(16, "upsTrapBatteryTestfailed", .warning, "Battery test failed", raises: .batteryTestFailed),
        TrapDefinition(17, "upsTrapTemperatureAlarm", .warning, "Temperature out of tolerance", raises: .temperature),
        TrapDefinition(18, "upsTrapOnBypass", .warning, "Load on bypass", raises: .onBypass),
        TrapDefinition(19, "upsTrapUpsPreventiveAlarm", .warning, "Preventive or general alarm", raises: .generalAlarm),
        TrapDefinition(20, "upsTrapShutdownWarning", .warning, "Servers warned of a shutdown", raises: .shutdownPending),
        TrapDefinition(21, "upsTrapShutdownrequest", .warning, "Servers told to shut down", raises: .shutdownRequested),
        TrapDefinition(22, "upsTrapUpsNormal", .information, "Normal: load protected by the UPS", clears: [.onBypass, .outputOff]),
        TrapDefinition(23, "upsTrapPowerRestored", .information, "Input power restored", clears: [.onBattery, .rectifierInputBad]),
        TrapDefinition(24, "upsTrapAlarmCancelled", .information, "General alarm over", clears: [.generalAlarm]),
        TrapDefinition(25, "upsTrapComEstablished", .information, "The card has found its UPS again", clears: [.communicationLost]),
        TrapDefinition(
            26, "upsTrapShutdwonCancelled", .information, "Shutdown of the servers cancelled",
            clears: [.shutdownPending, .shutdownRequested]),
        TrapDefinition(27, "upsTrapAgentRestarting", .information, "The card restarts"),
        TrapDefinition(28, "upsTrapEmdTempLow", .critical, "Sensor box: temperature too low", raises: .sensorTemperatureLow),
        TrapDefinition(
            29, "upsTrapEmdTempNotLow", .information, "Sensor box: temperature no longer too low", clears: [.sensorTemperatureLow]),
        TrapDefinition(30, "upsTrapEmdTempHigh", .critical, "Sensor box: temperature too high", raises: .sensorTemperatureHigh),
        TrapDefinition(
            31, "upsTrapEmdTempNotHigh", .information, "Sensor box: temperature no longer too high", clears: [.sensorTemperatureHigh]),
        TrapDefinition(32, "upsTrapEmdHumidityLow", .critical, "Sensor box: humidity too low", raises: .sensorHumidityLow),
        TrapDefinition(
            33, "upsTrapEmdHumidityNotLow", .information, "Sensor box: humidity no longer too low", clears: [.sensorHumidityLow]),
        TrapDefinition(34, "upsTrapEmdHumidityHigh", .critical, "Sensor box: humidity too high", raises: .sensorHumidityHigh),
        TrapDefinition(
            35, "upsTrapEmdHumidityNotHigh", .information, "Sensor box: humidity no longer too high", clears: [.sensorHumidityHigh]),
        TrapDefinition(36, "upsTrapEmdFirstInputActive", .critical, "Sensor box: input 1 active", raises: .sensorInput1),
        TrapDefinition(37, "upsTrapEmdFirstInputRestored", .information, "Sensor box: input 1 at rest", clears: [.sensorInput1]),
        TrapDefinition(38, "upsTrapEmdSecondInputActive", .critical, "Sensor box: input 2 active", raises: .sensorInput2),
        TrapDefinition(39, "upsTrapEmdSecondInputRestored", .information, "Sensor box: input 2 at rest", clears: [.sensorInput2]),
        // The manual's older list has the test here.
        TrapDefinition(40, "upsTrapSessionLogin", .information, "Somebody has logged in to the card"),
        TrapDefinition(41, "upsTrapLoginUnsuccesfulTentative", .warning, "An account of the card is locked"),
        TrapDefinition(42, "upsTrapTest", .information, "Test trap"),
    ]
}
