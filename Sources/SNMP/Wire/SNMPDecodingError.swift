/// Why received bytes are not an SNMP message: the only error that `Wire/` throws.
package struct SNMPDecodingError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        /// The bytes end before the element does.
        case truncated
        /// The message is longer than any UDP datagram.
        case tooLong
        /// More constructed elements inside each other than any SNMP message has.
        case tooDeep
        /// X.690 §8.1.3.6, which SNMP forbids (RFC 3417 §8).
        case indefiniteLength
        /// A length of more than four octets.
        case lengthOutOfRange
        case unexpectedTag(UInt8)
        /// An integer without octets, or with a value beyond its type.
        case integerOutOfRange
        /// More than 128 arcs, an arc beyond 32 bits, an unfinished or padded arc.
        case malformedOID
        /// The contents have a length that the type does not allow.
        case malformedValue
        /// An element goes on after its last field.
        case trailingOctets
        /// An SNMP version that this decoder does not know.
        case unsupportedVersion(Int64)
        /// The msgFlags of a v3 message are not one octet, or ask for privacy without authentication (RFC 3412 §6.4).
        case invalidFlags
        /// A v3 message of another security model than the user-based one (RFC 3412 §6.5).
        case unknownSecurityModel(Int32)
    }

    package let reason: Reason
    /// The octet, counted from the start of the message, at which decoding stopped.
    package let offset: Int

    package var description: String { "\(reason) at octet \(offset)" }
}
