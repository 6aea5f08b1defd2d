import Testing

@testable import Telemetry

struct IntegerColumnTests {
    @Test(arguments: [
        [], [0], [5, 5, 5, 5], [1, 2, 3, 4, 5], [10, 20, 30, 41, 50], [.max, .min, 0, .max], [-1, 1, -1, 1], [.min], [1 << 62, -(1 << 62)],
    ])
    func returnsWhatItWasGiven(values: [Int64]) throws {
        #expect(try IntegerColumn.decode(ByteReader(IntegerColumn.encode(values)), count: values.count) == values)
    }

    @Test(arguments: 0..<40) func returnsAnyNumbers(seed: UInt64) throws {
        var random = Generator(seed: seed)
        let count = Int.random(in: 1...400, using: &random)
        let width = Int64.random(in: 0...62, using: &random)
        var value = Int64.random(in: -1000...1000, using: &random)
        let values = (0..<count).map { _ -> Int64 in
            let reach = Int64.random(in: 0...5, using: &random) == 0 ? Int64(1) << width : 3
            value &+= Int64.random(in: -reach...reach, using: &random)
            return value
        }
        #expect(try IntegerColumn.decode(ByteReader(IntegerColumn.encode(values)), count: count) == values)
    }

    /// Form 0 and base: nothing else is needed for what never changes, or changes evenly (order 2 has one residual: the first change).
    @Test func whatIsPredictedTakesNoBytes() {
        #expect(IntegerColumn.encode([7, 7, 7, 7]) == [0, 14])
        #expect(IntegerColumn.encode((0..<1000).map { 100 + $0 * 10 }).count <= 8)
    }

    @Test func noiseTakesLittleMoreThanItsEntropy() {
        var random = Generator(seed: 1)
        let values = (0..<1000).map { _ in 2301 + Int64.random(in: -3...3, using: &random) }
        // Seven values: 2.8 bits.
        #expect(IntegerColumn.encode(values).count * 8 < 1000 * 4)
    }

    @Test func anyPrefixAndMutationThrowsOrReads() {
        var random = Generator(seed: 2)
        let fixtures = [
            [1, 1, 1, 2, 2, 9_999_999, 2], (0..<60).map { _ in Int64.random(in: -9...9, using: &random) }, [Int64.max, .min, 3],
        ]
        for values in fixtures {
            let bytes = IntegerColumn.encode(values)
            for length in 0..<bytes.count { _ = try? IntegerColumn.decode(ByteReader(Array(bytes.prefix(length))), count: values.count) }
            forEachMutation(of: bytes) { _ = try? IntegerColumn.decode(ByteReader($0), count: values.count) }
        }
    }

    @Test func aCountThatTheBytesCannotFillIsRefusedWithoutMemory() {
        let rice: [UInt8] = [6, 0, 1, 0xFF]
        #expect(throws: DamagedSamples.self) { try IntegerColumn.decode(ByteReader(rice), count: 1 << 40) }
    }
}

/// The same numbers in each run (SplitMix64).
struct Generator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Every byte in turn with other values.
func forEachMutation(of bytes: [UInt8], _ body: ([UInt8]) -> Void) {
    for position in bytes.indices {
        for flip: UInt8 in [0x01, 0x02, 0x10, 0x7F, 0x80, 0xFF] {
            var changed = bytes
            changed[position] ^= flip
            body(changed)
        }
    }
}
