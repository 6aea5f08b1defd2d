/// How a card was found.
package enum DiscoveryMethod: String, Sendable, Codable, CaseIterable {
    /// It announced itself by the LAN protocol.
    case lan
    /// Its SNMP agent answered.
    case snmp
    /// It answered a UPnP search.
    case ssdp
    /// It answered a BACnet Who-Is.
    case bacnet
    /// Its Modbus TCP server has the register map of a UPS or STS.
    case modbus
    /// Its MAC stands in this machine's neighbour table.
    case neighbours
    /// It sent a notification without being asked.
    case trap
    /// Somebody listed it in a file.
    case `import`

    /// Those that can be told to look.
    package static let active: [DiscoveryMethod] = [.lan, .snmp, .ssdp, .bacnet, .modbus, .neighbours]
    /// Those that a search takes when none are named: Modbus would take a card's only connection for a moment.
    package static let standard: [DiscoveryMethod] = [.lan, .snmp, .ssdp, .bacnet, .neighbours]
    /// Those that hear of cards without being told where to look, by broadcasts or from the kernel.
    package var hearsNetworks: Bool {
        switch self {
        case .lan, .ssdp, .bacnet, .neighbours: true
        case .snmp, .modbus, .trap, .import: false
        }
    }

    /// Those that send something to each address of the ranges; the others hear the networks that this machine is in.
    package var asksEachAddress: Bool {
        switch self {
        case .lan, .snmp, .ssdp, .bacnet, .modbus: true
        case .neighbours, .trap, .import: false
        }
    }
}
