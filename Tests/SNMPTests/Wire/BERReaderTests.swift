import Testing

@testable import SNMP

struct BERReaderTests {
    @Test func refusesMoreLevelsThanAnyMessageHas() throws {
        let nested = (0..<20).reduce([UInt8]()) { inner, _ in [0x30, UInt8(inner.count)] + inner }
        try nested.withUnsafeBytes { octets in
            var reader = try BERReader(octets)
            for _ in 0..<BERReader.maximumDepth { reader = try reader.readConstructed(.sequence) }
            let error = #expect(throws: SNMPDecodingError.self) { try reader.readConstructed(.sequence) }
            #expect(error?.reason == .tooDeep)
        }
    }

    @Test func keepsAnElementInsideTheOneAroundIt() throws {
        // The inner octet string claims an octet that lies behind the sequence.
        try ([0x30, 0x03, 0x04, 0x02, 0xAA, 0xBB] as [UInt8]).withUnsafeBytes { octets in
            var reader = try BERReader(octets)
            var inner = try reader.readConstructed(.sequence)
            #expect(throws: SNMPDecodingError(reason: .truncated, offset: 4)) { try inner.readContents(.octetString) }
        }
    }

    @Test func refusesMoreThanADatagramHolds() {
        [UInt8](repeating: 0, count: BERReader.maximumLength + 1).withUnsafeBytes { octets in
            let error = #expect(throws: SNMPDecodingError.self) { try BERReader(octets) }
            #expect(error?.reason == .tooLong)
        }
    }
}
