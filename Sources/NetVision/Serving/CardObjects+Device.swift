import PowerDevice
package import SNMP

extension CardObjects {
    /// The rows of a UPS card's alarm tables, a table a module. A transfer switch has no table: its flags are its alarms.
    package struct AlarmRows: Sendable {
        package var netVision7: [AlarmTable.Row]
        package var netVision6: [AlarmTable.Row]
        package var rfc1628: [AlarmTable.Row]

        package init(netVision7: [AlarmTable.Row] = [], netVision6: [AlarmTable.Row] = [], rfc1628: [AlarmTable.Row] = []) {
            self.netVision7 = netVision7
            self.netVision6 = netVision6
            self.rfc1628 = rfc1628
        }
    }

    /// Everything that a card tells of its device, in the branches for its kind.
    ///
    /// A UPS: NET VISION 7 and 8, NET VISION 4 to 6 and UPS-MIB (RFC 1628). A static transfer system: its own branch and none of these.
    /// The objects of upsAgent are the card's, whatever its device is, and are not among these.
    package func device(alarms: AlarmRows) -> [ManagedObject] {
        switch state.kind {
        case .ups:
            objects(of: .rfc1628, alarms: alarms.rfc1628) + standard() + objects(of: .netVision6, alarms: alarms.netVision6)
                + objects(of: .netVision7, alarms: alarms.netVision7) + configuration()
        case .sts:
            transferSwitch()
        }
    }
}
