/// Bytes that are no block or row of ours, or no longer.
package struct DamagedSamples: Error, Equatable, CustomStringConvertible {
    package let reason: String

    package var description: String { "The packed samples are damaged: \(reason)." }
}

/// Writes numbers one after the other.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(_ other: [UInt8]) { bytes.append(contentsOf: other) }

    /// Seven bits a byte, the lowest first; a set top bit says that more follow (LEB128).
    mutating func append(varint value: UInt64) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: value))
    }

    mutating func append(zigzag value: Int64) { append(varint: value.zigzag) }

    /// Eight bytes, the lowest first.
    mutating func append(bits value: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    mutating func append(block: [UInt8]) {
        append(varint: UInt64(block.count))
        append(block)
    }
}

/// Reads what a `ByteWriter` wrote. Whatever the bytes are, it throws or reads; it never traps.
struct ByteReader {
    private let bytes: [UInt8]
    private var offset: Int
    private let end: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        offset = 0
        end = bytes.count
    }

    private init(_ bytes: [UInt8], from offset: Int, to end: Int) {
        self.bytes = bytes
        self.offset = offset
        self.end = end
    }

    var isAtEnd: Bool { offset >= end }
    var remaining: Int { end - offset }

    mutating func byte() throws(DamagedSamples) -> UInt8 {
        guard offset < end else { throw DamagedSamples(reason: "they end too early") }
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func varint() throws(DamagedSamples) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            let byte = try byte()
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw DamagedSamples(reason: "a number is too long")
    }

    mutating func zigzag() throws(DamagedSamples) -> Int64 { Int64(zigzag: try varint()) }

    mutating func bits() throws(DamagedSamples) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 8) { value |= UInt64(try byte()) << shift }
        return value
    }

    /// A count that may be `limit` at most.
    mutating func count(upTo limit: Int) throws(DamagedSamples) -> Int {
        guard let count = Int(exactly: try varint()), count <= limit else { throw DamagedSamples(reason: "a count is too large") }
        return count
    }

    /// The next `count` bytes, to be read on their own.
    mutating func part(_ count: Int) throws(DamagedSamples) -> ByteReader {
        guard count >= 0, count <= remaining else { throw DamagedSamples(reason: "they end too early") }
        defer { offset += count }
        return ByteReader(bytes, from: offset, to: offset + count)
    }

    mutating func bytes(_ count: Int) throws(DamagedSamples) -> [UInt8] {
        guard count >= 0, count <= remaining else { throw DamagedSamples(reason: "they end too early") }
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }
}

extension Int64 {
    /// Small numbers of either sign as small numbers without: 0, -1, 1, -2 … become 0, 1, 2, 3 …
    var zigzag: UInt64 { UInt64(bitPattern: (self << 1) ^ (self >> 63)) }

    init(zigzag value: UInt64) { self = Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
}
