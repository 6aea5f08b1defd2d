import PowerDevice
import SNMP

/// NET VISION 4 to 6: SOCOMECUPS-MIB up to 6.20, 1.3.6.1.4.1.4555.1.1.1.1. A real NV7.40 answers it as well.
extension MIBModule {
    package static let netVision6 = netVision5Module(
        name: "SOCOMECUPS-MIB",
        // onMains(3) is the load on the mains without protection: the MIB grades its trap upsTrapOnMains SEVERE, and the normal mode of
        // an off-line UPS has a number of its own (9).
        outputSource: MIBEnumeration(
            [
                (1, "unknown", .unknown), (2, "onInverter", .inverter), (3, "onMains", .bypass), (4, "ecoMode", .eco),
                (5, "onBypass", .bypass), (6, "standby", .standby), (7, "onMaintenanceBypass", .maintenanceBypass), (8, "upsOff", .off),
                (9, "normalMode", .normal),
            ], codes: [.bypass: 5, .battery: 2, .lineInteractive: 9, .flex: 4]))

    /// Before version 6 the output source had RFC 1628's numbers and two more: read by the newer table, a UPS on battery looks like one
    /// on bypass, and one on bypass like eco mode.
    package static let netVision5 = netVision5Module(
        name: "SOCOMECUPS-MIB 5",
        outputSource: MIBEnumeration(
            [
                (1, "other", .unknown), (2, "offline", .off), (3, "normal", .normal), (4, "internalBypass", .bypass),
                (5, "battery", .battery), (6, "booster", .lineInteractive), (7, "reducer", .lineInteractive), (8, "standby", .standby),
                (9, "ecoMode", .eco),
            ], codes: [.inverter: 3, .maintenanceBypass: 4, .flex: 9]))

    private static func netVision5Module(name: String, outputSource: MIBEnumeration<OutputSource>) -> MIBModule {
        MIBModule(
            name: name, root: "1.3.6.1.4.1.4555.1.1.1.1",
            identity: [
                IdentityObject("1.1.0", "upsIdentModel", .model, limit: 63),
                IdentityObject("1.2.0", "upsIdentUPSFirmwareVersion", .upsFirmware, limit: 63),
                IdentityObject("1.3.0", "upsIdentAgentSoftwareVersion", .agent, limit: 31),
                IdentityObject("1.4.0", "upsIdentUpsSerialNumber", .serial, limit: 15),
            ],
            points: netVision5Points,
            lineTables: LineTable.all(hasReadableIndex: true),
            outputSource: outputSource,
            batteryStatus: MIBEnumeration(
                [
                    (1, "unknown", .unknown), (2, "batteryNormal", .normal), (3, "batteryLow", .low), (4, "batteryDepleted", .depleted),
                    (5, "batteryDischarging", .discharging), (6, "batteryFailure", .failure), (7, "batteryDisconnected", .disconnected),
                ], codes: [.charging: 2, .test: 2]),
            alarms: WellKnownAlarm.netVision5, alarmTable: .vendor)
    }

    /// MIB 6.20, in its order, with the units that real cards use: whole °C, whole Hz at the bypass, whole kVA.
    private static let netVision5Points: [MIBPoint] = [
        MIBPoint("2.2", "upsSecondsOnBattery", "battery.runtime.elapsed", zeroIsAbsent: true, unmanaged: 0),
        MIBPoint("2.3", "upsEstimatedMinutesRemaining", "battery.runtime", .minutes),
        MIBPoint("2.4", "upsEstimatedChargeRemaining", "battery.charge"),
        MIBPoint("2.5", "upsBatteryVoltage", "battery.voltage", .tenths),
        MIBPoint("2.6", "upsBatteryTemperature", "battery.temperature", zeroIsAbsent: true, isSigned: true, unmanaged: -1),
        MIBPoint("3.2", "upsInputFrequency", "input.frequency", .tenths),
        MIBPoint("3.3.1.2", "upsInputVoltage", "input.{L-N}.voltage", .tenths, of: .input),
        MIBPoint("3.3.1.3", "upsInputCurrent", "input.{L}.current", .tenths, of: .input, unmanaged: -1),
        MIBPoint("3.3.1.4", "upsInputVoltageMax", "input.{L-N}.voltage.maximum", .tenths, of: .input),
        MIBPoint("3.3.1.5", "upsInputVoltageMin", "input.{L-N}.voltage.minimum", .tenths, of: .input),
        MIBPoint("4.2", "upsOutputFrequency", "output.frequency", .tenths),
        MIBPoint("4.4.1.2", "upsOutputVoltage", "output.{L-N}.voltage", .tenths, of: .output),
        MIBPoint("4.4.1.3", "upsOutputCurrent", "output.{L}.current", .tenths, of: .output),
        MIBPoint("4.4.1.4", "upsOutputPercentLoad", "output.{L}.power.percent", of: .output),
        MIBPoint("4.4.1.5", "upsOutputKva", "output.{L}.power", .thousands, of: .output, unmanaged: -1),
        // A real NV7.40 answered 49 while its other frequencies were 499 and 500.
        MIBPoint("5.1", "upsBypassFrequency", "input.bypass.frequency"),
        MIBPoint("5.3.1.2", "upsBypassVoltage", "input.bypass.{L-N}.voltage", .tenths, of: .bypass),
        MIBPoint("5.3.1.3", "upsBypassCurrent", "input.bypass.{L}.current", .tenths, of: .bypass, unmanaged: -1),
        MIBPoint("11.1", "emdSatatusTemperature", "ambient.1.temperature", .tenths, zeroIsAbsent: true, isSigned: true),
        MIBPoint("11.2", "emdSatatusHumidity", "ambient.1.humidity", .tenths, zeroIsAbsent: true),
    ]
}
