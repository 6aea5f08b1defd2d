import Testing

@testable import SNMP

struct BERWriterTests {
    @Test func appendsZerosBehindWhatIsWritten() {
        for capacity in [3, 4, 6, 7, 64] {
            var writer = BERWriter(capacity: capacity)
            for octet in [3, 2, 1] as [UInt8] { writer.prepend(octet) }
            writer.appendZeros(0)
            #expect(Array(writer.written) == [1, 2, 3])
            writer.appendZeros(4)
            #expect(Array(writer.written) == [1, 2, 3, 0, 0, 0, 0])
            writer.prepend(9)
            #expect(Array(writer.written) == [9, 1, 2, 3, 0, 0, 0, 0])
        }
    }

    @Test func lendsWhatIsWritten() {
        var writer = BERWriter(capacity: 8)
        for octet in [3, 2, 1] as [UInt8] { writer.prepend(octet) }
        writer.withWritten { octets in
            #expect(octets.count == 3)
            octets[0] = 7
        }
        #expect(Array(writer.written) == [7, 2, 3])
    }
}
