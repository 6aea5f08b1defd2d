package import NIOCore

/// A message of SNMPv1 or SNMPv2c (RFC 1157 §4, RFC 1901 §3).
///
///     SEQUENCE
///     +----------------+-----------+--------------------+
///     | version 0 or 1 | community | PDU or v1 trap PDU |
///     +----------------+-----------+--------------------+
package struct CommunityMessage: Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        case pdu(PDU)
        case trapV1(TrapV1)
    }

    package var version: SNMPVersion
    package var community: Community
    package var content: Content

    package init(_ version: SNMPVersion, _ community: Community, _ content: Content) {
        self.version = version
        self.community = community
        self.content = content
    }

    package init(_ version: SNMPVersion, _ community: Community, _ pdu: PDU) {
        self.init(version, community, .pdu(pdu))
    }

    /// Decodes the readable octets of a datagram. Octets after the message are ignored: some agents pad.
    package init(decoding datagram: ByteBuffer) throws(SNMPDecodingError) {
        self = try datagram.withUnsafeReadableBytes { (octets) throws(SNMPDecodingError) in
            var reader = try BERReader(octets)
            return try CommunityMessage(from: &reader)
        }
    }

    package func encoded() -> ByteBuffer {
        var writer = BERWriter()
        return encoded(with: &writer)
    }

    /// Encodes with a writer whose memory the caller keeps.
    func encoded(with writer: inout BERWriter) -> ByteBuffer {
        writer.reset()
        encode(into: &writer)
        return ByteBuffer(bytes: writer.written)
    }
}

extension CommunityMessage {
    init(from reader: inout BERReader) throws(SNMPDecodingError) {
        var body = try reader.readConstructed(.sequence)
        let start = body
        let number = try body.readInt32()
        guard let version = SNMPVersion(rawValue: number), version != .v3 else { throw start.error(.unsupportedVersion(Int64(number))) }
        self.version = version
        community = Community(octets: [UInt8](try body.readContents(.octetString)))
        let tag = try body.peekTag()
        if let kind = PDU.Kind(rawValue: tag.rawValue) {
            content = .pdu(try PDU(kind, from: &body))
        } else if tag == .trapV1 {
            content = .trapV1(try TrapV1(from: &body))
        } else {
            throw body.error(.unexpectedTag(tag.rawValue))
        }
        try body.finish()
    }

    func encode(into writer: inout BERWriter) {
        switch content {
        case .pdu(let pdu): pdu.encode(into: &writer)
        case .trapV1(let trap): trap.encode(into: &writer)
        }
        writer.prepend(community.octets, as: .octetString)
        writer.prepend(Int64(version.rawValue))
        writer.prependHeader(.sequence, since: 0)
    }

    /// The octets of a message around a PDU of `pduLength` octets.
    static func encodedLength(communityLength: Int, pduLength: Int) -> Int {
        BER.elementLength(contents: 3 + BER.elementLength(contents: communityLength) + pduLength)
    }
}
