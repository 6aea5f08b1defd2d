/// Arithmetic of the basic encoding rules (X.690).
enum BER {
    /// The octets of an element whose contents have `length` octets, in the shortest form.
    static func elementLength(contents length: Int) -> Int {
        1 + (length < 0x80 ? 1 : length <= 0xFF ? 2 : length <= 0xFFFF ? 3 : 5) + length
    }

    /// The octets of an integer's contents, in the shortest form.
    static func contentsLength(_ value: Int64) -> Int {
        let magnitude = value < 0 ? ~value : value
        return (64 - magnitude.leadingZeroBitCount) / 8 + 1
    }

    static func contentsLength(_ value: UInt64) -> Int { (64 - value.leadingZeroBitCount) / 8 + 1 }

    /// A two's complement integer of one to eight octets, or of nine if the first only repeats the sign.
    static func int64(_ contents: UnsafeRawBufferPointer) -> Int64? {
        var index = contents.count == 9 && contents[0] == (contents[1] < 0x80 ? 0x00 : 0xFF) ? 1 : 0
        guard index < contents.count, contents.count - index <= 8 else { return nil }
        var value = Int64(Int8(bitPattern: contents[index]))
        index += 1
        while index < contents.count {
            value = value << 8 | Int64(contents[index])
            index += 1
        }
        return value
    }

    /// An INTEGER. Agents that send an unsigned 32-bit number here mean its bit pattern, as net-snmp also takes it.
    static func int32(_ contents: UnsafeRawBufferPointer) -> Int32? {
        guard let value = int64(contents), value >= Int64(Int32.min), value <= Int64(UInt32.max) else { return nil }
        return Int32(truncatingIfNeeded: value)
    }

    /// A Counter32, Gauge32 or TimeTicks. Agents that leave out the leading zero octet mean the bit pattern.
    static func uint32(_ contents: UnsafeRawBufferPointer) -> UInt32? {
        int32(contents).map { UInt32(bitPattern: $0) }
    }

    /// A Counter64: up to nine octets with a leading zero, or eight without it.
    static func uint64(_ contents: UnsafeRawBufferPointer) -> UInt64? {
        if contents.count == 9 {
            guard contents[0] == 0 else { return nil }
            return contents.dropFirst().reduce(0) { $0 << 8 | UInt64($1) }
        }
        return int64(contents).map { UInt64(bitPattern: $0) }
    }
}
