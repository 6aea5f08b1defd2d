import Testing

@testable import Telemetry

struct SampleChainTests {
    private func rows(seed: UInt64, count: Int) -> [SampleRow] {
        var random = Generator(seed: seed)
        var at: Int64 = 1_700_000_000_000
        return (0..<count).map { row in
            at += Int64.random(in: -10...20_000, using: &random)
            let keys = (1...12).filter { row % 6 == 0 || $0 < 4 || Int.random(in: 0...30, using: &random) == 0 }
            return SampleRow(
                at: at,
                values: keys.map { key in
                    let whole = Double(Int.random(in: -50...50, using: &random))
                    return (key: key, value: key == 5 ? whole / 3 : key == 6 ? whole * 0x1p62 : 200 + whole / (key == 7 ? 1000 : 10))
                })
        }
    }

    private func encode(_ rows: [SampleRow]) -> [UInt8] {
        var chain = SampleChain()
        var writer = ByteWriter()
        for row in rows { chain.append(row, to: &writer) }
        return writer.bytes
    }

    @Test(arguments: 0..<20) func returnsEveryRow(seed: UInt64) {
        let rows = rows(seed: seed, count: 300)
        let read = SampleChain.rows(in: encode(rows))
        #expect(read.rows == rows)
        #expect(read.damage == nil)
    }

    @Test func chainsMayFollowEachOther() {
        let (first, second) = (rows(seed: 1, count: 20), rows(seed: 2, count: 20))
        #expect(SampleChain.rows(in: encode(first) + encode(second)).rows == first + second)
    }

    /// Mark 1, one column: key 1, exponent 1; the time 1000 as zigzag; 235 tenths as an odd token. Then mark 2, the change of the step, a run.
    @Test func knownBytes() {
        let rows = [SampleRow(at: 1000, values: [(key: 1, value: 23.5)]), SampleRow(at: 2000, values: [(key: 1, value: 23.5)])]
        let bytes: [UInt8] = [1, 1, 1, 1, 0xD0, 0x0F, 0xAD, 0x07, 2, 0, 0]
        #expect(encode(rows) == bytes)
        #expect(SampleChain.rows(in: bytes).rows == rows)
    }

    @Test func rowsThatHardlyChangeTakeFewBytes() {
        let rows = (0..<100).map { row in
            SampleRow(at: 1_700_000_000_000 + Int64(row) * 10_000, values: (1...30).map { (key: $0, value: $0 == 7 ? Double(row) : 230.5) })
        }
        #expect(encode(rows).count < 120 + 100 * 8)
    }

    @Test func anyPrefixGivesItsRowsAndAnyMutationEnds() {
        let rows = rows(seed: 3, count: 12)
        let bytes = encode(rows)
        for length in 0..<bytes.count {
            let read = SampleChain.rows(in: Array(bytes.prefix(length)))
            #expect(read.rows == Array(rows.prefix(read.rows.count)))
        }
        forEachMutation(of: bytes) { _ = SampleChain.rows(in: $0) }
    }

    @Test func aChainCannotBeginInTheMiddle() {
        #expect(SampleChain.rows(in: [2, 0, 0]).damage != nil)
        #expect(SampleChain.rows(in: [0, 0, 0]).damage != nil)
    }
}
