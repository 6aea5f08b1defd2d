/// The well-known alarms of the transfer system's MIB (stsWellKnownAlarms), in the order of their object numbers 1 to 9.
///
/// Severities are those of the manual's event and trap tables; an overload is graded critical as a trap.
extension Alarm {
    package static let stsImminentStop = Alarm("stsImminentStop", "Imminent stop: the load will lose its supply", .critical)
    package static let stsTransferImpossible = Alarm("stsTransferImpossible", "Transfer impossible", .warning)
    package static let stsConsecutiveDetection = Alarm(
        "stsConsecutiveDetection", "Transfer locked after consecutive detections", .warning)
    package static let stsOverload = Alarm("stsOverload", "Output overload", .critical)
    package static let stsString1Alarm = Alarm("stsString1Alarm", "Power path 1 failed, deteriorated or in short circuit", .warning)
    package static let stsString2Alarm = Alarm("stsString2Alarm", "Power path 2 failed, deteriorated or in short circuit", .warning)
    package static let stsPreventiveMaintenance = Alarm("stsPreventiveMaintenance", "Preventive maintenance", .warning)
    package static let stsGeneralAlarm = Alarm("stsGeneralAlarm", "General alarm", .warning)
    package static let stsCustomInputAlarm = Alarm("stsCustomInputAlarm", "Custom input", .warning)

    /// All 9: the alarm with object number `n` is `stsWellKnown[n - 1]`.
    package static let stsWellKnown: [Alarm] = [
        .stsImminentStop, .stsTransferImpossible, .stsConsecutiveDetection, .stsOverload, .stsString1Alarm, .stsString2Alarm,
        .stsPreventiveMaintenance, .stsGeneralAlarm, .stsCustomInputAlarm,
    ]
}
