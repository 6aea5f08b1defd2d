/// The name of an SNMP engine, unique within a network: 5 to 32 octets (RFC 3411 §5, SnmpEngineID).
///
///     +--------------------------+--------+---------------------------------------------+
///     | 1 + enterprise (4 octets) | format | 1 IPv4, 2 IPv6, 3 MAC, 4 text, 5 octets …   |
///     +--------------------------+--------+---------------------------------------------+
package struct EngineID: Hashable, Sendable, CustomStringConvertible {
    package static let lengths = 5...32

    private let inline: InlineOctets

    /// Nil unless there are 5 to 32 octets.
    package init?(octets: some Sequence<UInt8>) {
        guard let inline = InlineOctets(octets), Self.lengths.contains(inline.count) else { return nil }
        self.inline = inline
    }

    init?(_ octets: UnsafeRawBufferPointer) {
        guard let inline = InlineOctets(octets), Self.lengths.contains(inline.count) else { return nil }
        self.inline = inline
    }

    /// The engine of a device by its MAC address: format 3.
    /// - Parameters:
    ///   - enterprise: the maker's number at IANA.
    ///   - mac: six octets.
    package static func mac(enterprise: UInt32, _ mac: [UInt8]) -> EngineID {
        let maker = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: (enterprise | 0x8000_0000) >> UInt32($0)) }
        guard mac.count == 6, let id = EngineID(octets: maker + [3] + mac) else {
            preconditionFailure("a MAC address has six octets")
        }
        return id
    }

    package var octets: [UInt8] { withOctets { [UInt8]($0) } }

    func withOctets<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result { inline.withOctets(body) }

    /// Whether these are the octets of the id.
    func matches(_ octets: UnsafeRawBufferPointer) -> Bool { withOctets { $0.elementsEqual(octets) } }

    /// In hexadecimal: 80:00:11:cb:03:00:e0:d8:ff:c1:90.
    package var description: String {
        octets.map { String($0 >> 4, radix: 16) + String($0 & 0xF, radix: 16) }.joined(separator: ":")
    }
}
