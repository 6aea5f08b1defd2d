/// A GET of the same objects from many agents: encoded once for all of them, and recognised by its octets in their responses.
///
/// Make one per set of names and keep it. A response to it costs one allocation and no object identifier: names are compared as they stand
/// in the datagram, and only the values are decoded.
package final class PreparedRead: Sendable {
    package let names: [OID]
    let pdu: EncodedPDU
    /// The BER elements of the names, one after the other.
    private let nameElements: [UInt8]
    private let nameLengths: [Int]

    package init(_ names: [OID]) {
        self.names = names
        pdu = EncodedPDU(PDU(.get, names: names))
        var elements: [UInt8] = []
        nameLengths = names.map { name in
            var writer = BERWriter(capacity: 64)
            writer.prepend(name)
            elements += writer.written
            return writer.count
        }
        nameElements = elements
    }

    /// The values of a response's list of bindings, in the order of the names; nil if the response has other names.
    func values(in bindings: BERReader) throws(SNMPDecodingError) -> [SNMPValue]? {
        var bindings = bindings
        var values: [SNMPValue] = []
        values.reserveCapacity(nameLengths.count)
        let matches = try nameElements.withUnsafeBufferPointer { (elements) throws(SNMPDecodingError) in
            let elements = UnsafeRawBufferPointer(elements)
            var offset = 0
            for length in nameLengths {
                guard !bindings.isAtEnd else { return false }
                var pair = try bindings.readConstructed(.sequence)
                guard pair.skip(UnsafeRawBufferPointer(rebasing: elements[offset..<offset + length])) else { return false }
                values.append(try SNMPValue(from: &pair))
                try pair.finish()
                offset += length
            }
            return bindings.isAtEnd
        }
        return matches ? values : nil
    }
}
