import CDatagram
import NIOCore

extension PeerAddress {
    init(_ peer: peer) { self.init(high: peer.high, low: peer.low, port: peer.port, scope: peer.scope) }

    /// Nil for what is no IP address.
    init?(_ address: SocketAddress) {
        var peer = peer()
        guard address.withSockAddr({ pointer, _ in peer_read(pointer, &peer) }) else { return nil }
        self.init(peer)
    }

    var raw: peer { peer(high: high, low: low, scope: scope, port: port) }

    var socketAddress: SocketAddress {
        var octets = ByteBuffer()
        if let ipv4 {
            octets.writeInteger(ipv4)
        } else {
            octets.writeMultipleIntegers(high, low)
        }
        do {
            return try SocketAddress(packedIPAddress: octets, port: Int(port))
        } catch {
            preconditionFailure("four or sixteen octets are an IP address")
        }
    }
}
