/// Packs rows one at a time, each by its difference to the rows before.
///
/// ```
/// +- varint -+- if a set is declared ---------------------------------+- zigzag -----+- tokens -----------+
/// | mark     | columns: varint, then of each: key's increase, exponent | time's change | values' differences |
/// +----------+---------------------------------------------------------+---------------+---------------------+
/// ```
/// Mark 0 declares a set of columns, mark 1 forgets all that was before and declares one, mark n + 2 stands for the nth set declared. The
/// time's change is that of the distance to the row before. An even token stands for n / 2 + 1 values that are as they were, an odd one for
/// one difference; differences too large for a token, and values without a scale, follow token 1 as eight bytes.
///
/// What is appended can be read as long as everything since the last mark 1 is there; every chain begins with one.
struct SampleChain: Sendable {
    /// Declared sets that a chain remembers; a new chain is begun then.
    static let maximumSets = 64
    static let maximumColumns = SampleBlock.maximumColumns

    private struct Column {
        var exponent: Int
        /// The last value in its units, or as a double's bits.
        var last: Int64 = 0
    }

    private struct ColumnSet {
        let keys: [Int]
        let slots: [Int]
    }

    private var columns: [Column] = []
    private var slots: [Int: Int] = [:]
    private var sets: [ColumnSet] = []
    private var lastTime: Int64 = 0
    private var lastStep: Int64 = 0
    private var lastSet = 0

    init() {}
}

// MARK: - Appending

extension SampleChain {
    /// The bytes of the next row.
    mutating func append(_ row: SampleRow, to writer: inout ByteWriter) {
        let index = knownSet(of: row)
        let used: ColumnSet
        if let index {
            writer.append(varint: UInt64(index) + 2)
            used = sets[index]
            lastSet = index
        } else {
            let isNew = sets.isEmpty || sets.count >= Self.maximumSets
            if isNew { self = SampleChain() }
            used = declare(row, isNew: isNew, to: &writer)
        }
        let step = row.at &- lastTime
        writer.append(zigzag: step &- lastStep)
        (lastTime, lastStep) = (row.at, step)
        append(row.values, used, to: &writer)
    }

    /// The declared set that has just these columns, if all values have the scales of its columns.
    private func knownSet(of row: SampleRow) -> Int? {
        func fits(_ set: ColumnSet) -> Bool {
            guard set.keys.count == row.values.count else { return false }
            for (index, entry) in row.values.enumerated() {
                guard entry.key == set.keys[index] else { return false }
                let exponent = columns[set.slots[index]].exponent
                if exponent != DecimalScale.doubles, DecimalScale.scaled(entry.value, by: exponent) == nil { return false }
            }
            return true
        }
        if sets.indices.contains(lastSet), fits(sets[lastSet]) { return lastSet }
        return sets.firstIndex(where: fits)
    }

    private mutating func declare(_ row: SampleRow, isNew: Bool, to writer: inout ByteWriter) -> ColumnSet {
        writer.append(varint: isNew ? 1 : 0)
        writer.append(varint: UInt64(row.values.count))
        var lastKey = 0
        var entries: [(key: Int, exponent: Int)] = []
        for (key, value) in row.values {
            let known = slots[key].map { columns[$0].exponent } ?? 0
            let exponent = known == DecimalScale.doubles ? known : DecimalScale.exponent(of: value, atLeast: known)
            entries.append((key, exponent ?? DecimalScale.doubles))
            writer.append(varint: UInt64(key - lastKey))
            writer.append(UInt8(exponent ?? DecimalScale.doubles))
            lastKey = key
        }
        return remember(entries)
    }

    private mutating func remember(_ entries: [(key: Int, exponent: Int)]) -> ColumnSet {
        let used = entries.map { key, exponent -> Int in
            guard let slot = slots[key] else {
                slots[key] = columns.count
                columns.append(Column(exponent: exponent))
                return columns.count - 1
            }
            if columns[slot].exponent != exponent { columns[slot] = Column(exponent: exponent) }
            return slot
        }
        let set = ColumnSet(keys: entries.map(\.key), slots: used)
        sets.append(set)
        lastSet = sets.count - 1
        return set
    }

