/// Rows of the table `sample`, as the first version wrote them: pairs of a metric's key and its value in hundredths.
///
/// ```
/// +-- varint --+-- zigzag varint --+-- varint --+ …
/// | metric key | value × 100       | metric key |
/// +------------+-------------------+------------+
/// ```
enum LegacyRow {
    /// A damaged row gives what can be read of it.
    static func values(in bytes: [UInt8]) -> [(key: Int, value: Double)] {
        var reader = ByteReader(bytes)
        var values: [Int: Double] = [:]
        while !reader.isAtEnd {
            guard let key = try? reader.varint(), let units = try? reader.zigzag(), let key = Int(exactly: key) else { break }
            guard key < 1 << 30 else { break }
            values[key] = values[key] ?? Double(units) / 100
        }
        return values.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) }
    }
}
