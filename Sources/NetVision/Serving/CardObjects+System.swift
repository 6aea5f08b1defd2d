import PowerDevice
package import SNMP

extension CardObjects {
    /// The system group (RFC 3418 §2), with a sysORTable in which CardAgent names itself.
    ///
    /// - Parameter uptime: Hundredths of a second since the agent started, asked for at each request.
    package func system(uptime: @escaping @Sendable () -> UInt32) -> [ManagedObject] {
        let capabilities = SystemObjects.capabilities
        return [
            ManagedObject(SystemObjects.description, .text(CardFacts.description)),
            ManagedObject(SystemObjects.objectID, .objectIdentifier(objectID)),
            ManagedObject(SystemObjects.uptime) { .timeTicks(uptime()) },
            ManagedObject(SystemObjects.contact, .text(facts.systemContact)),
            ManagedObject(SystemObjects.name, .text(facts.systemName)),
            ManagedObject(SystemObjects.location, .text(facts.systemLocation)),
            ManagedObject(SystemObjects.services, .integer(CardFacts.services)),
            ManagedObject("1.3.6.1.2.1.1.8.0", .timeTicks(0)),
            ManagedObject(capabilities.appending(2, 1), .objectIdentifier("1.3.6.1.2.1.33")),
            ManagedObject(capabilities.appending(3, 1), .text("\(CardIdentity.cardAgentMark) \(facts.firmware)")),
            ManagedObject(capabilities.appending(4, 1), .timeTicks(0)),
        ]
    }

    private var objectID: OID {
        switch state.kind {
        case .ups: CardObjectIDs.netVision7
        case .sts: CardObjectIDs.transferSwitch
        }
    }

    /// The interfaces group (RFC 2863) with the card's one Ethernet interface, for the sake of its MAC address.
    package func interfaces() -> [ManagedObject] {
        let interfaces = SystemObjects.interfaces
        let row = interfaces.appending(2, 1)
        return [
            ManagedObject(interfaces.appending(1, 0), .integer(1)),
            ManagedObject(row.appending(1, 1), .integer(1)),
            ManagedObject(row.appending(2, 1), .text("eth0")),
            // ethernetCsmacd, MTU, 100 Mb/s, up and up.
            ManagedObject(row.appending(3, 1), .integer(6)),
            ManagedObject(row.appending(4, 1), .integer(1500)),
            ManagedObject(row.appending(5, 1), .gauge32(100_000_000)),
            ManagedObject(row.appending(6, 1), .octetString(facts.mac)),
            ManagedObject(row.appending(7, 1), .integer(1)),
            ManagedObject(row.appending(8, 1), .integer(1)),
            ManagedObject(row.appending(9, 1), .timeTicks(0)),
        ]
    }
}
