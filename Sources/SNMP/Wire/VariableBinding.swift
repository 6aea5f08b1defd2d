/// The name of an object instance with its value (RFC 3416 §3).
///
///     SEQUENCE { name OBJECT IDENTIFIER, value ANY }
package struct VariableBinding: Hashable, Sendable {
    package var name: OID
    package var value: SNMPValue

    package init(_ name: OID, _ value: SNMPValue = .null) {
        self.name = name
        self.value = value
    }
}

extension VariableBinding {
    init(from reader: inout BERReader) throws(SNMPDecodingError) {
        var pair = try reader.readConstructed(.sequence)
        name = try pair.readOID()
        value = try SNMPValue(from: &pair)
        try pair.finish()
    }

    func encode(into writer: inout BERWriter) {
        let mark = writer.count
        value.encode(into: &writer)
        writer.prepend(name)
        writer.prependHeader(.sequence, since: mark)
    }

    /// The octets of the whole BER element.
    var encodedLength: Int { BER.elementLength(contents: name.encodedLength + value.encodedLength) }
}

extension [VariableBinding] {
    /// Reads a list as long as its element says; each binding takes at least six of the message's octets, which bounds their number.
    init(from reader: inout BERReader) throws(SNMPDecodingError) {
        try self.init(in: reader.readConstructed(.sequence))
    }

    /// Reads the contents of a list.
    init(in list: BERReader) throws(SNMPDecodingError) {
        var list = list
        self.init()
        reserveCapacity(16)
        while !list.isAtEnd { append(try VariableBinding(from: &list)) }
    }

    func encode(into writer: inout BERWriter) {
        let mark = writer.count
        for binding in reversed() { binding.encode(into: &writer) }
        writer.prependHeader(.sequence, since: mark)
    }
}
