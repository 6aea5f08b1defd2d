/// The value of a managed object, or the reason why there is none (RFC 2578 §7.1, RFC 3416 §3).
package enum SNMPValue: Hashable, Sendable {
    /// INTEGER and Integer32.
    case integer(Int32)
    case octetString([UInt8])
    case null
    indirect case objectIdentifier(OID)
    case ipAddress(IPAddress)
    /// Wraps at 2³².
    case counter32(UInt32)
    /// Gauge32 and Unsigned32.
    case gauge32(UInt32)
    /// Hundredths of a second; wraps after 497 days.
    case timeTicks(UInt32)
    case opaque([UInt8])
    /// Wraps at 2⁶⁴; v1 has no such type.
    case counter64(UInt64)
    /// The agent knows no object type of this name (v2c only).
    case noSuchObject
    /// The object type exists, this instance does not (v2c only).
    case noSuchInstance
    /// No object follows this name (v2c only).
    case endOfMibView

    /// An IPv4 address, four octets in network order.
    package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
        package let rawValue: UInt32

        package init(rawValue: UInt32) { self.rawValue = rawValue }
        package init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
            rawValue = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
        }

        package var octets: [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: rawValue >> UInt32($0)) } }
        package var description: String { octets.map(String.init).joined(separator: ".") }
    }
}

extension SNMPValue {
    /// An octet string of the text's UTF-8.
    package static func text(_ text: String) -> SNMPValue { .octetString(Array(text.utf8)) }

    /// Whether this stands where a value is missing.
    package var isException: Bool {
        switch self {
        case .noSuchObject, .noSuchInstance, .endOfMibView: true
        case .integer, .octetString, .null, .objectIdentifier, .ipAddress, .counter32, .gauge32, .timeTicks, .opaque, .counter64: false
        }
    }

    /// The number, whichever numeric type it has. A Counter64 above `Int64.max` has none.
    package var number: Int64? {
        switch self {
        case .integer(let value): Int64(value)
        case .counter32(let value), .gauge32(let value), .timeTicks(let value): Int64(value)
        case .counter64(let value): Int64(exactly: value)
        case .octetString, .null, .objectIdentifier, .ipAddress, .opaque, .noSuchObject, .noSuchInstance, .endOfMibView: nil
        }
    }

    /// An octet string as text; octets that are not UTF-8 become U+FFFD.
    package var text: String? {
        guard case .octetString(let octets) = self else { return nil }
        return String(decoding: octets, as: UTF8.self)
    }

    package var oid: OID? {
        guard case .objectIdentifier(let oid) = self else { return nil }
        return oid
    }
}
