/// A request's octets, encoded once and sent often: only the request id, of four octets always, changes from one time to the next.
struct EncodedPDU: Sendable {
    /// Ids whose shortest form has four octets.
    static let requestIDs: ClosedRange<Int32> = 0x0100_0000...Int32.max

    let kind: PDU.Kind
    let octets: [UInt8]
    /// Where the four octets of the id are.
    let idOffset: Int

    init(_ pdu: PDU) {
        var pdu = pdu
        pdu.requestID = Self.requestIDs.lowerBound
        var writer = BERWriter()
        pdu.encode(into: &writer)
        kind = pdu.kind
        octets = Array(writer.written)
        // Tag, length (of one octet, or of the octets that its first counts), and the id's own tag and length.
        idOffset = 1 + (octets[1] < 0x80 ? 1 : 1 + Int(octets[1] & 0x7F)) + 2
    }
}

extension BERWriter {
    /// Puts a request before everything that was written, with `id` for its request id.
    mutating func prepend(_ pdu: EncodedPDU, id: Int32) {
        pdu.octets.withUnsafeBytes { prepend($0) }
        overwrite(UInt32(bitPattern: id), at: pdu.idOffset)
    }
}
