/// An IP address and port in the form that is cheapest to compare and to hash: an IPv4 address stands as an IPv4-mapped IPv6 address.
struct PeerAddress: Hashable, Sendable {
    /// The IPv6 address's first eight octets, in network order.
    let high: UInt64
    /// Its last eight.
    let low: UInt64
    let port: UInt16
    /// The interface of a link-local address; 0 for any other.
    let scope: UInt32

    init(high: UInt64, low: UInt64, port: UInt16, scope: UInt32 = 0) {
        self.high = high
        self.low = low
        self.port = port
        self.scope = scope
    }

    /// - Parameter ipv4: `0x7F000001` is 127.0.0.1.
    init(ipv4: UInt32, port: UInt16) {
        self.init(high: 0, low: 0xFFFF << 32 | UInt64(ipv4), port: port)
    }

    /// The address as a 32-bit number, if it is one of IPv4.
    var ipv4: UInt32? { high == 0 && low >> 32 == 0xFFFF ? UInt32(truncatingIfNeeded: low) : nil }

    /// 224.0.0.0/4 or ff00::/8.
    var isMulticast: Bool { ipv4.map { $0 >> 28 == 0xE } ?? (high >> 56 == 0xFF) }
}
