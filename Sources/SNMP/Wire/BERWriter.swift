/// Writes BER elements from the last octet to the first.
///
/// Written backwards, an element's length is known by the time its header comes: no second pass, no moved bytes. A caller that keeps the
/// writer and calls `reset()` between messages allocates nothing but the result. All lengths and integers come out in the shortest form.
struct BERWriter {
    private var storage: [UInt8]
    private var head: Int

    init(capacity: Int = 2048) {
        storage = [UInt8](repeating: 0, count: capacity)
        head = capacity
    }

    /// The octets written so far.
    var count: Int { storage.count - head }

    var written: ArraySlice<UInt8> { storage[head...] }

    mutating func reset() { head = storage.count }

    private mutating func reserve(_ length: Int) {
        guard head < length else { return }
        let old = written
        let capacity = max(storage.count * 2, old.count + length)
        var grown = [UInt8](repeating: 0, count: capacity)
        grown.replaceSubrange((capacity - old.count)..., with: old)
        head = capacity - old.count
        storage = grown
    }

    mutating func prepend(_ octet: UInt8) {
        reserve(1)
        head -= 1
        storage[head] = octet
    }

    mutating func prepend(_ octets: UnsafeRawBufferPointer) {
        reserve(octets.count)
        head -= octets.count
        let target = head..<head + octets.count
        storage.withUnsafeMutableBytes { UnsafeMutableRawBufferPointer(rebasing: $0[target]).copyMemory(from: octets) }
    }

    /// Replaces four octets that begin `offset` after the first one written.
    mutating func overwrite(_ word: UInt32, at offset: Int) {
        let start = head + offset
        storage.withUnsafeMutableBytes { $0.storeBytes(of: word.bigEndian, toByteOffset: start, as: UInt32.self) }
    }

    /// Puts tag and length before everything that was written since `count` was `mark`.
    mutating func prependHeader(_ tag: BERTag, since mark: Int) {
        var length = count - mark
        if length < 0x80 {
            prepend(UInt8(length))
        } else {
            let before = count
            while length > 0 {
                prepend(UInt8(truncatingIfNeeded: length))
                length >>= 8
            }
            prepend(0x80 | UInt8(count - before))
        }
        prepend(tag.rawValue)
    }

    mutating func prepend(_ value: Int64, as tag: BERTag = .integer) {
        var rest = value
        let length = BER.contentsLength(value)
        for _ in 0..<length {
            prepend(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
        prepend(UInt8(length))
        prepend(tag.rawValue)
    }

    mutating func prepend(_ value: UInt64, as tag: BERTag) {
        var rest = value
        let length = BER.contentsLength(value)
        for _ in 0..<length {
            prepend(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
        prepend(UInt8(length))
        prepend(tag.rawValue)
    }

    mutating func prepend(_ octets: [UInt8], as tag: BERTag) {
        let mark = count
        octets.withUnsafeBytes { prepend($0) }
        prependHeader(tag, since: mark)
    }

    mutating func prepend(_ oid: OID) {
        let mark = count
        oid.withContents { prepend($0) }
        prependHeader(.objectIdentifier, since: mark)
    }

    mutating func prepend(_ octets: UnsafeRawBufferPointer, as tag: BERTag) {
        let mark = count
        prepend(octets)
        prependHeader(tag, since: mark)
    }

    /// Lends the octets written so far to what works on them in place: ciphers and authenticators.
    mutating func withWritten<Result>(_ body: (UnsafeMutableRawBufferPointer) -> Result) -> Result {
        let head = head
        return storage.withUnsafeMutableBytes { body(UnsafeMutableRawBufferPointer(rebasing: $0[head...])) }
    }

    /// Puts zeros behind what has been written: the padding of a block cipher.
    mutating func appendZeros(_ length: Int) {
        guard length > 0 else { return }
        let old = count
        reserve(length)
        head -= length
        withWritten { octets in
            UnsafeMutableRawBufferPointer(rebasing: octets[..<old]).copyMemory(from: UnsafeRawBufferPointer(rebasing: octets[length...]))
            UnsafeMutableRawBufferPointer(rebasing: octets[old...]).initializeMemory(as: UInt8.self, repeating: 0)
        }
    }
}
