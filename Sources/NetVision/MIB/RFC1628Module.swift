package import PowerDevice
import SNMP

/// UPS-MIB (RFC 1628), 1.3.6.1.2.1.33.1: what a UPS of any make may answer.
extension MIBModule {
    package static let rfc1628 = rfc1628Module(name: "UPS-MIB", points: rfc1628Points)

    /// UPS-MIB as a NET VISION up to version 6 answers it: whole volts, amperes and hertz where the RFC counts tenths, kVA for W.
    package static let rfc1628WholeUnits = rfc1628Module(name: "UPS-MIB in whole units", points: wholeUnitPoints)

    private static func rfc1628Module(name: String, points: [MIBPoint]) -> MIBModule {
        MIBModule(
            name: name, root: "1.3.6.1.2.1.33.1",
            identity: [
                IdentityObject("1.1.0", "upsIdentManufacturer", .manufacturer, limit: 31),
                IdentityObject("1.2.0", "upsIdentModel", .model, limit: 63),
                IdentityObject("1.3.0", "upsIdentUPSSoftwareVersion", .upsFirmware, limit: 63),
                IdentityObject("1.4.0", "upsIdentAgentSoftwareVersion", .agent, limit: 63),
                IdentityObject("1.5.0", "upsIdentName", .unitName, limit: 63, access: .readWrite),
            ],
            points: points, lineTables: LineTable.all(inputCount: 2, hasReadableIndex: false),
            // RFC 1628 §4.4: other, none, normal, bypass, battery, booster, reducer. The battery has a number, the modes have none.
            outputSource: MIBEnumeration(
                [
                    (1, "other", .unknown), (2, "none", .off), (3, "normal", .normal), (4, "bypass", .bypass), (5, "battery", .battery),
                    (6, "booster", .lineInteractive), (7, "reducer", .lineInteractive),
                ], codes: [.standby: 2, .inverter: 3, .eco: 3, .flex: 3, .lineInteractive: 3, .maintenanceBypass: 4]),
            // §4.2: depleted is a UPS that can't sustain the load when the mains fail.
            batteryStatus: MIBEnumeration(
                [
                    (1, "unknown", .unknown), (2, "batteryNormal", .normal), (3, "batteryLow", .low), (4, "batteryDepleted", .depleted),
                ], codes: [.charging: 2, .test: 2, .discharging: 2, .failure: 1, .disconnected: 4]),
            alarms: zip(RFC1628Alarms.all, Alarm.rfc1628).map { WellKnownAlarm($0.name, $1) }, alarmTable: .standard)
    }

    /// RFC 1628 §4. NV7 and NV8 answer it so.
    private static let rfc1628Points: [MIBPoint] = [
        MIBPoint("2.2", "upsSecondsOnBattery", "battery.runtime.elapsed", zeroIsAbsent: true, unmanaged: 0),
        MIBPoint("2.3", "upsEstimatedMinutesRemaining", "battery.runtime", .minutes),
        MIBPoint("2.4", "upsEstimatedChargeRemaining", "battery.charge"),
        MIBPoint("2.5", "upsBatteryVoltage", "battery.voltage", .tenths),
        MIBPoint("2.6", "upsBatteryCurrent", "battery.current", .tenths, isSigned: true),
        MIBPoint("2.7", "upsBatteryTemperature", "battery.temperature", zeroIsAbsent: true, isSigned: true),
        MIBPoint("3.3.1.2", "upsInputFrequency", "input.frequency", .tenths, of: .input),
        MIBPoint("3.3.1.3", "upsInputVoltage", "input.{L-N}.voltage", of: .input),
        MIBPoint("3.3.1.4", "upsInputCurrent", "input.{L}.current", .tenths, of: .input),
        MIBPoint("3.3.1.5", "upsInputTruePower", "input.{L}.realpower", of: .input),
        MIBPoint("4.2", "upsOutputFrequency", "output.frequency", .tenths),
        MIBPoint("4.4.1.2", "upsOutputVoltage", "output.{L-N}.voltage", of: .output),
        MIBPoint("4.4.1.3", "upsOutputCurrent", "output.{L}.current", .tenths, of: .output),
        MIBPoint("4.4.1.4", "upsOutputPower", "output.{L}.realpower", of: .output),
        MIBPoint("4.4.1.5", "upsOutputPercentLoad", "output.{L}.power.percent", of: .output),
        MIBPoint("5.1", "upsBypassFrequency", "input.bypass.frequency", .tenths),
        MIBPoint("5.3.1.2", "upsBypassVoltage", "input.bypass.{L-N}.voltage", of: .bypass),
        MIBPoint("5.3.1.3", "upsBypassCurrent", "input.bypass.{L}.current", .tenths, of: .bypass),
        MIBPoint("5.3.1.4", "upsBypassPower", "input.bypass.{L}.realpower", of: .bypass),
        MIBPoint("9.1", "upsConfigInputVoltage", "input.voltage.nominal", zeroIsAbsent: true, access: .readWrite),
        MIBPoint("9.2", "upsConfigInputFreq", "input.frequency.nominal", .tenths, zeroIsAbsent: true, access: .readWrite),
        MIBPoint("9.3", "upsConfigOutputVoltage", "output.voltage.nominal", zeroIsAbsent: true, access: .readWrite),
        MIBPoint("9.4", "upsConfigOutputFreq", "output.frequency.nominal", .tenths, zeroIsAbsent: true, access: .readWrite),
        MIBPoint("9.5", "upsConfigOutputVA", "ups.power.nominal", zeroIsAbsent: true),
        MIBPoint("9.6", "upsConfigOutputPower", "ups.realpower.nominal", zeroIsAbsent: true),
    ]

