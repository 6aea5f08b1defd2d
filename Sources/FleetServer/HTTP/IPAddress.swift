import Glibc

/// An IP address, to compare it. One of IPv4 stands as an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2), as which a socket for both gives it.
struct IPAddress: Sendable, Hashable {
    let bits: UInt128

    /// `10.1.0.5` or `2001:db8::5`; nil for what is neither.
    init?(_ text: String) {
        if let four = Self.octets(of: text, AF_INET, 4) {
            bits = 0xFFFF << 32 | four
        } else if let six = Self.octets(of: text, AF_INET6, 16) {
            bits = six
        } else {
            return nil
        }
    }

    private static func octets(of text: String, _ family: CInt, _ count: Int) -> UInt128? {
        var octets = [UInt8](repeating: 0, count: count)
        guard inet_pton(family, text, &octets) == 1 else { return nil }
        return octets.reduce(0) { $0 << 8 | UInt128($1) }
    }

    var isIPv4: Bool { bits >> 32 == 0xFFFF }

    /// What one host can be taken to have: an IPv4 address, or an IPv6 network of 64 bits.
    var host: UInt128 { isIPv4 ? bits : bits & .max << 64 }
}

/// An address, or all that begin like it: `10.1.0.5`, `10.1.0.0/16`, `2001:db8::/32`.
struct IPNetwork: Sendable, Hashable {
    private let bits: UInt128
    private let mask: UInt128

    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first.flatMap({ IPAddress(String($0)) }) else { return nil }
        let width = address.isIPv4 ? 32 : 128
        guard let length = parts.count == 1 ? width : Int(parts[1]), (0...width).contains(length) else { return nil }
        mask = .max << (width - length)
        bits = address.bits & mask
    }

    func contains(_ address: IPAddress) -> Bool { address.bits & mask == bits }
}
