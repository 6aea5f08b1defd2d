import PowerDevice

extension TrapDefinition {
    /// NET VISION 5 and 6: enterprise 4555.1.1.1.2, SOCOMECUPS-MIB 6.20. What its texts call severe is critical here.
    static let netVision5: [TrapDefinition] = [
        TrapDefinition(1, "upsTrapOnBattery", .warning, "Operating on battery", .battery, raises: .onBattery),
        TrapDefinition(2, "upsTrapTestCompleted", .information, "Battery test completed", .test),
        TrapDefinition(3, "upsTrapAlarmEntryAdded", .warning, "Alarm added to the alarm table", .alarmEntry),
        TrapDefinition(4, "upsTrapAlarmEntryRemoved", .information, "Alarm removed from the alarm table", .alarmEntry),
        TrapDefinition(5, "upsTrapUpsNormal", .information, "Normal", .text, clears: [.onBypass, .outputOff]),
        TrapDefinition(6, "upsTrapUpsBattTestFailed", .critical, "Battery test failed", .text, raises: .batteryTestFailed),
        TrapDefinition(7, "upsTrapOnBatteryPower", .warning, "Switched to battery", .text, raises: .onBattery),
        TrapDefinition(8, "upsTrapBatteryLow", .critical, "Battery low: end of backup time", .text, raises: .lowBattery),
        TrapDefinition(9, "upsTrapPowerRestored", .information, "Input power restored", .text, clears: [.onBattery, .rectifierInputBad]),
        TrapDefinition(10, "upsTrapImminentStop", .critical, "Imminent stop of the output", .text, raises: .imminentStop),
        TrapDefinition(11, "upsTrapTurnedOff", .warning, "UPS turned off by command", .text, raises: .outputOff),
        TrapDefinition(12, "upsTrapOverTemperature", .critical, "Temperature out of tolerance", .text, raises: .temperature),
        TrapDefinition(13, "upsTrapOverload", .critical, "Output overload", .text, raises: .overload),
        TrapDefinition(14, "upsTrapOnMains", .critical, "Load on mains", .text, raises: .onBypass),
        TrapDefinition(15, "upsTrapRedoundancyLost", .critical, "Redundancy lost", .text, raises: .redundancyLost),
        TrapDefinition(16, "upsTrapEmdTempLow", .critical, "Sensor box: temperature too low", .text, raises: .sensorTemperatureLow),
        TrapDefinition(
            17, "upsTrapEmdTempNotLow", .information, "Sensor box: temperature no longer too low", .text, clears: [.sensorTemperatureLow]),
        TrapDefinition(18, "upsTrapEmdTempHigh", .critical, "Sensor box: temperature too high", .text, raises: .sensorTemperatureHigh),
        TrapDefinition(
            19, "upsTrapEmdTempNotHigh", .information, "Sensor box: temperature no longer too high", .text,
            clears: [.sensorTemperatureHigh]),
        TrapDefinition(20, "upsTrapEmdHumidityLow", .critical, "Sensor box: humidity too low", .text, raises: .sensorHumidityLow),
        TrapDefinition(
            21, "upsTrapEmdHumidityNotLow", .information, "Sensor box: humidity no longer too low", .text, clears: [.sensorHumidityLow]),
        TrapDefinition(22, "upsTrapEmdHumidityHigh", .critical, "Sensor box: humidity too high", .text, raises: .sensorHumidityHigh),
        TrapDefinition(
            23, "upsTrapEmdHumidityNotHigh", .information, "Sensor box: humidity no longer too high", .text,
            clears: [.sensorHumidityHigh]),
        TrapDefinition(24, "upsTrapEmdFirstInputActive", .critical, "Sensor box: input 1 active", .text, raises: .sensorInput1),
        TrapDefinition(25, "upsTrapEmdFirstInputRestored", .information, "Sensor box: input 1 at rest", .text, clears: [.sensorInput1]),
        TrapDefinition(26, "upsTrapEmdSecondInputActive", .critical, "Sensor box: input 2 active", .text, raises: .sensorInput2),
        TrapDefinition(27, "upsTrapEmdSecondInputRestored", .information, "Sensor box: input 2 at rest", .text, clears: [.sensorInput2]),
    ]

    /// The card on board of older UPS: enterprise 4555.1.1.5.2, SOCOMECUPS-ADICOM-MIB 1.04.
    static let adicom: [TrapDefinition] = [
        TrapDefinition(1, "adicomUpsTrapLoadOnInverter", .information, "Load on inverter", .text, clears: [.onBypass, .outputOff]),
        TrapDefinition(2, "adicomUpsTrapOnBatteryPower", .warning, "Switched to battery", .text, raises: .onBattery),
        TrapDefinition(3, "adicomUpsTrapBatteryLow", .critical, "Battery low: end of backup time", .text, raises: .lowBattery),
        TrapDefinition(
            4, "adicomUpsTrapPowerRestored", .information, "Input power restored", .text, clears: [.onBattery, .rectifierInputBad]),
        TrapDefinition(5, "adicomUpsTrapImminentStop", .critical, "Imminent stop of the output", .text, raises: .imminentStop),
        TrapDefinition(6, "adicomUpsTrapOverload", .critical, "Output overload", .text, raises: .overload),
        TrapDefinition(7, "adicomUpsTrapOutputLoadOFF", .warning, "Load off", .text, raises: .outputOff),
        TrapDefinition(8, "adicomUpsTrapOutputOnBypass", .warning, "Load on bypass", .text, raises: .onBypass),
        TrapDefinition(9, "adicomUpsTrapGeneralAlarm", .warning, "General alarm", .text, raises: .generalAlarm),
        TrapDefinition(10, "adicomUpsTrapAlarmCancelled", .information, "General alarm over", .text, clears: [.generalAlarm]),
    ]
}
