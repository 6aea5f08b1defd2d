/// Packs the values of one card at one moment: pairs of metric key and value, both as variable-length integers.
///
/// ```
/// +-- varint --+-- zigzag varint --+-- varint --+ …
/// | metric key | value × 100       | metric key |
/// +------------+-------------------+------------+
/// ```
/// Cards measure in tenths or hundredths, so hundredths keep every digit; a usual value takes three to four bytes with its key.
enum SampleCodec {
    static let scale = 100.0

    static func pack(_ samples: [(metric: Int64, value: Double)]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(samples.count * 4)
        for sample in samples {
            guard let scaled = Int64(exactly: (sample.value * scale).rounded()), sample.metric >= 0 else { continue }
            append(UInt64(sample.metric), to: &bytes)
            append(UInt64(bitPattern: (scaled << 1) ^ (scaled >> 63)), to: &bytes)
        }
        return bytes
    }

    /// The value of one metric, nil if the sample does not hold it.
    static func value(of metric: Int64, in bytes: [UInt8]) -> Double? {
        var offset = 0
        while let key = read(bytes, &offset), let raw = read(bytes, &offset) {
            if key == UInt64(metric) { return unscaled(raw) }
        }
        return nil
    }

    static func unpack(_ bytes: [UInt8]) -> [(metric: Int64, value: Double)] {
        var samples: [(metric: Int64, value: Double)] = []
        var offset = 0
        while let key = read(bytes, &offset), let raw = read(bytes, &offset) {
            if let metric = Int64(exactly: key) { samples.append((metric, unscaled(raw))) }
        }
        return samples
    }

    private static func unscaled(_ raw: UInt64) -> Double {
        Double(Int64(bitPattern: (raw >> 1)) ^ -Int64(bitPattern: raw & 1)) / scale
    }

    private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }

    private static func read(_ bytes: [UInt8], _ offset: inout Int) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 64, by: 7) {
            guard offset < bytes.count else { return nil }
            let byte = bytes[offset]
            offset += 1
            value |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte < 0x80 { return value }
        }
        return nil
    }
}
