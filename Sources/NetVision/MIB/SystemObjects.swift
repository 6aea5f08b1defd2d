package import SNMP

/// Objects of MIB-II and its kin that identify a card (RFC 3418, RFC 2863).
package enum SystemObjects {
    package static let description: OID = "1.3.6.1.2.1.1.1.0"
    package static let objectID: OID = "1.3.6.1.2.1.1.2.0"
    package static let uptime: OID = "1.3.6.1.2.1.1.3.0"
    package static let contact: OID = "1.3.6.1.2.1.1.4.0"
    package static let name: OID = "1.3.6.1.2.1.1.5.0"
    package static let location: OID = "1.3.6.1.2.1.1.6.0"
    package static let services: OID = "1.3.6.1.2.1.1.7.0"
    /// sysORTable: what an agent supports. CardAgent names itself here, for all that is left of it is a NET VISION 8.
    package static let capabilities: OID = "1.3.6.1.2.1.1.9.1"
    package static let interfaces: OID = "1.3.6.1.2.1.2"
    /// The column of the MAC addresses.
    package static let physicalAddresses: OID = "1.3.6.1.2.1.2.2.1.6"
}

/// What vendors call their cards in sysObjectID.
package enum CardObjectIDs {
    package static let socomec: OID = "1.3.6.1.4.1.4555"
    /// NET VISION 4 to 6.
    package static let netVision5: OID = "1.3.6.1.4.1.4555.1.1.1"
    /// On-board agents of older UPS, with a MIB of their own: not a card.
    package static let adicom: OID = "1.3.6.1.4.1.4555.1.1.5"
    /// NET VISION 8; a NET VISION 7 says `netSNMPLinux`.
    package static let netVision7: OID = "1.3.6.1.4.1.4555.1.1.7"
    package static let transferSwitch: OID = "1.3.6.1.4.1.4555.1.1.10"
    package static let rackPDU: OID = "1.3.6.1.4.1.4555.1.1.20"
    package static let pdu: OID = "1.3.6.1.4.1.4555.2.30"
    package static let netSNMPLinux: OID = "1.3.6.1.4.1.8072.3.2.10"
}
