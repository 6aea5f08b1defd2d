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
}
