/// A PDU that an agent received and left in its datagram: the fields read, the bindings still octets.
///
/// What it points to lives as long as the datagram's `withUnsafeReadableBytes`.
struct RequestPDU {
    let kind: PDU.Kind
    let requestID: Int32
    /// In a GETBULK: non-repeaters.
    let errorStatus: Int32
    /// In a GETBULK: max-repetitions.
    let errorIndex: Int32
    /// The contents of the list of bindings, as they came.
    let bindings: UnsafeRawBufferPointer

    /// Reads the next element, and puts the names of its bindings into `names`.
    ///
    /// Every binding is decoded, also where its value has no meaning: a PDU with a malformed one is no PDU.
    init(from reader: inout BERReader, names: inout [OID]) throws(SNMPDecodingError) {
        let tag = try reader.peekTag()
        guard let kind = PDU.Kind(rawValue: tag.rawValue) else { throw reader.error(.unexpectedTag(tag.rawValue)) }
        var body = try reader.readConstructed(tag)
        self.kind = kind
        requestID = try body.readInt32()
        errorStatus = try body.readInt32()
        errorIndex = try body.readInt32()
        let start = body
        var list = try body.readConstructed(.sequence)
        try body.finish()
        names.removeAll(keepingCapacity: true)
        while !list.isAtEnd { names.append(try Self.readName(from: &list)) }
        var copy = start
        bindings = try copy.readContents(.sequence)
    }

    private static func readName(from list: inout BERReader) throws(SNMPDecodingError) -> OID {
        var pair = try list.readConstructed(.sequence)
        let name = try pair.readOID()
        if try pair.peekTag() == .null {
            guard try pair.readElement().contents.isEmpty else { throw pair.error(.malformedValue) }
        } else {
            _ = try SNMPValue(from: &pair)
        }
        try pair.finish()
        return name
    }

    /// The bindings with their values: for a SET.
    func variableBindings() throws(SNMPDecodingError) -> [VariableBinding] {
        var list = try BERReader(bindings)
        var result: [VariableBinding] = []
        while !list.isAtEnd { result.append(try VariableBinding(from: &list)) }
        return result
    }
}
