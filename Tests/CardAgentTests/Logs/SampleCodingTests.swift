import FoundationEssentials
import Testing

@testable import CardAgent

struct SampleCodingTests {
    @Test func keepsHundredthsLeastSignificantByteFirst() {
        let bytes = SampleCoding.bytes(of: [231, 49.98, -5.5, nil, 0])
        #expect(
            Array(bytes) == [
                0x3C, 0x5A, 0, 0, 0x86, 0x13, 0, 0, 0xDA, 0xFD, 0xFF, 0xFF, 0, 0, 0, 0x80, 0, 0, 0, 0,
            ])
        #expect(SampleCoding.values(of: bytes, count: 5) == [231, 49.98, -5.5, nil, 0])
    }

    @Test func keepsWhatIsNoNumberAsAbsentAndWhatIsTooLargeAsTheLargest() {
        let bytes = SampleCoding.bytes(of: [.nan, .infinity, 1e300, -1e300])
        #expect(SampleCoding.values(of: bytes, count: 4) == [nil, nil, 21_474_836.47, -21_474_836.47])
    }

    @Test func everyPrefixGivesTheValuesThatItHolds() {
        let bytes = SampleCoding.bytes(of: [1, 2, 3])
        for length in 0...bytes.count {
            let values = SampleCoding.values(of: bytes.prefix(length), count: 3)
            #expect(values == (0..<3).map { ($0 + 1) * 4 <= length ? Double($0 + 1) : nil })
        }
    }
}
