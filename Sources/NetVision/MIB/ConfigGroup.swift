package import SNMP

/// The group upsConfig of a private branch: the UPS's make-up, and the servers that it feeds.
///
///     4555.1.1.7.1.8 ─ 1 nominal kVA, 2 units, 3 unit's kVA, 4 remote control     (1 is among the module's points)
///     4555.1.1.1.1.9 ─ 1 input V, 2 input Hz, 3 output V, 4 output Hz
///     either         └ 5.1.{1 index, 2 address, 3 name, 4 time, 5 status, 6 severity}.row   a row for each server
package enum ConfigGroup {
    private static let newer = ObjectGroup(UPSBranch.netVision7.config)
    private static let older = ObjectGroup(UPSBranch.netVision6.config)

    package static let upsConfigNbrUnit = newer.scalar(
        2, "upsConfigNbrUnit", .integer(), .readOnly, "The number of units in parallel.")
    package static let upsConfigUnitKva = newer.scalar(
        3, "upsConfigUnitKva", .integer(), .readOnly, units: "0.1 kVA",
        "Rated apparent power of one unit. 65535 where the UPS does not tell it.",
        reference: "SOCOMECUPS-MIB 8.11, whose text says kVA; its neighbour upsConfigNomKva counts tenths")
    package static let upsConfigRemoteCtrl = newer.scalar(
        4, "upsConfigRemoteCtrl", .integer(0...1), .readOnly, "1 if the UPS takes orders from afar, else 0.")

    static let upsConfigInputVoltage = older.scalar(
        1, "upsConfigInputVoltage", .integer(), .readOnly, units: "V", "Nominal input voltage. 65535 where the UPS does not tell it.")
    static let upsConfigInputFreq = older.scalar(
        2, "upsConfigInputFreq", .integer(), .readOnly, units: "Hz", "Nominal input frequency. 65535 where the UPS does not tell it.")
    static let upsConfigOutputVoltage = older.scalar(
        3, "upsConfigOutputVoltage", .integer(), .readOnly, units: "V", "Nominal output voltage. 65535 where the UPS does not tell it.")
    static let upsConfigOutputFreq = older.scalar(
        4, "upsConfigOutputFreq", .integer(), .readOnly, units: "Hz", "Nominal output frequency. 65535 where the UPS does not tell it.")

    static let newerDevices = Devices(UPSBranch.netVision7.config.appending(5), index: 0...Int32.max, address: .displayString(0...31))
    static let olderDevices = Devices(UPSBranch.netVision6.config.appending(5), index: 1...255, address: .ipAddress)

    static let newerObjects = [upsConfigNbrUnit, upsConfigUnitKva, upsConfigRemoteCtrl] + newerDevices.all
    static let olderObjects =
        [upsConfigInputVoltage, upsConfigInputFreq, upsConfigOutputVoltage, upsConfigOutputFreq] + olderDevices.all

    /// The columns of upsDevicesTable, which has no rows.
    package static let devices = newerDevices.all + olderDevices.all

    /// upsDevicesTable.
    struct Devices: Sendable {
        let all: [ObjectType]
        let table: ConceptualTable

        init(_ oid: OID, index: ClosedRange<Int32>, address: ObjectSyntax) {
            let columns = ObjectGroup(oid.appending(1))
            all = [
                columns.scalar(1, "indexOfDevice", .integer(index), .readOnly, "The number of the row."),
                columns.scalar(2, "addrOfDevice", address, .readOnly, "The address of the server."),
                columns.scalar(3, "nameOfDevice", .displayString(0...31), .readOnly, "The name of the server."),
                columns.scalar(4, "timeOfConnection", .displayString(), .readOnly, "Since when the server is known."),
                columns.scalar(5, "statusOfConnection", .integer(), .readOnly, "Whether the server is connected."),
                columns.scalar(6, "severityOfConnection", .integer(), .readOnly, "How grave the server's state is."),
            ]
            table = ConceptualTable(
                "upsDevicesTable", oid, entry: "upsDevicesEntry", index: ["indexOfDevice"],
                description: "The servers that the UPS feeds and the card shuts down. Without a row where there are none.",
                rowDescription: "One server.")
        }
    }
}
