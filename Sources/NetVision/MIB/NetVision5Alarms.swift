package import PowerDevice

/// The well-known alarms of NET VISION 4 to 6 (SOCOMECUPS-MIB 6.20, 1.3.6.1.4.1.4555.1.1.1.1.6.3), in the order of their numbers 1 to 87.
///
/// The first 24 are RFC 1628's. 25 to 82 are alarm bits of the UPS (JBUS, below as A06 …), by which the manual's table of the NET VISION 7
/// alarms tells what means the same. What has no equal there keeps its own name.
extension Alarm {
    package static let netVision5: [Alarm] =
        rfc1628 + [
            Alarm("upsAlarmPowerSupplyFault", "Digital power supply fault", .warning),
            .bypassInputBad,  // upsAlarmAuxMainFail, A06
            .maintenanceBypass,  // upsAlarmManualBypassClose, A08
            .outputShortCircuit,  // upsAlarmShortCircuit, A09
            .chargerCritical,  // upsAlarmBatteryChargerFailure, A10
            Alarm("upsAlarmInverterOverCurrent", "Inverter over-current", .warning),
            Alarm("upsAlarmInverterDistorsion", "Inverter distortion excessive", .warning),
            Alarm("upsAlarmPrechargeVoltageFail", "Precharge voltage out of tolerance", .warning),
            Alarm("upsAlarmBoostTooLow", "Boost output voltage too low", .warning),
            Alarm("upsAlarmBoostTooHigh", "Boost output voltage too high", .warning),
            Alarm("upsAlarmBatteryTooHigh", "Battery voltage too high", .warning),
            Alarm("upsAlarmImproperCondition", "Improper condition of use", .warning),
            Alarm("upsAlarmOverloadTimeout", "Overload time-out blocks the inverter", .critical),
            .internalFailure,  // upsAlarmControlSystemFailure, A19
            .wrongConfiguration,  // upsAlarmDataCorrupted, A20
            Alarm("upsAlarmPllFault", "Synchronisation fault", .warning),
            .rectifierInputBad,  // upsAlarmInputGeneralAlarm, A22
            .rectifierPreventive,  // upsAlarmRectifierGeneralAlarm, A23
            Alarm("upsAlarmBoostGeneralAlarm", "Boost preventive alarm", .warning),
            .inverterPreventive,  // upsAlarmInverterGeneralAlarm, A25
            .chargerPreventive,  // upsAlarmBatteryGeneralAlarm, A26
            Alarm("upsAlarmOutputOver", "Output voltage over limit", .warning),
            Alarm("upsAlarmOutputUnder", "Output voltage under limit", .warning),
            .bypassPreventive,  // upsAlarmBypassGeneralAlarm, A29
            Alarm("upsAlarmStopForOverload", "Stopped for overload", .critical),
            .imminentStop,
            .module1, .module2, .module3, .module4, .module5, .module6,
            .external1, .external2, .external3, .external4,
            .remoteService,  // upsAlarmEService, A42
            .redundancyLost,
            .maintenance,  // upsAlarmPeriodicServiceCheck, A44
            .transferLocked,  // upsAlarmAllTransferDisabled, A45
            .transferImpossible,  // upsAlarmAutoTransferDisabled, A46
            .batteryRoom,
            .maintenanceBypass,  // upsAlarmManualBypass, A48
            .batteryDischarged,
            .insufficientResources,
            .optionBoards,
            .rectifierCritical,  // upsAlarmRectifierFault, A52
            Alarm("upsAlarmBoostFault", "Boost critical alarm", .critical),
            .inverterCritical,  // upsAlarmInverterFault, A54
            Alarm("upsAlarmParallelModuleFault", "Parallel module fault", .warning),
            .genset,
            Alarm("upsAlarmGenSetFault", "Generator set fault", .warning),
            .powerOff,  // upsAlarmEmergencyStopActive, A58
            .batteryDisconnected,  // upsAlarmBatteryCircuitOpen, A59
            .fanFailure,
            .phaseRotation,
            .bypassCritical,  // upsAlarmBypassFault, A62
            Alarm("upsAlarmA63", "Alarm A63", .warning),
            .module7, .module8,
            .batteryTemperature,
            Alarm("upsAlarmRecRedundancy", "Rectifier redundancy lost", .warning),
            Alarm("upsAlarmInvRedundancy", "Inverter redundancy lost", .warning),
        ]
}
