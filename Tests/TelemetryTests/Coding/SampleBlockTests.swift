import Testing

@testable import Telemetry

struct SampleBlockTests {
    /// Status polls with two columns, full polls with all, as `seed` has it.
    static func table(seed: UInt64, rows: Int = 120, columns: Int = 8) -> SampleTable {
        var random = Generator(seed: seed)
        var at: Int64 = 1_700_000_000_000
        return SampleTable(
            (0..<rows).map { row in
                at += 10_000 + Int64.random(in: -20...20, using: &random)
                let keys = row % 6 == 0 ? Array(1...columns) : [1, 2]
                return SampleRow(at: at, values: keys.map { (key: $0 * 3, value: value(of: $0, &random)) })
            })
    }

    private static func value(of key: Int, _ random: inout Generator) -> Double {
        let noise = Double(Int64.random(in: -5...5, using: &random))
        switch key % 5 {
        case 0: return 230 + noise / 10
        case 1: return 50
        case 2: return -12.34 + noise / 100
        case 3: return Double(Int64(9_007_199_254_740_000) + Int64(noise))
        default: return 1 / 3.0 * noise
        }
    }

    @Test(arguments: 0..<20) func returnsEveryBitOfEveryValue(seed: UInt64) throws {
        let table = Self.table(seed: seed, rows: Int(seed) * 7 + 1, columns: Int(seed % 12) + 2)
        #expect(try SampleBlock.decode(SampleBlock.encode(table)) == table)
    }

    @Test func returnsSingleColumns() throws {
        let table = Self.table(seed: 3)
        let part = try SampleBlock.decode(SampleBlock.encode(table), only: [6, 999])
        #expect(part.columns == [6: try #require(table.columns[6])])
        #expect(part.times == table.times)
    }

    @Test func emptyTablesAndRowsSurvive() throws {
        #expect(try SampleBlock.decode(SampleBlock.encode(.empty)) == .empty)
        let table = SampleTable([SampleRow(at: 5, values: []), SampleRow(at: 6, values: [(key: 1, value: 1)])])
        #expect(try SampleBlock.decode(SampleBlock.encode(table)) == table)
    }

    /// Version 1, two rows, one column, one set; key 1, exponent 1, two values, their length; the set; moments; values.
    @Test func knownBytes() throws {
        let table = SampleTable([
            SampleRow(at: 1000, values: [(key: 1, value: 23.5)]), SampleRow(at: 2000, values: [(key: 1, value: 23.5)]),
        ])
        let bytes: [UInt8] = [1, 2, 1, 1, 1, 1, 2, 3, 1, 6, 3, 0xA0, 0x1F, 0x9F, 0x1F, 0, 0, 0xD6, 0x03]
        let times: [UInt8] = [3, 0xA0, 0x1F, 0x9F, 0x1F, 0]
        #expect(IntegerColumn.encode([1000, 2000]) == times)
        #expect(SampleBlock.encode(table) == bytes)
        #expect(try SampleBlock.decode(bytes) == table)
    }

    @Test func anyPrefixAndMutationThrowsOrReads() {
        for seed in 0..<3 as Range<UInt64> {
            let bytes = SampleBlock.encode(Self.table(seed: seed, rows: 13, columns: 6))
            for length in 0..<bytes.count { #expect((try? SampleBlock.decode(Array(bytes.prefix(length)))) == nil) }
            forEachMutation(of: bytes) { _ = try? SampleBlock.decode($0) }
        }
    }

    @Test func aBlockCannotUnfoldToMoreThanItsLimit() {
        var writer = ByteWriter()
        writer.append(SampleBlock.version)
        for count in [1 << 20, 1 << 14, 1] as [UInt64] { writer.append(varint: count) }
        for _ in 0..<1 << 14 {
            writer.append(varint: 1)
            writer.append(0)
            writer.append(varint: 1 << 20)
            writer.append(varint: 2)
        }
        #expect(throws: DamagedSamples.self) { try SampleBlock.decode(writer.bytes) }
    }
}

struct SampleTableTests {
    private func table(_ values: [(Int64, Int, Double)]) -> SampleTable {
        SampleTable(values.map { SampleRow(at: $0.0, values: [(key: $0.1, value: $0.2)]) })
    }

    @Test func mergesInTheOrderOfTimeAndKeepsTheFirst() {
        let first = table([(10, 1, 1), (30, 1, 3)])
        let second = table([(30, 1, 99), (20, 1, 2), (30, 2, 5), (5, 2, 4)])
        #expect(first.merged(with: second) == table([(5, 2, 4), (10, 1, 1), (20, 1, 2), (30, 1, 3), (30, 2, 5)]))
        #expect(first.merged(with: first) == first)
    }

    @Test(arguments: 0..<10) func mergingPartsInAnyOrderGivesTheWhole(seed: UInt64) {
        var random = Generator(seed: seed)
        let rows = (0..<200).map { SampleRow(at: Int64($0), values: [(key: $0 % 3, value: Double($0))]) }
        let shuffled = rows.shuffled(using: &random)
        let parts = stride(from: 0, to: 200, by: 37).map { SampleTable(Array(shuffled[$0..<min($0 + 37, 200)])) }
        #expect(parts.reduce(SampleTable.empty) { $0.merged(with: $1) } == SampleTable(rows))
    }
}

struct DecimalScaleTests {
    @Test(arguments: [0, -0.01, 230.1, 0.1 + 0.2, 1e15, 1.0e-9, 123_456.789_012, .pi, 65_535, 4_294_967_295, 0x1p60, 1e-12, -20.5])
    func whatIsScaledReturnsExactly(value: Double) {
        guard let exponent = DecimalScale.exponent(of: value) else { return }
        #expect(DecimalScale.scaled(value, by: exponent).map { DecimalScale.value($0, by: exponent) } == value)
    }

    @Test func decimalsHaveTheirExponents() {
        #expect([230, 230.1, 12.25, 0.001].map { DecimalScale.exponent(of: $0) } == [0, 1, 2, 3])
        #expect([Double.pi, 1e-12, 0x1p60, .nan, .infinity].allSatisfy { DecimalScale.exponent(of: $0) == nil })
    }
}
