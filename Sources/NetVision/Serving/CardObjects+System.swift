import PowerDevice
package import SNMP

extension CardObjects {
    /// The system group (RFC 3418 §2), with a sysORTable in which CardAgent names itself.
    ///
    /// - Parameter uptime: Hundredths of a second since the agent started, asked for at each request.
    package func system(uptime: @escaping @Sendable () -> UInt32) -> [ManagedObject] {
        [
            ManagedObject(AgentObjectTypes.sysDescr, .text(CardFacts.description)),
            ManagedObject(AgentObjectTypes.sysObjectID, .objectIdentifier(objectID)),
            ManagedObject(AgentObjectTypes.sysUpTime) { .timeTicks(uptime()) },
            ManagedObject(AgentObjectTypes.sysContact, AgentObjectTypes.sysContact.text(facts.systemContact)),
            ManagedObject(AgentObjectTypes.sysName, AgentObjectTypes.sysName.text(facts.systemName)),
            ManagedObject(AgentObjectTypes.sysLocation, AgentObjectTypes.sysLocation.text(facts.systemLocation)),
            ManagedObject(AgentObjectTypes.sysServices, .integer(CardFacts.services)),
            ManagedObject(AgentObjectTypes.sysORLastChange, .timeTicks(0)),
            ManagedObject(AgentObjectTypes.sysORID, row: 1, .objectIdentifier(capability)),
            ManagedObject(AgentObjectTypes.sysORDescr, row: 1, .text("\(CardIdentity.cardAgentMark) \(facts.firmware)")),
            ManagedObject(AgentObjectTypes.sysORUpTime, row: 1, .timeTicks(0)),
        ]
    }

    /// The branch that tells of the device: UPS-MIB, which all UPS have, or the switch's own.
    private var capability: OID {
        switch state.kind {
        case .ups: "1.3.6.1.2.1.33"
        case .sts: CardObjectIDs.transferSwitch
        }
    }

    /// What a real card of a transfer switch answers is not known. Ours names the branch that it serves, as the vendor's others do.
    private var objectID: OID {
        switch state.kind {
        case .ups: CardObjectIDs.netVision7
        case .sts: CardObjectIDs.transferSwitch
        }
    }

    /// The interfaces group (RFC 2863) with the card's one Ethernet interface, for the sake of its MAC address.
    package func interfaces() -> [ManagedObject] {
        [
            ManagedObject(StandardObjectTypes.ifNumber, .integer(1)),
            ManagedObject(StandardObjectTypes.ifIndex, row: 1, .integer(1)),
            ManagedObject(StandardObjectTypes.ifDescr, row: 1, .text("eth0")),
            // ethernetCsmacd, MTU, 100 Mb/s, up and up.
            ManagedObject(StandardObjectTypes.ifType, row: 1, .integer(6)),
            ManagedObject(StandardObjectTypes.ifMtu, row: 1, .integer(1500)),
            ManagedObject(StandardObjectTypes.ifSpeed, row: 1, .gauge32(100_000_000)),
            ManagedObject(StandardObjectTypes.ifPhysAddress, row: 1, .octetString(facts.mac)),
            ManagedObject(StandardObjectTypes.ifAdminStatus, row: 1, .integer(1)),
            ManagedObject(StandardObjectTypes.ifOperStatus, row: 1, .integer(1)),
            ManagedObject(StandardObjectTypes.ifLastChange, row: 1, .timeTicks(0)),
        ]
    }
}
