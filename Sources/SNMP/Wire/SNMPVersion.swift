/// The version field of a message: SNMPv1 is RFC 1157, SNMPv2c RFC 1901, SNMPv3 RFC 3412.
package enum SNMPVersion: Int32, Sendable, CaseIterable {
    case v1 = 0
    case v2c = 1
    /// Has an envelope of its own, `SecureMessage`.
    case v3 = 3
}

/// A community name: v1's and v2c's only secret, hence never printed.
package struct Community: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let octets: [UInt8]

    package init(octets: [UInt8]) { self.octets = octets }
    package init(_ name: String) { octets = Array(name.utf8) }
    package init(stringLiteral value: String) { self.init(value) }

    package var description: String { "(community)" }
}
