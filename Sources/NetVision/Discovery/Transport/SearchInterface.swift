import NIOCore

/// A network interface with the IPv4 networks that this machine is in by it.
package struct SearchInterface: Sendable, Equatable {
    package let name: String
    /// The broadcast addresses of its networks, in host order.
    package let broadcasts: [UInt32]
    package let isLoopback: Bool

    private static let everybody = UInt32.max
    private static let loopbackBroadcast: UInt32 = 0x7FFF_FFFF

    /// Where a broadcast by this interface goes: the loopback network has one of its own, and knows no other.
    var destinations: [UInt32] { isLoopback ? [Self.loopbackBroadcast] : [Self.everybody] + broadcasts }

    /// Those with an IPv4 address, by name.
    package static func all() -> [SearchInterface] {
        let devices = (try? System.enumerateDevices()) ?? []
        var names: [String] = []
        for device in devices where device.address?.protocol == .inet && !names.contains(device.name) { names.append(device.name) }
        return names.sorted().map { name in
            let own = devices.filter { $0.name == name }.compactMap(network)
            return SearchInterface(
                name: name, broadcasts: own.map { $0.address | ~$0.mask }.filter { $0 != everybody },
                isLoopback: own.contains { $0.address >> 24 == 127 })
        }
    }

    private static func network(_ device: NIONetworkDevice) -> (address: UInt32, mask: UInt32)? {
        guard let address = device.address?.ipAddress.flatMap(AddressRange.number),
            let mask = device.netmask?.ipAddress.flatMap(AddressRange.number)
        else { return nil }
        // A network of one or two stations has no broadcast address.
        return (address, mask >= 0xFFFF_FFFE ? 0 : mask)
    }

    /// The interfaces with these names; all if there are none. Throws `SearchError.noInterface`.
    package static func named(_ names: [String]) throws(SearchError) -> [SearchInterface] {
        let all = all()
        guard !names.isEmpty else { return all }
        var chosen: [SearchInterface] = []
        for name in names {
            guard let interface = all.first(where: { $0.name == name }) else {
                throw SearchError.noInterface(name, known: all.map(\.name))
            }
            if !chosen.contains(interface) { chosen.append(interface) }
        }
        return chosen
    }
}
