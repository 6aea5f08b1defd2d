/// The identifier octet of a BER element. SNMP needs no tag number above 30, hence one octet always does (X.690 §8.1.2).
struct BERTag: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt8

    init(rawValue: UInt8) { self.rawValue = rawValue }

    static let integer = BERTag(rawValue: 0x02)
    static let octetString = BERTag(rawValue: 0x04)
    static let null = BERTag(rawValue: 0x05)
    static let objectIdentifier = BERTag(rawValue: 0x06)
    static let sequence = BERTag(rawValue: 0x30)

    // Application-wide types (RFC 2578 §7.1).
    static let ipAddress = BERTag(rawValue: 0x40)
    static let counter32 = BERTag(rawValue: 0x41)
    static let gauge32 = BERTag(rawValue: 0x42)
    static let timeTicks = BERTag(rawValue: 0x43)
    static let opaque = BERTag(rawValue: 0x44)
    static let counter64 = BERTag(rawValue: 0x46)
    /// UInteger32 of the historic RFC 1442, read as a Gauge32.
    static let uinteger32 = BERTag(rawValue: 0x47)

    // Exceptions in place of a value (RFC 3416 §3).
    static let noSuchObject = BERTag(rawValue: 0x80)
    static let noSuchInstance = BERTag(rawValue: 0x81)
    static let endOfMibView = BERTag(rawValue: 0x82)

    static let trapV1 = BERTag(rawValue: 0xA4)
}