    private mutating func append(_ values: [(key: Int, value: Double)], _ set: ColumnSet, to writer: inout ByteWriter) {
        var same: UInt64 = 0
        for (index, entry) in values.enumerated() {
            let slot = set.slots[index]
            let exponent = columns[slot].exponent
            let units =
                exponent == DecimalScale.doubles
                ? Int64(bitPattern: entry.value.bitPattern) : DecimalScale.scaled(entry.value, by: exponent) ?? 0
            let difference = (units &- columns[slot].last).zigzag
            columns[slot].last = units
            if difference == 0 {
                same += 1
                continue
            }
            if same > 0 { writer.append(varint: (same - 1) * 2) }
            same = 0
            if difference >> 62 == 0 {
                writer.append(varint: difference << 1 | 1)
            } else {
                writer.append(varint: 1)
                writer.append(bits: UInt64(bitPattern: units))
            }
        }
        if same > 0 { writer.append(varint: (same - 1) * 2) }
    }
}

// MARK: - Reading

extension SampleChain {
    /// The rows of a chain, or of several one behind the other. Damaged bytes end it: what came before is returned with the damage.
    static func rows(in bytes: [UInt8]) -> (rows: [SampleRow], damage: DamagedSamples?) {
        var reader = ByteReader(bytes)
        var chain = SampleChain()
        var rows: [SampleRow] = []
        do throws(DamagedSamples) {
            var values = 0
            while !reader.isAtEnd {
                let row = try chain.next(&reader)
                values += row.values.count
                guard values <= SampleBlock.maximumValues else { throw DamagedSamples(reason: "a chain is too long") }
                rows.append(row)
            }
            return (rows, nil)
        } catch {
            return (rows, error)
        }
    }

    private mutating func next(_ reader: inout ByteReader) throws(DamagedSamples) -> SampleRow {
        let mark = try reader.varint()
        if mark == 1 { self = SampleChain() }
        let set: ColumnSet
        if mark < 2 {
            guard mark == 1 || !sets.isEmpty, sets.count < Self.maximumSets else { throw DamagedSamples(reason: "a row has no beginning") }
            set = try declared(&reader)
        } else {
            guard let index = Int(exactly: mark - 2), sets.indices.contains(index) else {
                throw DamagedSamples(reason: "a row refers to nothing")
            }
            set = sets[index]
        }
        lastStep = try lastStep &+ reader.zigzag()
        lastTime = lastTime &+ lastStep
        return SampleRow(at: lastTime, values: try values(of: set, &reader))
    }

    private mutating func declared(_ reader: inout ByteReader) throws(DamagedSamples) -> ColumnSet {
        // Each takes two bytes at least.
        let count = try reader.count(upTo: min(Self.maximumColumns, reader.remaining / 2))
        var key = 0
        var entries: [(key: Int, exponent: Int)] = []
        for index in 0..<count {
            let step = try reader.count(upTo: 1 << 32)
            let exponent = Int(try reader.byte())
            key += step
            guard index == 0 || step > 0, exponent <= DecimalScale.maximumExponent || exponent == DecimalScale.doubles else {
                throw DamagedSamples(reason: "a row has an unknown column")
            }
            entries.append((key, exponent))
        }
        return remember(entries)
    }

    private mutating func values(of set: ColumnSet, _ reader: inout ByteReader) throws(DamagedSamples) -> [(key: Int, value: Double)] {
        var values: [(key: Int, value: Double)] = []
        values.reserveCapacity(set.keys.count)
        var same: UInt64 = 0
        for (index, slot) in set.slots.enumerated() {
            if same > 0 {
                same -= 1
            } else {
                let token = try reader.varint()
                switch token {
                case 1: columns[slot].last = Int64(bitPattern: try reader.bits())
                case _ where token & 1 == 1: columns[slot].last &+= Int64(zigzag: token >> 1)
                default: same = token / 2
                }
            }
            let column = columns[slot]
            let value =
                column.exponent == DecimalScale.doubles
                ? Double(bitPattern: UInt64(bitPattern: column.last)) : DecimalScale.value(column.last, by: column.exponent)
            values.append((set.keys[index], value))
        }
        guard same == 0 else { throw DamagedSamples(reason: "a run is too long") }
        return values
    }
}
