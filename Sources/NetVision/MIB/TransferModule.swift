package import PowerDevice
package import SNMP

/// What the vendor's MIB says about a static transfer system: a branch with its strings, states, measurements and alarms.
///
///     4555.1.1.10.1 ─ 1 stsIdent ─ 1 … 9 strings
///                   ├ 2 stsSource1 ─ 1 status, 2 preferred, 3 frequency, 4 lines, 5.1.{1 index, 2 voltage}.line
///                   ├ 3 stsSource2 ─ the same
///                   ├ 4 stsSources ─ 1 interaction
///                   ├ 5 stsOutput ── 1 load, 2 output, 3 frequency, 4 load rate, 5 lines
///                   │              └ 6.1.{1 index, 2 V, 3 A, 4 kVA, 5 kW, 6 crest factor, 7 power factor}.line
///                   ├ 6 stsAlarm ─── 1.n flag of the alarm n
///                   └ 7 stsAgent ─── 1 the string of the traps
///
/// Names are those of the published MIBs (SOCOMECUPSSTS-MIB 1.00 and its successor of 2025), misspellings included.
package struct TransferModule: Sendable {
    package let root: OID
    /// The strings of the ident group, in the MIB's order.
    package let identity: [IdentityObject]
    /// In the order of their places in the tree.
    package let states: [TransferObject]
    package let points: [MIBPoint]
    /// The alarms in the order of their flags' numbers, from 1 on.
    package let alarms: [Alarm]
    package let declarations: Declarations

    /// The instances of the points; columns with a row for each possible line.
    package let cells: [MIBCell]
    package let alarmFlags: [OID]

    package static let standard = TransferModule()

    private init() {
        root = CardObjectIDs.transferSwitch.appending(1)
        identity = Self.identityObjects
        states = TransferObject.all
        points = Self.measurements
        let alarms = zip(Self.alarmNames, Alarm.stsWellKnown).map { WellKnownAlarm($0, $1) }
        self.alarms = alarms.map(\.alarm)
        declarations = Declarations(root: root, identity: identity, states: states, points: points, alarms: alarms)
        cells = zip(points, declarations.points).flatMap { point, type in
            (1...(point.lines == nil ? 1 : MIBModule.maximumLines)).map { MIBCell(point, type, line: $0) }
        }
        alarmFlags = declarations.alarmFlags.map(\.scalar)
    }

    /// Where the card tells its version string.
    package var agentObjects: [OID] { object(.agent).map { [$0] } ?? [] }

    /// The object of a string, with its instance; absent if the branch has none for it.
    package func object(_ field: IdentityObject.Field) -> OID? { declarations.identity.first { $0.field == field }?.type.scalar }
}

extension TransferModule {
    private static let manual = "the manual of NET VISION 8; the published MIBs end with stsIdentAgentSoftwareVersion"

    private static let identityObjects: [IdentityObject] = [
        IdentityObject("1.1.0", "stsIdentModel", .model, limit: 63),
        IdentityObject("1.2.0", "stsIdentSerialNumber", .serial, limit: 15),
        IdentityObject("1.3.0", "stsIdentFirmwareVersion", .upsFirmware, limit: 63),
        IdentityObject("1.4.0", "stsIdentAgentSoftwareVersion", .agent, limit: 31),
        IdentityObject("1.5.0", "stsIdentUserRef", .reference, limit: 11, source: manual),
        IdentityObject("1.6.0", "stsIdentUserLocation", .unitLocation, limit: 11, source: manual),
        IdentityObject("1.7.0", "stsSystemName", .systemName, limit: 127, source: manual),
        IdentityObject("1.8.0", "stsSystemContact", .systemContact, limit: 127, source: manual),
        IdentityObject("1.9.0", "stsSystemLocation", .systemLocation, limit: 127, source: manual),
    ]

    /// Both sources have as many lines as the device has at its inputs. 65535 where the device does not tell, as everywhere in the vendor's
    /// MIBs: no object of this branch has a mark of its own.
    private static let measurements: [MIBPoint] = [
        MIBPoint("2.3", "stsSource1Frequency", "input.1.frequency", .tenths),
        MIBPoint("2.5.1.2", "stsSource1Voltage", "input.1.{L-N}.voltage", of: .input),
        MIBPoint("3.3", "stsSource2Frequency", "input.2.frequency", .tenths),
        MIBPoint("3.5.1.2", "stsSource2Voltage", "input.2.{L-N}.voltage", of: .input),
        MIBPoint("5.3", "stsOutputFrequency", "output.frequency", .tenths),
        MIBPoint("5.4", "stsOutputLoadRate", "ups.load"),
        MIBPoint("5.6.1.2", "stsOutputVoltage", "output.{L-N}.voltage", of: .output),
        MIBPoint("5.6.1.3", "stsOutputCurrent", "output.{L}.current", of: .output),
        MIBPoint("5.6.1.4", "stsOutputkVA", "output.{L}.power", .thousands, of: .output),
        MIBPoint("5.6.1.5", "stsOutputkW", "output.{L}.realpower", .thousands, of: .output),
        MIBPoint("5.6.1.6", "stsOutputCrestFactor", "output.{L}.crestfactor", .tenths, of: .output),
        MIBPoint("5.6.1.7", "stsOutputPowerFactor", "output.{L}.powerfactor", .hundredths, of: .output),
    ]

    private static let alarmNames = [
        "stsImminentStop", "stsTransferImpossible", "stsConsecutiveDetection", "stsOverload", "stsString1Alarm", "stsString2Alarm",
        "stsPreventiveMaintenance", "stsGeneralAlarm", "stsCustomInputAlarm",
    ]
}