    /// A real NV6.30 in a MASTERYS of 60 kVA. Left out: the input power (60 on each line at any load: the rating) and the bypass power.
    private static let wholeUnitPoints: [MIBPoint] = [
        MIBPoint("2.2", "upsSecondsOnBattery", "battery.runtime.elapsed", zeroIsAbsent: true, unmanaged: 0),
        MIBPoint("2.3", "upsEstimatedMinutesRemaining", "battery.runtime", .minutes),
        MIBPoint("2.4", "upsEstimatedChargeRemaining", "battery.charge"),
        MIBPoint("2.5", "upsBatteryVoltage", "battery.voltage"),
        MIBPoint("2.6", "upsBatteryCurrent", "battery.current", isSigned: true),
        MIBPoint("2.7", "upsBatteryTemperature", "battery.temperature", zeroIsAbsent: true, isSigned: true),
        MIBPoint("3.3.1.2", "upsInputFrequency", "input.frequency", of: .input),
        MIBPoint("3.3.1.3", "upsInputVoltage", "input.{L-N}.voltage", of: .input),
        MIBPoint("3.3.1.4", "upsInputCurrent", "input.{L}.current", of: .input),
        MIBPoint("4.2", "upsOutputFrequency", "output.frequency"),
        MIBPoint("4.4.1.2", "upsOutputVoltage", "output.{L-N}.voltage", of: .output),
        MIBPoint("4.4.1.3", "upsOutputCurrent", "output.{L}.current", of: .output),
        // 4 where 19 A x 220 V flow: kVA.
        MIBPoint("4.4.1.4", "upsOutputPower", "output.{L}.power", .thousands, of: .output),
        MIBPoint("4.4.1.5", "upsOutputPercentLoad", "output.{L}.power.percent", of: .output),
        MIBPoint("5.1", "upsBypassFrequency", "input.bypass.frequency"),
        MIBPoint("5.3.1.2", "upsBypassVoltage", "input.bypass.{L-N}.voltage", of: .bypass),
        MIBPoint("5.3.1.3", "upsBypassCurrent", "input.bypass.{L}.current", of: .bypass),
        MIBPoint("9.1", "upsConfigInputVoltage", "input.voltage.nominal", zeroIsAbsent: true, access: .readWrite),
        MIBPoint("9.2", "upsConfigInputFreq", "input.frequency.nominal", zeroIsAbsent: true, access: .readWrite),
        MIBPoint("9.3", "upsConfigOutputVoltage", "output.voltage.nominal", zeroIsAbsent: true, access: .readWrite),
        MIBPoint("9.4", "upsConfigOutputFreq", "output.frequency.nominal", zeroIsAbsent: true, access: .readWrite),
        MIBPoint("9.5", "upsConfigOutputVA", "ups.power.nominal", zeroIsAbsent: true),
    ]
}

extension Alarm {
    /// RFC 1628's well-known alarms (§4.6), 1 to 24, which open the older NET VISION list too.
    ///
    /// Mapped by meaning, as the manual's RFC 1628 appendix feeds them; what the newer MIB lacks keeps its name.
    package static let rfc1628: [Alarm] = [
        .batteryFault,  // upsAlarmBatteryBad
        .onBattery,
        .lowBattery,
        .batteryDischarged,  // upsAlarmDepletedBattery
        .temperature,  // upsAlarmTempBad
        .rectifierInputBad,  // upsAlarmInputBad
        Alarm("upsAlarmOutputBad", "Output out of tolerance", .warning),
        .overload,
        .onBypass,
        .bypassInputBad,  // upsAlarmBypassBad
        Alarm("upsAlarmOutputOffAsRequested", "Output off as requested", .information),
        Alarm("upsAlarmUpsOffAsRequested", "UPS off as requested", .information),
        .chargerPreventive,  // upsAlarmChargerFailed
        .outputOff,
        .systemOff,
        .fanFailure,
        Alarm("upsAlarmFuseFailure", "Fuse failure", .warning),
        .generalAlarm,
        .batteryTestFailed,  // upsAlarmDiagnosticTestFailed
        .communicationLost,
        .awaitingPower,
        .shutdownPending,
        .shutdownImminent,
        .autoTestRunning,  // upsAlarmTestInProgress
    ]
}
