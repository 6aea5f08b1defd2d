import NIOCore
import NetVision

extension DiscoverySearch {
    /// Asks by broadcast, and each address of the ranges: routers pass no broadcasts.
    func searchLAN(_ discovery: Discovery, _ order: DiscoveryOrder, _ found: FoundCards) async throws {
        let addresses = LANBroadcasts.addresses(for: order.ranges) + order.ranges.flatMap(\.addresses)
        try await lan.discover(addresses) { finding in
            let announcement = finding.announcement
            try await note(
                CardFinding(address: AddressRange.text(announcement.network.address), identity: CardIdentity(announcement), access: nil),
                discovery, order, found)
        }
        progress.update(discovery.id) { $0.lan = order.ranges.reduce(0) { $0 + $1.count } }
        await publish(discovery.id)
    }
}

/// The broadcast addresses of this machine's networks.
enum LANBroadcasts {
    /// For a search within the loopback network only that: nothing leaves the machine.
    static func addresses(for ranges: [AddressRange]) -> [String] {
        let isLoopback = { (range: AddressRange) in range.first >> 24 == 127 && range.last >> 24 == 127 }
        if !ranges.isEmpty, ranges.allSatisfy(isLoopback) { return ["127.255.255.255"] }
        let devices = (try? System.enumerateDevices()) ?? []
        return ["127.255.255.255"] + Set(devices.compactMap { $0.broadcastAddress?.ipAddress }).sorted()
    }
}
