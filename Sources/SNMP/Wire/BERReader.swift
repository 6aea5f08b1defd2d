/// Reads tag–length–value elements (X.690, the subset of RFC 3417 §8) from the octets of one message.
///
///     +-----+----------------------------------+--- ... ---+
///     | tag | length: 0…127, or 0x81…0x84 + n  | contents  |
///     +-----+----------------------------------+--- ... ---+
///
/// It accepts what real agents send (lengths and integers with redundant leading octets) within bounds, and refuses indefinite lengths.
/// No element reaches beyond the one around it; every access is checked against `end`. A reader borrows the message's memory, hence it
/// lives only inside `withUnsafeReadableBytes`.
struct BERReader {
    /// The longest UDP payload, rounded up.
    static let maximumLength = 65_535
    /// An SNMPv2 message has four levels; v3 adds two.
    static let maximumDepth = 8

    private let octets: UnsafeRawBufferPointer
    private(set) var offset: Int
    private let end: Int
    private let depth: Int

    init(_ octets: UnsafeRawBufferPointer) throws(SNMPDecodingError) {
        guard octets.count <= Self.maximumLength else { throw SNMPDecodingError(reason: .tooLong, offset: 0) }
        self.init(octets, from: 0, to: octets.count, depth: 0)
    }

    private init(_ octets: UnsafeRawBufferPointer, from offset: Int, to end: Int, depth: Int) {
        self.octets = octets
        self.offset = offset
        self.end = end
        self.depth = depth
    }

    var isAtEnd: Bool { offset == end }

    func error(_ reason: SNMPDecodingError.Reason) -> SNMPDecodingError { SNMPDecodingError(reason: reason, offset: offset) }

    func finish() throws(SNMPDecodingError) {
        guard isAtEnd else { throw error(.trailingOctets) }
    }

    private mutating func readOctet() throws(SNMPDecodingError) -> UInt8 {
        guard offset < end else { throw error(.truncated) }
        defer { offset += 1 }
        return octets[offset]
    }

    private mutating func readLength() throws(SNMPDecodingError) -> Int {
        let first = try readOctet()
        if first < 0x80 { return try checked(Int(first)) }
        guard first != 0x80 else { throw error(.indefiniteLength) }
        guard first <= 0x84 else { throw error(.lengthOutOfRange) }
        var length = 0
        for _ in 0..<(first & 0x7F) { length = try length << 8 | Int(readOctet()) }
        return try checked(length)
    }

    private func checked(_ length: Int) throws(SNMPDecodingError) -> Int {
        guard length <= end - offset else { throw error(.truncated) }
        return length
    }

    /// The next element's tag, which stays unread.
    func peekTag() throws(SNMPDecodingError) -> BERTag {
        guard offset < end else { throw error(.truncated) }
        return BERTag(rawValue: octets[offset])
    }

    /// Reads one element's header and steps over its contents.
    mutating func readElement() throws(SNMPDecodingError) -> (tag: BERTag, contents: UnsafeRawBufferPointer) {
        let tag = BERTag(rawValue: try readOctet())
        let length = try readLength()
        defer { offset += length }
        return (tag, UnsafeRawBufferPointer(rebasing: octets[offset..<offset + length]))
    }

    mutating func readContents(_ expected: BERTag) throws(SNMPDecodingError) -> UnsafeRawBufferPointer {
        let tag = try peekTag()
        guard tag == expected else { throw error(.unexpectedTag(tag.rawValue)) }
        return try readElement().contents
    }

    /// A reader of the next element's contents.
    mutating func readConstructed(_ expected: BERTag) throws(SNMPDecodingError) -> BERReader {
        guard depth < Self.maximumDepth else { throw error(.tooDeep) }
        let contents = try readContents(expected)
        return BERReader(octets, from: offset - contents.count, to: offset, depth: depth + 1)
    }

    /// Steps over `expected` if it is what comes next.
    mutating func skip(_ expected: UnsafeRawBufferPointer) -> Bool {
        guard expected.count <= end - offset else { return false }
        var position = 0
        while position + 8 <= expected.count {
            guard octets.word(at: offset + position) == expected.word(at: position) else { return false }
            position += 8
        }
        while position < expected.count {
            guard octets[offset + position] == expected[position] else { return false }
            position += 1
        }
        offset += expected.count
        return true
    }

    mutating func readInt32() throws(SNMPDecodingError) -> Int32 {
        let start = self
        guard let value = BER.int32(try readContents(.integer)) else { throw start.error(.integerOutOfRange) }
        return value
    }

    mutating func readOID() throws(SNMPDecodingError) -> OID {
        let start = self
        guard let oid = OID(contents: try readContents(.objectIdentifier)) else { throw start.error(.malformedOID) }
        return oid
    }
}

extension UnsafeRawBufferPointer {
    /// Eight octets at once. The caller has checked that they are there.
    fileprivate func word(at offset: Int) -> UInt64 { loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
}
