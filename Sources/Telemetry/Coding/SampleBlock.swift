/// Packs a table of samples column by column.
///
/// ```
/// +- version 1 -+- rows -+- columns -+- sets -+
/// | byte        | varint | varint    | varint |
/// +-------------+--------+-----------+--------+
/// columns × | key's increase: varint | exponent: byte | values: varint | length of the packed values: varint |
/// sets    × | a bit for each column that the set has, the first column in the lowest bit of the first byte    |
/// | length: varint | moments of the rows |  | length: varint | set of each row (only where there are several)  |
/// columns × | packed values |
/// ```
/// Moments, sets and values are `IntegerColumn`s; the values are whole multiples of 10 to the minus exponent, or, with exponent 255, doubles of
/// eight bytes. A poll of the status alone and a poll of everything are two sets: what is absent from a poll costs nothing in it.
enum SampleBlock {
    static let version: UInt8 = 1
    static let maximumRows = 1 << 20
    static let maximumColumns = 1 << 14
    /// Values that a block may unfold to.
    static let maximumValues = 1 << 24

    // MARK: - Packing

    static func encode(_ table: SampleTable) -> [UInt8] {
        let keys = table.columns.keys.sorted()
        let packed = keys.map { pack(table.columns[$0]?.values ?? []) }
        let (sets, ofRow) = sets(of: table, keys)
        var writer = ByteWriter()
        writer.append(version)
        for count in [table.times.count, keys.count, sets.count] { writer.append(varint: UInt64(count)) }
        var last = 0
        for (key, column) in zip(keys, packed) {
            writer.append(varint: UInt64(key - last))
            last = key
            writer.append(column.exponent)
            writer.append(varint: UInt64(table.columns[key]?.values.count ?? 0))
            writer.append(varint: UInt64(column.bytes.count))
        }
        for set in sets { writer.append(set) }
        writer.append(block: IntegerColumn.encode(table.times))
        if sets.count > 1 { writer.append(block: IntegerColumn.encode(ofRow)) }
        for column in packed { writer.append(column.bytes) }
        return writer.bytes
    }

    private static func pack(_ values: [Double]) -> (exponent: UInt8, bytes: [UInt8]) {
        if let exponent = DecimalScale.exponent(of: values) {
            return (UInt8(exponent), IntegerColumn.encode(values.map { DecimalScale.scaled($0, by: exponent) ?? 0 }))
        }
        var writer = ByteWriter()
        for value in values { writer.append(bits: value.bitPattern) }
        return (UInt8(DecimalScale.doubles), writer.bytes)
    }

    /// The different sets of columns that rows have, and which of them each row has.
    private static func sets(of table: SampleTable, _ keys: [Int]) -> (sets: [[UInt8]], ofRow: [Int64]) {
        let width = (keys.count + 7) / 8
        var members = [UInt8](repeating: 0, count: width * table.times.count)
        for (index, key) in keys.enumerated() {
            for row in table.columns[key]?.rows ?? [] { members[Int(row) * width + index / 8] |= 1 << UInt8(index % 8) }
        }
        var numbers: [[UInt8]: Int64] = [:]
        var sets: [[UInt8]] = []
        let ofRow = table.times.indices.map { row -> Int64 in
            let set = Array(members[row * width..<(row + 1) * width])
            if let number = numbers[set] { return number }
            numbers[set] = Int64(sets.count)
            sets.append(set)
            return Int64(sets.count - 1)
        }
        return (sets, ofRow)
    }

    // MARK: - Unpacking

    /// The whole table, or only some of its columns.
    static func decode(_ bytes: [UInt8], only wanted: Set<Int>? = nil) throws(DamagedSamples) -> SampleTable {
        var reader = ByteReader(bytes)
        let header = try Header(&reader)
        let times = try IntegerColumn.decode(reader.part(reader.count(upTo: reader.remaining)), count: header.rows)
        guard zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }) else { throw DamagedSamples(reason: "times go back") }
        var ofRow: [Int64] = []
        if header.sets.count > 1 {
            ofRow = try IntegerColumn.decode(reader.part(reader.count(upTo: reader.remaining)), count: header.rows)
            guard ofRow.allSatisfy({ header.sets.indices.contains(Int($0)) }) else { throw DamagedSamples(reason: "a set is missing") }
        }
        var columns: [Int: SampleTable.Column] = [:]
        for (index, entry) in header.columns.enumerated() {
            let part = try reader.part(entry.length)
            guard wanted?.contains(entry.key) ?? true else { continue }
            let rows = rows(having: index, header, ofRow)
            guard rows.count == entry.values else { throw DamagedSamples(reason: "a column has other rows than values") }
            columns[entry.key] = SampleTable.Column(rows: rows, values: try unpack(part, entry))
        }
        return SampleTable(times: times, columns: columns)
    }

    private static func rows(having column: Int, _ header: Header, _ ofRow: [Int64]) -> [Int32] {
        let has = header.sets.map { $0[column / 8] >> UInt8(column % 8) & 1 == 1 }
        if ofRow.isEmpty { return has.first == true ? (0..<Int32(header.rows)).map { $0 } : [] }
        var rows: [Int32] = []
        rows.reserveCapacity(header.columns[column].values)
        for (row, set) in ofRow.enumerated() where has[Int(set)] { rows.append(Int32(row)) }
        return rows
    }

    private static func unpack(_ part: ByteReader, _ entry: Header.Column) throws(DamagedSamples) -> [Double] {
        if entry.exponent <= DecimalScale.maximumExponent {
            return try IntegerColumn.decode(part, count: entry.values).map { DecimalScale.value($0, by: entry.exponent) }
        }
        guard entry.exponent == DecimalScale.doubles, part.remaining == entry.values * 8 else {
            throw DamagedSamples(reason: "a column has an unknown scale")
        }
        var reader = part
        var values: [Double] = []
        values.reserveCapacity(entry.values)
        for _ in 0..<entry.values { values.append(Double(bitPattern: try reader.bits())) }
        return values
    }

    /// What precedes the packed columns.
    struct Header {
        struct Column {
            let key: Int
            let exponent: Int
            let values: Int
            let length: Int
        }

        let rows: Int
        let columns: [Column]
        let sets: [[UInt8]]

        /// How many values the block has.
        var count: Int { columns.reduce(0) { $0 + $1.values } }

        init(_ reader: inout ByteReader) throws(DamagedSamples) {
            guard try reader.byte() == SampleBlock.version else { throw DamagedSamples(reason: "a block has an unknown version") }
            rows = try reader.count(upTo: SampleBlock.maximumRows)
            let columnCount = try reader.count(upTo: SampleBlock.maximumColumns)
            let setCount = try reader.count(upTo: rows)
            var columns: [Column] = []
            var key = 0
            var values = 0
            for _ in 0..<columnCount {
                let step = try reader.count(upTo: 1 << 32)
                key += step
                let exponent = Int(try reader.byte())
                let count = try reader.count(upTo: rows)
                let length = try reader.count(upTo: 1 << 28)
                values += count
                guard columns.isEmpty || step > 0, values <= SampleBlock.maximumValues else {
                    throw DamagedSamples(reason: "a block is too large")
                }
                columns.append(Column(key: key, exponent: exponent, values: count, length: length))
            }
            self.columns = columns
            var sets: [[UInt8]] = []
            for _ in 0..<setCount { sets.append(try reader.bytes((columnCount + 7) / 8)) }
            self.sets = sets
        }
    }
}
