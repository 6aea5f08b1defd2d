import PowerDevice

/// The well-known alarms of NET VISION 4 to 6 (SOCOMECUPS-MIB 6.20, 1.3.6.1.4.1.4555.1.1.1.1.6.3), in the order of their numbers 1 to 87.
///
/// The first 24 mean what RFC 1628's mean. 25 to 82 are alarm bits of the UPS (JBUS, below as A06 …), by which the manual's table of the
/// NET VISION 7 alarms tells what means the same. What has no equal there is an alarm of its own.
extension WellKnownAlarm {
    static let netVision5: [WellKnownAlarm] = [
        .init("upsAlarmBatteryBad", .batteryFault),
        .init("upsAlarmOnBattery", .onBattery),
        .init("upsAlarmLowBattery", .lowBattery),
        .init("upsAlarmDepletedBattery", .batteryDischarged),
        .init("upsAlarmTempBad", .temperature),
        .init("upsAlarmInputBad", .rectifierInputBad),
        .init("upsAlarmOutputBad", "Output out of tolerance", .warning),
        .init("upsAlarmOutputOverload", .overload),
        .init("upsAlarmOnBypass", .onBypass),
        .init("upsAlarmBypassBad", .bypassInputBad),
        .init("upsAlarmOutputOffAsRequested", "Output off as requested", .information),
        .init("upsAlarmUpsOffAsRequested", "UPS off as requested", .information),
        .init("upsAlarmChargerFailed", .chargerPreventive),
        .init("upsAlarmUpsOutputOff", .outputOff),
        .init("upsAlarmUpsSystemOff", .systemOff),
        .init("upsAlarmFanFailure", .fanFailure),
        .init("upsAlarmFuseFailure", "Fuse failure", .warning),
        .init("upsAlarmGeneralFault", .generalAlarm),
        .init("upsAlarmDiagnosticTestFailed", .batteryTestFailed),
        .init("upsAlarmCommunicationLost", .communicationLost),
        .init("upsAlarmAwaitingPower", .awaitingPower),
        .init("upsAlarmShutdownPending", .shutdownPending),
        .init("upsAlarmShutdownImminent", .shutdownImminent),
        .init("upsAlarmTestInProgress", .autoTestRunning),
        .init("upsAlarmPowerSupplyFault", "Digital power supply fault", .warning),
        .init("upsAlarmAuxMainFail", .bypassInputBad),  // A06
        .init("upsAlarmManualBypassClose", .maintenanceBypass),  // A08
        .init("upsAlarmShortCircuit", .outputShortCircuit),  // A09
        .init("upsAlarmBatteryChargerFailure", .chargerCritical),  // A10
        .init("upsAlarmInverterOverCurrent", "Inverter over-current", .warning),
        .init("upsAlarmInverterDistorsion", "Inverter distortion excessive", .warning),
        .init("upsAlarmPrechargeVoltageFail", "Precharge voltage out of tolerance", .warning),
        .init("upsAlarmBoostTooLow", "Boost output voltage too low", .warning),
        .init("upsAlarmBoostTooHigh", "Boost output voltage too high", .warning),
        .init("upsAlarmBatteryTooHigh", "Battery voltage too high", .warning),
        .init("upsAlarmImproperCondition", "Improper condition of use", .warning),
        .init("upsAlarmOverloadTimeout", "Overload time-out blocks the inverter", .critical),
        .init("upsAlarmControlSystemFailure", .internalFailure),  // A19
        .init("upsAlarmDataCorrupted", .wrongConfiguration),  // A20
        .init("upsAlarmPllFault", "Synchronisation fault", .warning),
        .init("upsAlarmInputGeneralAlarm", .rectifierInputBad),  // A22
        .init("upsAlarmRectifierGeneralAlarm", .rectifierPreventive),  // A23
        .init("upsAlarmBoostGeneralAlarm", "Boost preventive alarm", .warning),
        .init("upsAlarmInverterGeneralAlarm", .inverterPreventive),  // A25
        .init("upsAlarmBatteryGeneralAlarm", .chargerPreventive),  // A26
        .init("upsAlarmOutputOver", "Output voltage over limit", .warning),
        .init("upsAlarmOutputUnder", "Output voltage under limit", .warning),
        .init("upsAlarmBypassGeneralAlarm", .bypassPreventive),  // A29
        .init("upsAlarmStopForOverload", "Stopped for overload", .critical),
        .init("upsAlarmImminentStop", .imminentStop),
        .init("upsAlarmModule1Alarm", .module1),
        .init("upsAlarmModule2Alarm", .module2),
        .init("upsAlarmModule3Alarm", .module3),
        .init("upsAlarmModule4Alarm", .module4),
        .init("upsAlarmModule5Alarm", .module5),
        .init("upsAlarmModule6Alarm", .module6),
        .init("upsAlarmExternalAlarm1", .external1),
        .init("upsAlarmExternalAlarm2", .external2),
        .init("upsAlarmExternalAlarm3", .external3),
        .init("upsAlarmExternalAlarm4", .external4),
        .init("upsAlarmEService", .remoteService),  // A42
        .init("upsAlarmRedundancyLost", .redundancyLost),
        .init("upsAlarmPeriodicServiceCheck", .maintenance),  // A44
        .init("upsAlarmAllTransferDisabled", .transferLocked),  // A45
        .init("upsAlarmAutoTransferDisabled", .transferImpossible),  // A46
        .init("upsAlarmBatteryRoom", .batteryRoom),
        .init("upsAlarmManualBypass", .maintenanceBypass),  // A48
        .init("upsAlarmBatteryDischarged", .batteryDischarged),
        .init("upsAlarmInsufficientResources", .insufficientResources),
        .init("upsAlarmOptionalBoards", .optionBoards),
        .init("upsAlarmRectifierFault", .rectifierCritical),  // A52
        .init("upsAlarmBoostFault", "Boost critical alarm", .critical),
        .init("upsAlarmInverterFault", .inverterCritical),  // A54
        .init("upsAlarmParallelModuleFault", "Parallel module fault", .warning),
        .init("upsAlarmGenSetGeneral", .genset),
        .init("upsAlarmGenSetFault", "Generator set fault", .warning),
        .init("upsAlarmEmergencyStopActive", .powerOff),  // A58
        .init("upsAlarmBatteryCircuitOpen", .batteryDisconnected),  // A59
        .init("upsAlarmFansFailure", .fanFailure),
        .init("upsAlarmPhaseRotationFault", .phaseRotation),
        .init("upsAlarmBypassFault", .bypassCritical),  // A62
        .init("upsAlarmA63", "Alarm A63", .warning),
        .init("upsAlarmModule7Alarm", .module7),
        .init("upsAlarmModule8Alarm", .module8),
        .init("upsAlarmBatteryTemperature", .batteryTemperature),
        .init("upsAlarmRecRedundancy", "Rectifier redundancy lost", .warning),
        .init("upsAlarmInvRedundancy", "Inverter redundancy lost", .warning),
    ]
}
