/// Writes bits, the first into the top bit of a byte.
struct BitWriter {
    private(set) var bytes: [UInt8] = []
    private var gathered: UInt64 = 0
    private var count: UInt64 = 0

    /// The lowest `width` bits of `value`, the highest of them first; 32 at most.
    mutating func append(_ value: UInt64, width: UInt64) {
        gathered = gathered << width | value & (1 << width &- 1)
        count += width
        while count >= 8 {
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: gathered >> count))
        }
    }

    /// The bytes, the last one filled up with zeros.
    mutating func finish() -> [UInt8] {
        if count > 0 { append(0, width: 8 - count) }
        return bytes
    }
}

/// Reads what a `BitWriter` wrote; throws at the end of the bytes.
struct BitReader {
    private var source: ByteReader
    private var gathered: UInt64 = 0
    private var count: UInt64 = 0

    init(_ source: ByteReader) { self.source = source }

    /// The next `width` bits; 32 at most.
    mutating func read(_ width: UInt64) throws(DamagedSamples) -> UInt64 {
        while count < width {
            gathered = gathered << 8 | UInt64(try source.byte())
            count += 8
        }
        count -= width
        return gathered >> count & (1 << width &- 1)
    }

    /// How many ones come before the next zero, `limit` at most: after so many no zero follows.
    mutating func ones(upTo limit: UInt64) throws(DamagedSamples) -> UInt64 {
        var ones: UInt64 = 0
        while ones < limit, try read(1) == 1 { ones += 1 }
        return ones
    }
}

/// Rice's code: a quotient in ones, a zero, and the remainder in `width` bits.
///
/// Numbers that would need more than `escape` ones are written whole behind that many.
enum RiceCode {
    static let escape: UInt64 = 20
    static let maximumWidth: UInt64 = 30

    static func cost(of value: UInt64, width: UInt64) -> Int {
        let ones = value >> width
        return ones < escape ? Int(ones + 1 + width) : Int(escape + 64)
    }

    static func append(_ value: UInt64, width: UInt64, to bits: inout BitWriter) {
        let ones = value >> width
        guard ones < escape else {
            bits.append((1 << escape) - 1, width: escape)
            bits.append(value >> 32, width: 32)
            return bits.append(value & 0xFFFF_FFFF, width: 32)
        }
        bits.append((1 << (ones + 1)) - 2, width: ones + 1)
        bits.append(value, width: width)
    }

    static func read(width: UInt64, from bits: inout BitReader) throws(DamagedSamples) -> UInt64 {
        let ones = try bits.ones(upTo: escape)
        guard ones < escape else { return try bits.read(32) << 32 | bits.read(32) }
        return try ones << width | bits.read(width)
    }
}
