/// A station of the local network that this machine has talked to lately.
package struct NeighbourEntry: Sendable, Equatable {
    package let address: UInt32
    package let mac: HardwareAddress
    package let interface: String

    /// The vendor's prefix, 00:E0:D8.
    package static let netVisionPrefix: [UInt8] = [0x00, 0xE0, 0xD8]

    package var isCard: Bool { mac.octets.starts(with: Self.netVisionPrefix) }

    /// The complete entries of `/proc/net/arp`: a table of words, a line for each station.
    ///
    /// ```
    /// IP address       HW type     Flags       HW address            Mask     Device
    /// 10.9.0.17        0x1         0x2         00:e0:d8:ff:c1:90     *        eth0
    /// ```
    package static func entries(_ table: String) -> [NeighbourEntry] {
        table.split(separator: "\n").dropFirst().compactMap { line in
            let words = line.split(separator: " ")
            // Flag 2: the address is known (linux/if_arp.h, ATF_COM).
            guard words.count == 6, let address = AddressRange.number(words[0]), words[1] == "0x1",
                let flags = UInt32(words[2].dropFirst(2), radix: 16), flags & 2 != 0, let mac = HardwareAddress(words[3]),
                mac.octets.contains(where: { $0 != 0 })
            else { return nil }
            return NeighbourEntry(address: address, mac: mac, interface: String(words[5]))
        }
    }

    /// As a search tells it. The card's generation is not known from it.
    var sighting: Sighting {
        Sighting(
            address: AddressRange.text(address), method: .neighbours, mac: "\(mac)",
            identity: CardIdentity(generation: .unknown, mac: "\(mac)"), evidence: ["has the MAC \(mac) on \(interface)"])
    }
}
