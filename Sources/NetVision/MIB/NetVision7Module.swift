import PowerDevice
import SNMP

/// NET VISION 7 and 8: SOCOMECUPS7-MIB 7.11 to SOCOMECUPS-MIB 8.11, 1.3.6.1.4.1.4555.1.1.7.1.
extension MIBModule {
    package static let netVision7 = MIBModule(
        name: "SOCOMECUPS7-MIB", root: "1.3.6.1.4.1.4555.1.1.7.1",
        identity: [
            IdentityObject("1.1.0", "upsIdentModel", .model, limit: 31),
            IdentityObject("1.2.0", "upsIdentSerialNumber", .serial, limit: 19),
            IdentityObject("1.3.0", "upsIdentUserRef", .reference, limit: 11),
            IdentityObject("1.4.0", "upsIdentUserLocation", .unitLocation, limit: 11),
            IdentityObject("1.5.0", "upsIdentAgentSoftwareVersion", .agent, limit: 31),
            IdentityObject("1.6.0", "upsSystemName", .systemName, limit: 127, access: .readWrite, source: systemTexts),
            IdentityObject("1.7.0", "upsSystemContact", .systemContact, limit: 127, access: .readWrite, source: systemTexts),
            IdentityObject("1.8.0", "upsSystemLocation", .systemLocation, limit: 127, access: .readWrite, source: systemTexts),
        ],
        points: netVision7Points,
        lineTables: LineTable.all(hasReadableIndex: true),
        // MIB 8.11; 9 and 10 are newer than MIB 7.11. The battery as a source has no number: the battery status tells of it.
        outputSource: MIBEnumeration(
            [
                (1, "unknown", .unknown), (2, "onMaintenBypass", .maintenanceBypass), (3, "onInverter", .inverter),
                (4, "normalMode", .normal), (5, "ecoMode", .eco), (6, "onBypass", .bypass), (7, "standby", .standby), (8, "upsOff", .off),
                (9, "lineInteractive", .lineInteractive), (10, "flexMode", .flex),
            ], codes: [.battery: 3]),
        batteryStatus: MIBEnumeration([
            (1, "unknown", .unknown), (2, "batteryNormal", .normal), (3, "batteryCharging", .charging), (4, "batteryTest", .test),
            (5, "batteryDischarging", .discharging), (6, "batteryLow", .low), (7, "batteryDepleted", .depleted),
            (8, "batteryFailure", .failure), (9, "batteryDisconnected", .disconnected),
        ]),
        alarms: Alarm.wellKnown.map { WellKnownAlarm($0) }, alarmTable: .vendor)

    private static let systemTexts = "SOCOMECUPS7-MIB since 7.12, where it is read-only"

    /// MIB 8.11, in its order. -1 where the manual stars the object, 65535 (its general rule) elsewhere.
    private static let netVision7Points: [MIBPoint] = [
        // Real cards answer 0 on mains, where the MIB's text says -1.
        MIBPoint("2.2", "upsSecondsOnBattery", "battery.runtime.elapsed", zeroIsAbsent: true, unmanaged: 0),
        MIBPoint("2.3", "upsEstimatedMinutesRemaining", "battery.runtime", .minutes),
        MIBPoint("2.4", "upsEstimatedChargeRemaining", "battery.charge"),
        MIBPoint("2.5", "upsBatteryVoltage", "battery.voltage", .tenths),
        // 0 on a real NV8.00 that doesn't measure it.
        MIBPoint("2.6", "upsBatteryTemperature", "battery.temperature", .tenths, zeroIsAbsent: true, isSigned: true, unmanaged: -1),
        MIBPoint("2.7", "upsAmbientTemperature", "ambient.temperature", .tenths, isSigned: true),
        MIBPoint("2.8", "upsBatteryCurrent", "battery.current", .tenths, isSigned: true),
        // 0 beside a charge of 100 % on a real NV8.00. Read only where 2.4 has no value.
        MIBPoint("2.9", "upsBatterySOC", "battery.charge", zeroIsAbsent: true, source: "SOCOMECUPS7-MIB since 7.13"),
        MIBPoint("3.2", "upsInputFrequency", "input.frequency", .tenths),
        MIBPoint("3.3.1.2", "upsInputVoltage", "input.{L-N}.voltage", .tenths, of: .input),
        MIBPoint("3.3.1.3", "upsInputCurrent", "input.{L}.current", .tenths, of: .input, unmanaged: -1),
        MIBPoint("3.3.1.4", "upsInputVoltageMax", "input.{L-N}.voltage.maximum", .tenths, of: .input),
        MIBPoint("3.3.1.5", "upsInputVoltageMin", "input.{L-N}.voltage.minimum", .tenths, of: .input),
        MIBPoint("4.2", "upsOutputFrequency", "output.frequency", .tenths),
        MIBPoint("4.4.1.2", "upsOutputVoltage", "output.{L-N}.voltage", .tenths, of: .output),
        MIBPoint("4.4.1.3", "upsOutputCurrent", "output.{L}.current", .tenths, of: .output),
        MIBPoint("4.4.1.4", "upsOutputPercentLoad", "output.{L}.power.percent", of: .output),
        MIBPoint("4.4.1.5", "upsOutputKva", "output.{L}.power", .hundreds, of: .output, unmanaged: -1),
        MIBPoint("4.4.1.6", "upsOutputKw", "output.{L}.realpower", .hundreds, of: .output, unmanaged: -1),
        // 65534 on a real NV8.00.
        MIBPoint("4.5", "upsOutputGlobalkVA", "ups.power", .hundreds, unmanaged: -1),
        MIBPoint("4.6", "upsOutputGlobalkW", "ups.realpower", .hundreds, unmanaged: -1),
        MIBPoint("4.7", "upsOutputLoadRate", "ups.load"),
        MIBPoint("5.1", "upsBypassFrequency", "input.bypass.frequency", .tenths),
        MIBPoint("5.3.1.2", "upsBypassVoltage", "input.bypass.{L-N}.voltage", .tenths, of: .bypass),
        MIBPoint("5.3.1.3", "upsBypassCurrent", "input.bypass.{L}.current", .tenths, of: .bypass, unmanaged: -1),
        MIBPoint("8.1", "upsConfigNomKva", "ups.power.nominal", .hundreds, zeroIsAbsent: true),
        // The sensor box, which is optional; the MIB spells the names so.
        MIBPoint("10.1", "emdSatatusTemperature", "ambient.1.temperature", .tenths, zeroIsAbsent: true, isSigned: true),
        MIBPoint("10.2", "emdSatatusHumidity", "ambient.1.humidity", .tenths, zeroIsAbsent: true),
    ]
}
