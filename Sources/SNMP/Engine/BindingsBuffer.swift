/// The bindings of a response, written one after the other as long as there is room: what a GETBULK fills.
///
/// A `BERWriter` begins at the end, and so could not tell where to stop. The memory is kept between responses.
struct BindingsBuffer {
    /// What may be written past the end of an integer or a short name, because whole words are stored.
    private static let slack = 32

    private var storage: [UInt8] = []
    private var room = 0
    /// The octets written.
    private(set) var count = 0

    /// Forgets what was written, and takes `room` octets from now on, 65,535 at most.
    mutating func begin(room: Int) {
        count = 0
        self.room = min(max(0, room), BERReader.maximumLength)
        if storage.count < self.room + Self.slack { storage = [UInt8](repeating: 0, count: self.room + Self.slack) }
    }

    /// False, and nothing is written, if there is no room.
    mutating func append(_ name: OID, _ value: SNMPValue) -> Bool {
        let contents = name.encodedLength + value.encodedLength
        let length = BER.elementLength(contents: contents)
        guard length <= room - count else { return false }
        storage.withUnsafeMutableBytes { octets in
            var cursor = Cursor(octets: octets, offset: count)
            cursor.header(.sequence, length: contents)
            cursor.write(name)
            cursor.write(value)
        }
        count += length
        return true
    }

    func withOctets<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        storage.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
}

/// Writes elements whose lengths are known, and for which there is room.
private struct Cursor {
    let octets: UnsafeMutableRawBufferPointer
    var offset: Int

    private mutating func octet(_ octet: UInt8) {
        octets[offset] = octet
        offset += 1
    }

    mutating func header(_ tag: BERTag, length: Int) {
        octet(tag.rawValue)
        switch length {
        case ..<0x80:
            octet(UInt8(truncatingIfNeeded: length))
        case ...0xFF:
            octet(0x81)
            octet(UInt8(truncatingIfNeeded: length))
        default:
            octet(0x82)
            octet(UInt8(truncatingIfNeeded: length >> 8))
            octet(UInt8(truncatingIfNeeded: length))
        }
    }

    mutating func write(_ name: OID) {
        name.withContents { contents in
            header(.objectIdentifier, length: contents.count)
            write(contents)
        }
    }

    mutating func write(_ value: SNMPValue) {
        let tag = value.tag
        switch value {
        case .integer(let number): write(Int64(number), tag)
        case .counter32(let number), .gauge32(let number), .timeTicks(let number): write(Int64(number), tag)
        case .counter64(let number): write(number, tag)
        case .octetString(let string), .opaque(let string):
            header(tag, length: string.count)
            string.withUnsafeBytes { write($0) }
        case .ipAddress(let address):
            header(tag, length: 4)
            store(UInt64(address.rawValue) << 32, length: 4)
        case .objectIdentifier(let oid): write(oid)
        case .null, .noSuchObject, .noSuchInstance, .endOfMibView: header(tag, length: 0)
        }
    }

    private mutating func write(_ contents: UnsafeRawBufferPointer) {
        UnsafeMutableRawBufferPointer(rebasing: octets[offset..<offset + contents.count]).copyMemory(from: contents)
        offset += contents.count
    }

    private mutating func write(_ number: Int64, _ tag: BERTag) {
        let length = BER.contentsLength(number)
        header(tag, length: length)
        store(UInt64(bitPattern: number) << UInt64(64 - 8 * length), length: length)
    }

    private mutating func write(_ number: UInt64, _ tag: BERTag) {
        let length = BER.contentsLength(number)
        header(tag, length: length)
        if length == 9 { octet(0) }
        store(number << UInt64(64 - 8 * min(length, 8)), length: min(length, 8))
    }

    /// Stores the first `length` octets of a number.
    private mutating func store(_ number: UInt64, length: Int) {
        octets.storeBytes(of: number.bigEndian, toByteOffset: offset, as: UInt64.self)
        offset += length
    }
}
