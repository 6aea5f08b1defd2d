package import SNMP

/// Objects of MIB-II and its kin that identify a card (RFC 3418, RFC 2863).
package enum SystemObjects {
    package static let description = AgentObjectTypes.sysDescr.scalar
    package static let objectID = AgentObjectTypes.sysObjectID.scalar
    package static let uptime = AgentObjectTypes.sysUpTime.scalar
    package static let contact = AgentObjectTypes.sysContact.scalar
    package static let name = AgentObjectTypes.sysName.scalar
    package static let location = AgentObjectTypes.sysLocation.scalar
    /// sysORTable: what an agent supports. CardAgent names itself here, for all that is left of it is a NET VISION 8.
    package static let capabilities: OID = "1.3.6.1.2.1.1.9.1"
    /// snmpEngineID.0 (RFC 3411 §5).
    package static let engineID: OID = "1.3.6.1.6.3.10.2.1.1.0"
    /// ifNumber.
    package static let interfaceCount: OID = "1.3.6.1.2.1.2.1.0"
    /// The column of the MAC addresses.
    package static let physicalAddresses = StandardObjectTypes.ifPhysAddress.oid
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
