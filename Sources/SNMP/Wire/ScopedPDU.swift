package import NIOCore

/// A PDU with the context that its objects belong to (RFC 3412 §6.8).
///
///     SEQUENCE
///     +-------------------+--------------+-----+
///     | context engine id | context name | PDU |
///     +-------------------+--------------+-----+
package struct ScopedPDU: Equatable, Sendable {
    /// Nil where the field is empty, as in a discovery, or holds no engine id.
    package var contextEngineID: EngineID?
    /// UTF-8; empty is the default context.
    package var contextName: [UInt8]
    package var pdu: PDU

    package init(contextEngineID: EngineID?, contextName: [UInt8] = [], pdu: PDU) {
        self.contextEngineID = contextEngineID
        self.contextName = contextName
        self.pdu = pdu
    }

    package init(contextEngineID: EngineID?, contextName: String, pdu: PDU) {
        self.init(contextEngineID: contextEngineID, contextName: Array(contextName.utf8), pdu: pdu)
    }

    /// Decodes the readable octets.
    package init(decoding scopedData: ByteBuffer) throws(SNMPDecodingError) {
        self = try scopedData.withUnsafeReadableBytes { (octets) throws(SNMPDecodingError) in try ScopedPDU(decoding: octets) }
    }

    /// Decodes `scopedData` of a message, or what it decrypts to. Octets after the element are a block cipher's padding, and ignored.
    init(decoding octets: UnsafeRawBufferPointer) throws(SNMPDecodingError) {
        var reader = try BERReader(octets)
        try self.init(from: &reader)
    }
}

extension ScopedPDU {
    init(from reader: inout BERReader) throws(SNMPDecodingError) {
        var body = try reader.readConstructed(.sequence)
        contextEngineID = EngineID(try body.readContents(.octetString))
        contextName = [UInt8](try body.readContents(.octetString))
        let tag = try body.peekTag()
        guard let kind = PDU.Kind(rawValue: tag.rawValue) else { throw body.error(.unexpectedTag(tag.rawValue)) }
        pdu = try PDU(kind, from: &body)
        try body.finish()
    }

    /// Writes the element, the first step of a message: `writer` has to be empty.
    func encode(into writer: inout BERWriter) {
        let mark = writer.count
        pdu.encode(into: &writer)
        writer.prepend(contextName, as: .octetString)
        if let contextEngineID {
            contextEngineID.withOctets { writer.prepend($0, as: .octetString) }
        } else {
            writer.prependHeader(.octetString, since: writer.count)
        }
        writer.prependHeader(.sequence, since: mark)
    }

    /// The octets of the element around a PDU of `pduLength` octets.
    static func encodedLength(contextEngineID: EngineID?, contextNameLength: Int, pduLength: Int) -> Int {
        let engineLength = contextEngineID.map { $0.withOctets { $0.count } } ?? 0
        return BER.elementLength(
            contents: BER.elementLength(contents: engineLength) + BER.elementLength(contents: contextNameLength) + pduLength)
    }
}

extension ScopedPDU {
    /// What can be told of a scoped PDU before it is decoded.
    struct Head {
        let isForEngine: Bool
        /// Whether the context name is empty.
        let isDefaultContext: Bool
        let kind: PDU.Kind

        init(_ octets: UnsafeRawBufferPointer, to engineID: EngineID) throws(SNMPDecodingError) {
            var body = try ScopedPDU.readBody(octets)
            isForEngine = engineID.matches(try body.readContents(.octetString))
            isDefaultContext = try body.readContents(.octetString).isEmpty
            let tag = try body.peekTag()
            guard let kind = PDU.Kind(rawValue: tag.rawValue) else { throw body.error(.unexpectedTag(tag.rawValue)) }
            self.kind = kind
        }
    }

    /// A reader of the PDU, which ends where the scoped PDU does.
    static func readPDU(_ octets: UnsafeRawBufferPointer) throws(SNMPDecodingError) -> BERReader {
        var body = try readBody(octets)
        _ = try body.readContents(.octetString)
        _ = try body.readContents(.octetString)
        return body
    }

    private static func readBody(_ octets: UnsafeRawBufferPointer) throws(SNMPDecodingError) -> BERReader {
        var reader = try BERReader(octets)
        return try reader.readConstructed(.sequence)
    }
}
