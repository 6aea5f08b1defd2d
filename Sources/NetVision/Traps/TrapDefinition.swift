package import PowerDevice

/// One trap of a family: a row of its table.
package struct TrapDefinition: Sendable, Hashable {
    /// What the trap carries.
    package enum Variables: Sendable, Hashable {
        case none
        /// upsEstimatedMinutesRemaining, upsSecondsOnBattery; in RFC 1628 also upsConfigLowBattTime.
        case battery
        /// The six objects of the group upsTest.
        case test
        /// upsAlarmId, upsAlarmDescr.
        case alarmEntry
        /// A string for the operator, the family's `textObject`.
        case text
    }

    /// specific-trap of v1, the last arc of snmpTrapOID; generic-trap in the generic family.
    package let number: Int32
    /// The trap's name in its MIB, misspellings included.
    package let name: String
    package let severity: Severity
    /// What an operator reads.
    package let title: String
    package let variables: Variables
    /// The alarms that begin with it, in our vocabulary; of upsTrapAlarmEntryAdded its variables tell.
    package let raises: [Alarm]
    /// The alarms that are over with it; of upsTrapAlarmEntryRemoved its variables tell.
    package let clears: [Alarm]

    init(
        _ number: Int32, _ name: String, _ severity: Severity, _ title: String, _ variables: Variables = .none, raises: Alarm...,
        clears: [Alarm] = []
    ) {
        self.number = number
        self.name = name
        self.severity = severity
        self.title = title
        self.variables = variables
        self.raises = raises
        self.clears = clears
    }
}

/// Conditions that only traps tell of.
extension Alarm {
    package static let sensorTemperatureLow = Alarm("upsTrapEmdTempLow", "Sensor box: temperature too low", .critical)
    package static let sensorTemperatureHigh = Alarm("upsTrapEmdTempHigh", "Sensor box: temperature too high", .critical)
    package static let sensorHumidityLow = Alarm("upsTrapEmdHumidityLow", "Sensor box: humidity too low", .critical)
    package static let sensorHumidityHigh = Alarm("upsTrapEmdHumidityHigh", "Sensor box: humidity too high", .critical)
    package static let sensorInput1 = Alarm("upsTrapEmdFirstInputActive", "Sensor box: input 1 active", .critical)
    package static let sensorInput2 = Alarm("upsTrapEmdSecondInputActive", "Sensor box: input 2 active", .critical)
    package static let unitCritical = Alarm("upsTrapUpsCriticalAlarm", "Critical alarm of rectifier, inverter or bypass", .critical)
    package static let alternateSource = Alarm("stsTrapSwitchOnAlternateSource", "Load on the alternate source", .warning)
}
