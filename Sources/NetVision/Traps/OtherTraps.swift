import PowerDevice

extension TrapDefinition {
    /// Static transfer systems: enterprise 4555.1.1.10.2; 9 to 23 are newer than MIB 1.00. Severities 1 to 8 are those of the manual.
    static let sts: [TrapDefinition] = [
        TrapDefinition(1, "stsTrapImminentStop", .critical, "Imminent stop of the output", .text, raises: .stsImminentStop),
        TrapDefinition(2, "stsTrapOverload", .critical, "Output overload", .text, raises: .stsOverload),
        TrapDefinition(
            3, "stsTrapSwitchOnPreferedSource", .information, "Load on the preferred source", .text, clears: [.alternateSource]),
        TrapDefinition(4, "stsTrapSwitchOnAlternateSource", .warning, "Load on the alternate source", .text, raises: .alternateSource),
        TrapDefinition(5, "stsTrapSource1PreferredSource", .information, "Source 1 is the preferred source", .text),
        TrapDefinition(6, "stsTrapOutputLoadOFF", .critical, "Load off", .text, raises: .outputOff),
        TrapDefinition(7, "stsTrapGeneralAlarm", .warning, "General alarm", .text, raises: .stsGeneralAlarm),
        TrapDefinition(8, "stsTrapAlarmCancelled", .information, "General alarm over", .text, clears: [.stsGeneralAlarm]),
        TrapDefinition(9, "stsTrapEmdTempLow", .critical, "Sensor box: temperature too low", .text, raises: .sensorTemperatureLow),
        TrapDefinition(
            10, "stsTrapEmdTempNotLow", .information, "Sensor box: temperature no longer too low", .text, clears: [.sensorTemperatureLow]),
        TrapDefinition(11, "stsTrapEmdTempHigh", .critical, "Sensor box: temperature too high", .text, raises: .sensorTemperatureHigh),
        TrapDefinition(
            12, "stsTrapEmdTempNotHigh", .information, "Sensor box: temperature no longer too high", .text,
            clears: [.sensorTemperatureHigh]),
        TrapDefinition(13, "stsTrapEmdHumidityLow", .critical, "Sensor box: humidity too low", .text, raises: .sensorHumidityLow),
        TrapDefinition(
            14, "stsTrapEmdHumidityNotLow", .information, "Sensor box: humidity no longer too low", .text, clears: [.sensorHumidityLow]),
        TrapDefinition(15, "stsTrapEmdHumidityHigh", .critical, "Sensor box: humidity too high", .text, raises: .sensorHumidityHigh),
        TrapDefinition(
            16, "stsTrapEmdHumidityNotHigh", .information, "Sensor box: humidity no longer too high", .text,
            clears: [.sensorHumidityHigh]),
        TrapDefinition(17, "stsTrapEmdFirstInputActive", .critical, "Sensor box: input 1 active", .text, raises: .sensorInput1),
        TrapDefinition(18, "stsTrapEmdFirstInputRestored", .information, "Sensor box: input 1 at rest", .text, clears: [.sensorInput1]),
        TrapDefinition(19, "stsTrapEmdSecondInputActive", .critical, "Sensor box: input 2 active", .text, raises: .sensorInput2),
        TrapDefinition(20, "stsTrapEmdSecondInputRestored", .information, "Sensor box: input 2 at rest", .text, clears: [.sensorInput2]),
        TrapDefinition(21, "stsTrapSessionLogin", .information, "Somebody has logged in to the card", .text),
        TrapDefinition(22, "stsTrapLoginUnsuccesfulTentative", .warning, "An account of the card is locked", .text),
        TrapDefinition(23, "stsTrapTest", .information, "Test trap", .text),
    ]

    /// UPS-MIB: 1.3.6.1.2.1.33.2, RFC 1628 §4. It grades nothing; the severities are those of the same traps in the vendor's MIBs.
    static let rfc1628: [TrapDefinition] = [
        TrapDefinition(1, "upsTrapOnBattery", .warning, "Operating on battery", .battery, raises: .onBattery),
        TrapDefinition(2, "upsTrapTestCompleted", .information, "Battery test completed", .test),
        TrapDefinition(3, "upsTrapAlarmEntryAdded", .warning, "Alarm added to the alarm table", .alarmEntry),
        TrapDefinition(4, "upsTrapAlarmEntryRemoved", .information, "Alarm removed from the alarm table", .alarmEntry),
    ]

    /// By the generic-trap number of v1, 0 to 5.
    static let generic: [TrapDefinition] = [
        TrapDefinition(0, "coldStart", .information, "The agent has started"),
        TrapDefinition(1, "warmStart", .information, "The agent has started again"),
        TrapDefinition(2, "linkDown", .warning, "A network interface is down"),
        TrapDefinition(3, "linkUp", .information, "A network interface is up"),
        TrapDefinition(4, "authenticationFailure", .warning, "A request with a wrong community or key"),
        TrapDefinition(5, "egpNeighborLoss", .information, "A routing neighbour is lost"),
    ]
}
