package import NIOCore

/// Where a card's reply goes: to who asked, and to everybody where the asker can't be reached otherwise.
package enum LANReplyRoute {
    /// A card whose address is foreign in the network it sits in gets broadcasts, but its unicasts go to a gateway that is not there. So a
    /// request that came by broadcast from outside the card's network is answered both ways; who asks takes the first answer.
    package static func destinations(to peer: SocketAddress, cameByBroadcast: Bool, network: NetworkSettings) -> [SocketAddress] {
        guard cameByBroadcast, let host = peer.ipAddress.flatMap(AddressRange.number), !network.reaches(host), let port = peer.port,
            let everybody = try? SocketAddress(ipAddress: broadcast(of: network.address), port: port)
        else { return [peer] }
        return [peer, everybody]
    }

    /// The loopback network has a broadcast address of its own: nothing leaves the machine.
    package static func broadcast(of address: UInt32) -> String { address >> 24 == 127 ? "127.255.255.255" : "255.255.255.255" }
}
