import Testing

@testable import FleetServer

struct SampleCodecTests {
    @Test(arguments: [0, 1, -1, 230.1, -20.5, 0.98, 65_535, 1_800_000, -0.01])
    func keepsHundredths(value: Double) {
        let packed = SampleCodec.pack([(metric: 7, value: value)])
        #expect(SampleCodec.value(of: 7, in: packed) == value)
        #expect(SampleCodec.value(of: 8, in: packed) == nil)
    }

    @Test func packsTightly() {
        let samples = (1...60).map { (metric: Int64($0), value: 230.0 + Double($0)) }
        let packed = SampleCodec.pack(samples)
        #expect(packed.count <= 60 * 4)
        #expect(SampleCodec.unpack(packed).map(\.value) == samples.map(\.value))
    }

    @Test func leavesOutWhatIsNoNumber() {
        #expect(SampleCodec.pack([(metric: 1, value: .nan), (metric: 2, value: .infinity)]).isEmpty)
    }

    @Test func anyPrefixAndMutationOfARowIsReadWithoutATrap() {
        let packed = SampleCodec.pack([(metric: 1, value: 230.4), (metric: 300, value: -12.5), (metric: 3, value: 1e9)])
        for length in 0...packed.count { _ = SampleCodec.unpack(Array(packed.prefix(length))) }
        for position in packed.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = packed
                changed[position] = byte
                _ = SampleCodec.unpack(changed)
            }
        }
        #expect(SampleCodec.unpack([UInt8](repeating: 0xFF, count: 100)).isEmpty)
    }
}
