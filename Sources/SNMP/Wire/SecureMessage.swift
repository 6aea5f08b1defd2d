package import NIOCore

/// The envelope of an SNMPv3 message with the user-based security model (RFC 3412 §6, RFC 3414 §2.4).
///
///     SEQUENCE
///     +-----------+-------------------+------------------------+-------------------------------+
///     | version 3 | header SEQUENCE   | OCTET STRING around    | scoped PDU SEQUENCE, or an    |
///     |           |                   | parameters SEQUENCE    | OCTET STRING with it encrypted|
///     +-----------+-------------------+------------------------+-------------------------------+
///
///     header      | msgID | msgMaxSize ≥ 484 | msgFlags: 1 octet | msgSecurityModel 3 |
///     parameters  | engine id | boots | time | user name ≤ 32 | authentication parameters | privacy parameters |
///
/// Decoding allocates nothing: what is of variable length is a range of the datagram. Ranges always lie within `0..<length`, and the
/// datagram is that long at least. What the message claims is not to be believed before `LocalizedUser.isAuthentic`.
package struct SecureMessage: Equatable, Sendable {
    /// msgSecurityModel of the user-based security model (RFC 3411 §5).
    package static let userBasedModel: Int32 = 3
    /// The least that every engine accepts (RFC 3412 §6).
    package static let minimumMaximumSize: Int32 = 484
    package static let maximumUserNameLength = 32

    package let messageID: Int32
    /// The longest message that the sender accepts, in octets.
    package let maximumSize: Int32
    package let level: SecurityLevel
    /// Whether the sender wants a report if the message can't be processed.
    package let isReportable: Bool
    /// The authoritative engine. May be empty, or of a length that no engine id has: who gets that answers with a report (RFC 3414 §3.2).
    package let engineID: Range<Int>
    /// How often the authoritative engine has started, 0 … 2³¹ − 1.
    package let boots: Int32
    /// Seconds since then, 0 … 2³¹ − 1.
    package let time: Int32
    package let userName: Range<Int>
    package let authenticationParameters: Range<Int>
    package let privacyParameters: Range<Int>
    /// The whole scoped PDU element; if `level` is authPriv, its ciphertext.
    package let scopedData: Range<Int>
    /// The message's octets. What follows them in the datagram is ignored: some agents pad.
    package let length: Int

    /// Decodes the readable octets of a datagram.
    package init(decoding datagram: ByteBuffer) throws(SNMPDecodingError) {
        self = try datagram.withUnsafeReadableBytes { (octets) throws(SNMPDecodingError) in try SecureMessage(octets) }
    }

    init(_ octets: UnsafeRawBufferPointer) throws(SNMPDecodingError) {
        var reader = try BERReader(octets)
        var body = try reader.readConstructed(.sequence)
        length = reader.offset
        let start = body
        let version = try body.readInt32()
        guard version == SNMPVersion.v3.rawValue else { throw start.error(.unsupportedVersion(Int64(version))) }

        var header = try body.readConstructed(.sequence)
        messageID = try header.readNonnegative()
        maximumSize = try header.readNonnegative(atLeast: Self.minimumMaximumSize)
        let flags = try header.readFlags()
        guard let level = SecurityLevel(flags: flags) else { throw header.error(.invalidFlags) }
        self.level = level
        isReportable = flags & SecurityLevel.reportableFlag != 0
        let model = try header.readNonnegative(atLeast: 1)
        guard model == Self.userBasedModel else { throw header.error(.unknownSecurityModel(model)) }
        try header.finish()

        var wrapped = try body.readConstructed(.octetString)
        var parameters = try wrapped.readConstructed(.sequence)
        try wrapped.finish()
        engineID = try parameters.readRange(.octetString)
        boots = try parameters.readNonnegative()
        time = try parameters.readNonnegative()
        userName = try parameters.readRange(.octetString)
        guard userName.count <= Self.maximumUserNameLength else { throw parameters.error(.malformedValue) }
        authenticationParameters = try parameters.readRange(.octetString)
        privacyParameters = try parameters.readRange(.octetString)
        try parameters.finish()

        let scopedStart = body.offset
        let contents = try body.readRange(level.isEncrypted ? .octetString : .sequence)
        scopedData = level.isEncrypted ? contents : scopedStart..<contents.upperBound
        try body.finish()
    }
}

extension SecureMessage {
    /// The authoritative engine; nil if the field is empty or no engine id.
    package func engineID(in octets: UnsafeRawBufferPointer) -> EngineID? { slice(engineID, of: octets).flatMap { EngineID($0) } }

    /// The octets of a range; nil if `octets` are not those that the message was decoded from, but fewer.
    func slice(_ range: Range<Int>, of octets: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard range.upperBound <= octets.count else { return nil }
        return UnsafeRawBufferPointer(rebasing: octets[range])
    }
}

extension BERReader {
    /// An element's contents as offsets in the message.
    fileprivate mutating func readRange(_ tag: BERTag) throws(SNMPDecodingError) -> Range<Int> {
        let length = try readContents(tag).count
        return offset - length..<offset
    }

    fileprivate mutating func readNonnegative(atLeast minimum: Int32 = 0) throws(SNMPDecodingError) -> Int32 {
        let start = self
        let value = try readInt32()
        guard value >= minimum else { throw start.error(.integerOutOfRange) }
        return value
    }

    fileprivate mutating func readFlags() throws(SNMPDecodingError) -> UInt8 {
        let start = self
        let contents = try readContents(.octetString)
        guard contents.count == 1 else { throw start.error(.invalidFlags) }
        return contents[0]
    }
}
