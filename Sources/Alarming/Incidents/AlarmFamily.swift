/// What causes an alarm, as far as its name tells: alarms of one family at one place are likely to be one event.
package enum AlarmFamily: Hashable, Sendable {
    /// The supply is absent or bad: UPSs on battery, switches without a source.
    case mains
    /// Cards that don't answer.
    case communication
    case environment
    /// Batteries that are about to be empty, or are.
    case battery
    /// The load is about to lose its supply, has lost it, or is being shut down.
    case load
    /// One rule's, by the alarm's name `rule:NAME`.
    case rule(String)
    /// The server's own; each by itself.
    case server(String)
    /// Any other: only with those of its name.
    case named(String)

    package init(alarm name: String, isOfServer: Bool = false) {
        if isOfServer {
            self = .server(name)
        } else if name.hasPrefix("rule:") {
            self = .rule(name)
        } else {
            self = Self.table[name] ?? .named(name)
        }
    }

    /// As `incident.cause` has it.
    package var cause: String {
        switch self {
        case .mains: "mains"
        case .communication: "communication"
        case .environment: "environment"
        case .battery: "battery"
        case .load: "load"
        case .rule(let name), .server(let name), .named(let name): name
        }
    }

    /// Whether one thing outside of the cards makes them all raise it, and all clear it.
    package var isShared: Bool { self == .mains || self == .communication }

    /// Alarms that make one card of a mains failure matter by itself.
    package static let grave: Set<String> = [
        "upsAlarmLowBattery", "upsAlarmDepletedBattery", "upsAlarmBatteryDischarged", "upsAlarmImminentStop", "stsImminentStop",
        "upsAlarmUpsOutputOff", "upsAlarmUpsSystemOff", "upsAlarmUPSPowerOffActive", "upsAlarmShutdownImminent",
    ]

    /// Alarms that follow of themselves from a card's mains failure, or from a graver alarm in it.
    package static let consequences: Set<String> = [
        "upsAlarmGeneralFault", "stsGeneralAlarm", "upsAlarmsPresent", "upsAlarmAutoTransferImpossible", "upsAlarmTransferLock",
        "upsAlarmShutdownPending", "upsAlarmShutdownRequestt",
    ]

    /// The alarm of a card that does not answer.
    package static let silence = "cardUnreachable"

    private static let table: [String: AlarmFamily] = {
        var table: [String: AlarmFamily] = [:]
        for (family, names) in families { for name in names { table[name] = family } }
        for name in alone { table[name] = .named(name) }
        return table
    }()

    /// Whether the table has the name; what it has not is a family by itself.
    package static func knows(_ name: String) -> Bool { table[name] != nil }

    private static let families: [(AlarmFamily, [String])] = [
        (
            .mains,
            [
                "upsAlarmOnBattery", "upsAlarmInputBad", "upsAlarmRecInputBad", "upsAlarmBypInputBad", "upsAlarmBypassBad",
                "upsAlarmAwaitingPower", "stsString1Alarm", "stsString2Alarm", "stsTrapSwitchOnAlternateSource",
            ]
        ),
        (.communication, [silence]),
        (
            .environment,
            [
                "upsAlarmTemperature", "upsAlarmTempBad", "upsAlarmBatteryTemperature", "upsAlarmBatteryRoom", "upsTrapEmdTempLow",
                "upsTrapEmdTempHigh", "upsTrapEmdHumidityLow", "upsTrapEmdHumidityHigh",
            ]
        ),
        (.battery, ["upsAlarmLowBattery", "upsAlarmDepletedBattery", "upsAlarmBatteryDischarged"]),
        (
            .load,
            [
                "upsAlarmImminentStop", "stsImminentStop", "upsAlarmUpsOutputOff", "upsAlarmUpsSystemOff", "upsAlarmUPSPowerOffActive",
                "upsAlarmShutdownPending", "upsAlarmShutdownRequestt", "upsAlarmShutdownImminent", "upsAlarmOutputOffAsRequested",
                "upsAlarmUpsOffAsRequested",
            ]
        ),
    ]

    /// Faults of a device, which its neighbours don't share.
    private static let alone: [String] = [
        "upsAlarmOverload", "upsAlarmOutputOverload", "upsAlarmTransferLock", "upsAlarmAutoTransferImpossible",
        "upsAlarmInsufficientResources", "upsAlarmRedundancyLost", "upsAlarmOutputShortCircuit", "upsAlarmMaintenance",
        "upsAlarmRemoteService", "upsAlarmGeneralFault", "upsAlarmBatteryCircuitOpen", "upsAlarmBatteryTest", "upsAlarmBatteryFault",
        "upsAlarmBatteryBad", "upsAlarmDiagnosticTestFailed", "upsAlarmRectifierFault", "upsAlarmRectifierAlarm", "upsAlarmGenSetGeneral",
        "upsAlarmBatteryChargerFault", "upsAlarmBatteryChargerAlarm", "upsAlarmChargerFailed", "upsAlarmInverterFault",
        "upsAlarmInverterAlarm", "upsAlarmBypassFault", "upsAlarmBypassAlarm", "upsAlarmPhaseRotationFault", "upsAlarmFansFailure",
        "upsAlarmFanFailure", "upsAlarmFuseFailure", "upsAlarmMaintenanceBypass", "upsAlarmWrongConfiguration", "upsAlarmInternalFailure",
        "upsAlarmOptionalBoards", "upsAlarmOutputBad", "upsAlarmExternalAlarm1", "upsAlarmExternalAlarm2", "upsAlarmExternalAlarm3",
        "upsAlarmExternalAlarm4", "upsAlarmModule1Alarm", "upsAlarmModule2Alarm", "upsAlarmModule3Alarm", "upsAlarmModule4Alarm",
        "upsAlarmModule5Alarm", "upsAlarmModule6Alarm", "upsAlarmModule7Alarm", "upsAlarmModule8Alarm", "upsAlarmModule9Alarm",
        "upsAlarmModule10Alarm", "upsAlarmModule11Alarm", "upsAlarmModule12Alarm", "upsAlarmAutoTestRunning", "upsAlarmTestInProgress",
        "upsAlarmOnBypass", "upsAlarmCommunicationLost", "upsAlarmCommunicationsLost", "stsTransferImpossible", "stsConsecutiveDetection",
        "stsOverload", "stsPreventiveMaintenance", "stsGeneralAlarm", "stsCustomInputAlarm", "upsAlarmsPresent", "addressConflict",
        "upsTrapEmdFirstInputActive", "upsTrapEmdSecondInputActive", "upsTrapUpsCriticalAlarm",
    ]
}
