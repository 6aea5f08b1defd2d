import NIOCore
import NetVision

/// Who a card that runs alone is: what the command line says, else what its settings say, else something sensible.
struct CardIdentityChoice {
    let state: String
    let mac: String?
    let address: String?

    func plan(_ options: CardOptions) throws -> CardPlan {
        let mac = try mac.flatMap { HardwareAddress($0) } ?? SettingsFileStore(directory: state).mac() ?? Self.newAddress()
        let number = address.flatMap(AddressRange.number) ?? Self.firstAddress() ?? Self.loopback
        return CardPlan(
            mac: mac, portOffset: options.offset,
            network: NetworkSettings(address: number, mask: Self.mask(of: number) ?? 0xFFFF_FF00), systemName: "Net Vision",
            directory: state, trustedKeys: try options.trustedKeys(), users: try options.users(),
            trapReceivers: try options.trapReceivers(),
            seed: mac.octets.reduce(0) { $0 << 8 | UInt64($1) })
    }

    private static let loopback: UInt32 = 0x7F00_0001

    /// Socomec's prefix, and three octets by chance; the settings keep it.
    private static func newAddress() -> HardwareAddress {
        HardwareAddress(octets: (0x00, 0xE0, 0xD8, .random(in: 0...255), .random(in: 0...255), .random(in: 0...255)))
    }

    /// This machine's first address that others can reach.
    private static func firstAddress() -> UInt32? { addresses().first { $0.address >> 24 != 127 }?.address }

    private static func mask(of address: UInt32) -> UInt32? {
        if address >> 24 == 127 { return 0xFF00_0000 }
        return addresses().first { $0.address == address }?.mask
    }

    private static func addresses() -> [(address: UInt32, mask: UInt32)] {
        guard let devices = try? System.enumerateDevices() else { return [] }
        return devices.compactMap { device in
            guard let address = device.address?.ipAddress.flatMap(AddressRange.number),
                let mask = device.netmask?.ipAddress.flatMap(AddressRange.number)
            else { return nil }
            return (address, mask)
        }
    }
}
