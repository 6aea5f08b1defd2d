import FoundationEssentials

/// The bytes in which the values of a sample are kept.
///
///      0               1               2               3
///     +---------------+---------------+---------------+---------------+
///     |  value 1 × 100, two's complement, least significant byte first |   0x80000000: the device does not manage it
///     +---------------+---------------+---------------+---------------+
///     |  value 2 …                                                     |
enum SampleCoding {
    private static let absent = Int32.min
    private static let range = -Double(Int32.max)...Double(Int32.max)

    static func bytes(of values: [Double?]) -> Data {
        var data = Data(capacity: values.count * 4)
        for value in values {
            withUnsafeBytes(of: hundredths(of: value).littleEndian) { data.append(contentsOf: $0) }
        }
        return data
    }

    /// As many values as there are columns; what the bytes do not tell is nil.
    static func values(of data: Data, count: Int) -> [Double?] {
        (0..<max(0, count)).map { index in
            guard data.count >= (index + 1) * 4 else { return nil }
            let start = data.startIndex + index * 4
            let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(data[start + $1]) << UInt32(8 * $1) }
            let number = Int32(bitPattern: bits)
            return number == absent ? nil : Double(number) / 100
        }
    }

    /// What is no number is absent; what is beyond the range is the range's end.
    private static func hundredths(of value: Double?) -> Int32 {
        guard let value, value.isFinite else { return absent }
        let scaled = (value * 100).rounded()
        return Int32(min(max(scaled, range.lowerBound), range.upperBound))
    }
}
