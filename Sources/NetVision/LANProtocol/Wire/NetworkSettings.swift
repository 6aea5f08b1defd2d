/// A card's IPv4 settings.
package struct NetworkSettings: Sendable, Hashable, Codable {
    /// Addresses as numbers in host order; see `AddressRange.text(_:)`.
    package var address: UInt32
    package var mask: UInt32
    /// 0 for none.
    package var gateway: UInt32
    /// The settings come from a DHCP server; address, mask and gateway are then what it gave, or what serves without one.
    package var usesDHCP: Bool

    package init(address: UInt32, mask: UInt32, gateway: UInt32 = 0, usesDHCP: Bool = false) {
        self.address = address
        self.mask = mask
        self.gateway = gateway
        self.usesDHCP = usesDHCP
    }

    /// Why a card can't live with these settings, in words; nil when it can.
    package var problem: String? {
        if usesDHCP { return nil }
        if (~mask & (~mask &+ 1)) != 0 || mask == 0 { return "The mask \(AddressRange.text(mask)) has gaps or is empty." }
        if let problem = Self.problem(ofHost: address, mask: mask) { return "The address \(AddressRange.text(address)) \(problem)." }
        guard gateway != 0 else { return nil }
        if let problem = Self.problem(ofHost: gateway, mask: mask) { return "The gateway \(AddressRange.text(gateway)) \(problem)." }
        if gateway & mask != address & mask { return "The gateway is not in the network of the address." }
        return gateway == address ? "The gateway is the card's own address." : nil
    }

    /// Whether a datagram to `host` needs no gateway.
    package func reaches(_ host: UInt32) -> Bool { host & mask == address & mask }

    private static func problem(ofHost host: UInt32, mask: UInt32) -> String? {
        switch host >> 24 {
        case 0: return "is no address of a host"
        case 224...: return "is no address of a single host"
        default: break
        }
        guard mask < 0xFFFF_FFFE else { return nil }
        if host & ~mask == 0 { return "is the address of its network" }
        return host & ~mask == ~mask ? "is the broadcast address of its network" : nil
    }
}

extension NetworkSettings {
    /// Reads dotted addresses; nil if one of them is none.
    package init?(address: String, mask: String, gateway: String?, usesDHCP: Bool) {
        guard let address = AddressRange.number(address), let mask = AddressRange.number(mask) else { return nil }
        let gateway = gateway.map { $0.isEmpty ? 0 : AddressRange.number($0) } ?? 0
        guard let gateway else { return nil }
        self.init(address: address, mask: mask, gateway: gateway, usesDHCP: usesDHCP)
    }
}
