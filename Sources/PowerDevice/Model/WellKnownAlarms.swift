/// The well-known alarms of the NET VISION 7/8 MIB (upsWellKnownAlarms, MIB 8.11), in the order of their object numbers 1 to 62.
///
/// Severities are those of the manual's alarm and trap tables. `upsAlarmShutdownRequestt` is spelt as the MIB spells it.
extension Alarm {
    package static let imminentStop = Alarm("upsAlarmImminentStop", "Imminent stop: the load will lose its supply", .critical)
    package static let overload = Alarm("upsAlarmOverload", "Output overload", .warning)
    package static let temperature = Alarm("upsAlarmTemperature", "Temperature out of tolerance", .warning)
    package static let transferLocked = Alarm("upsAlarmTransferLock", "Transfer between inverter and bypass locked", .warning)
    package static let transferImpossible = Alarm("upsAlarmAutoTransferImpossible", "Automatic transfer impossible", .warning)
    package static let insufficientResources = Alarm("upsAlarmInsufficientResources", "Insufficient resources", .warning)
    package static let redundancyLost = Alarm("upsAlarmRedundancyLost", "Redundancy lost", .warning)
    package static let outputShortCircuit = Alarm("upsAlarmOutputShortCircuit", "Short circuit at the output", .warning)
    package static let maintenance = Alarm("upsAlarmMaintenance", "Maintenance check requested", .warning)
    package static let remoteService = Alarm("upsAlarmRemoteService", "Remote service requested", .warning)
    package static let generalAlarm = Alarm("upsAlarmGeneralFault", "General alarm", .warning)
    package static let batteryDisconnected = Alarm("upsAlarmBatteryCircuitOpen", "Battery disconnected", .critical)
    package static let batteryDischarged = Alarm("upsAlarmBatteryDischarged", "Battery discharged", .critical)
    package static let lowBattery = Alarm("upsAlarmLowBattery", "End of backup time: battery low", .warning)
    package static let onBattery = Alarm("upsAlarmOnBattery", "Operating on battery", .warning)
    package static let batteryTemperature = Alarm("upsAlarmBatteryTemperature", "Battery temperature", .warning)
    package static let batteryRoom = Alarm("upsAlarmBatteryRoom", "Battery room", .warning)
    package static let batteryTestFailed = Alarm("upsAlarmBatteryTest", "Battery test failed", .warning)
    package static let batteryFault = Alarm("upsAlarmBatteryFault", "Battery fault", .warning)
    package static let rectifierCritical = Alarm("upsAlarmRectifierFault", "Rectifier critical alarm", .critical)
    package static let rectifierPreventive = Alarm("upsAlarmRectifierAlarm", "Rectifier preventive alarm", .warning)
    package static let rectifierInputBad = Alarm("upsAlarmRecInputBad", "Rectifier input supply absent or out of tolerance", .warning)
    package static let genset = Alarm("upsAlarmGenSetGeneral", "Generator set alarm", .warning)
    package static let chargerCritical = Alarm("upsAlarmBatteryChargerFault", "Battery charger critical alarm", .critical)
    package static let chargerPreventive = Alarm("upsAlarmBatteryChargerAlarm", "Battery charger preventive alarm", .warning)
    package static let inverterCritical = Alarm("upsAlarmInverterFault", "Inverter critical alarm", .critical)
    package static let inverterPreventive = Alarm("upsAlarmInverterAlarm", "Inverter preventive alarm", .warning)
    package static let bypassCritical = Alarm("upsAlarmBypassFault", "Bypass critical alarm", .critical)
    package static let bypassPreventive = Alarm("upsAlarmBypassAlarm", "Bypass preventive alarm", .warning)
    package static let bypassInputBad = Alarm("upsAlarmBypInputBad", "Bypass input supply absent or out of tolerance", .warning)
    package static let phaseRotation = Alarm("upsAlarmPhaseRotationFault", "Phase rotation fault", .warning)
    package static let fanFailure = Alarm("upsAlarmFansFailure", "Fan failure", .warning)
    package static let maintenanceBypass = Alarm("upsAlarmMaintenanceBypass", "Maintenance bypass closed", .warning)
    package static let powerOff = Alarm("upsAlarmUPSPowerOffActive", "Emergency power off active", .critical)
    package static let wrongConfiguration = Alarm("upsAlarmWrongConfiguration", "Wrong configuration", .warning)
    package static let internalFailure = Alarm("upsAlarmInternalFailure", "Internal or communication failure", .warning)
    package static let optionBoards = Alarm("upsAlarmOptionalBoards", "Option board alarm", .warning)
    package static let external1 = Alarm("upsAlarmExternalAlarm1", "External input 1", .warning)
    package static let external2 = Alarm("upsAlarmExternalAlarm2", "External input 2", .warning)
    package static let external3 = Alarm("upsAlarmExternalAlarm3", "External input 3", .warning)
    package static let external4 = Alarm("upsAlarmExternalAlarm4", "External input 4", .warning)
    package static let module1 = Alarm("upsAlarmModule1Alarm", "Module or unit 1 in alarm", .warning)
    package static let module2 = Alarm("upsAlarmModule2Alarm", "Module or unit 2 in alarm", .warning)
    package static let module3 = Alarm("upsAlarmModule3Alarm", "Module or unit 3 in alarm", .warning)
    package static let module4 = Alarm("upsAlarmModule4Alarm", "Module or unit 4 in alarm", .warning)
    package static let module5 = Alarm("upsAlarmModule5Alarm", "Module or unit 5 in alarm", .warning)
    package static let module6 = Alarm("upsAlarmModule6Alarm", "Module or unit 6 in alarm", .warning)
    package static let module7 = Alarm("upsAlarmModule7Alarm", "Module or unit 7 in alarm", .warning)
    package static let module8 = Alarm("upsAlarmModule8Alarm", "Module or unit 8 in alarm", .warning)
    package static let module9 = Alarm("upsAlarmModule9Alarm", "Module or unit 9 in alarm", .warning)
    package static let module10 = Alarm("upsAlarmModule10Alarm", "Module or unit 10 in alarm", .warning)
    package static let module11 = Alarm("upsAlarmModule11Alarm", "Module or unit 11 in alarm", .warning)
    package static let module12 = Alarm("upsAlarmModule12Alarm", "Module or unit 12 in alarm", .warning)
    package static let autoTestRunning = Alarm("upsAlarmAutoTestRunning", "Auto-test in progress", .information)
    package static let onBypass = Alarm("upsAlarmOnBypass", "Load on bypass", .warning)
    package static let outputOff = Alarm("upsAlarmUpsOutputOff", "Output off", .critical)
    package static let systemOff = Alarm("upsAlarmUpsSystemOff", "Rectifier and inverter off", .critical)
    package static let communicationLost = Alarm("upsAlarmCommunicationLost", "The card has lost its UPS", .critical)
    package static let shutdownPending = Alarm("upsAlarmShutdownPending", "Server shutdown pending", .warning)
    package static let shutdownRequested = Alarm("upsAlarmShutdownRequestt", "Server shutdown requested", .warning)
    package static let shutdownImminent = Alarm("upsAlarmShutdownImminent", "UPS about to turn off by schedule", .warning)
    package static let awaitingPower = Alarm("upsAlarmAwaitingPower", "Waiting for the input power to return", .warning)

    /// All 62: the alarm with object number `n` is `wellKnown[n - 1]`.
    package static let wellKnown: [Alarm] = [
        .imminentStop, .overload, .temperature, .transferLocked, .transferImpossible, .insufficientResources,
        .redundancyLost, .outputShortCircuit, .maintenance, .remoteService, .generalAlarm, .batteryDisconnected,
        .batteryDischarged, .lowBattery, .onBattery, .batteryTemperature, .batteryRoom, .batteryTestFailed,
        .batteryFault, .rectifierCritical, .rectifierPreventive, .rectifierInputBad, .genset, .chargerCritical,
        .chargerPreventive, .inverterCritical, .inverterPreventive, .bypassCritical, .bypassPreventive, .bypassInputBad,
        .phaseRotation, .fanFailure, .maintenanceBypass, .powerOff, .wrongConfiguration, .internalFailure,
        .optionBoards, .external1, .external2, .external3, .external4, .module1, .module2, .module3, .module4, .module5,
        .module6, .module7, .module8, .module9, .module10, .module11, .module12, .autoTestRunning, .onBypass,
        .outputOff, .systemOff, .communicationLost, .shutdownPending, .shutdownRequested, .shutdownImminent,
        .awaitingPower,
    ]
}
