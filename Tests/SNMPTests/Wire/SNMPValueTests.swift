import NIOCore
import Testing

@testable import SNMP

struct SNMPValueTests {
    struct Vector: Sendable {
        let value: SNMPValue
        let hex: String
    }

    @Test(arguments: [
        Vector(value: .integer(0), hex: "020100"), Vector(value: .integer(127), hex: "02017f"),
        Vector(value: .integer(128), hex: "02020080"),
        Vector(value: .integer(-1), hex: "0201ff"), Vector(value: .integer(-128), hex: "020180"),
        Vector(value: .integer(-129), hex: "0202ff7f"), Vector(value: .integer(.max), hex: "02047fffffff"),
        Vector(value: .integer(.min), hex: "020480000000"), Vector(value: .counter32(.max), hex: "410500ffffffff"),
        Vector(value: .gauge32(128), hex: "42020080"), Vector(value: .timeTicks(0), hex: "430100"),
        Vector(value: .counter64(.max), hex: "460900ffffffffffffffff"), Vector(value: .counter64(0), hex: "460100"),
        Vector(value: .counter64(1 << 63), hex: "4609008000000000000000"), Vector(value: .null, hex: "0500"),
        Vector(value: .ipAddress(.init(192, 168, 0, 1)), hex: "4004c0a80001"), Vector(value: .octetString([]), hex: "0400"),
        Vector(value: .opaque([0x9F, 0x78]), hex: "44029f78"), Vector(value: .objectIdentifier("1.3.6"), hex: "06022b06"),
        Vector(value: .noSuchObject, hex: "8000"), Vector(value: .noSuchInstance, hex: "8100"), Vector(value: .endOfMibView, hex: "8200"),
        Vector(value: .octetString([UInt8](repeating: 1, count: 128)), hex: "048180" + String(repeating: "01", count: 128)),
    ])
    func readsAndWritesTheShortestForm(_ vector: Vector) throws {
        #expect(try decode(vector.hex) == vector.value)
        var writer = BERWriter(capacity: 1)
        vector.value.encode(into: &writer)
        #expect(Array(writer.written) == vector.hex.octets)
        #expect(vector.value.encodedLength == vector.hex.octets.count)
    }

    /// What agents send although the rules forbid it.
    @Test(arguments: [
        Vector(value: .integer(1), hex: "020400000001"), Vector(value: .integer(-1), hex: "0203ffffff"),
        Vector(value: .integer(5), hex: "02080000000000000005"), Vector(value: .integer(-1), hex: "020500ffffffff"),
        Vector(value: .counter32(.max), hex: "4104ffffffff"), Vector(value: .gauge32(7), hex: "470107"),
        Vector(value: .counter64(.max), hex: "4608ffffffffffffffff"), Vector(value: .octetString([1]), hex: "04820001" + "01"),
        Vector(value: .integer(1), hex: "02090000000000000000" + "01"), Vector(value: .octetString([1]), hex: "0484000000" + "0101"),
    ])
    func toleratesWhatIsLongerThanNeeded(_ vector: Vector) throws {
        #expect(try decode(vector.hex) == vector.value)
    }

    struct Malformed: Sendable {
        let hex: String
        let reason: SNMPDecodingError.Reason
    }

    @Test(arguments: [
        Malformed(hex: "", reason: .truncated), Malformed(hex: "02", reason: .truncated), Malformed(hex: "0202", reason: .truncated),
        Malformed(hex: "0200", reason: .malformedValue), Malformed(hex: "02050100000000", reason: .malformedValue),
        Malformed(hex: "0205ff7fffffff", reason: .malformedValue), Malformed(hex: "020a00000000000000000001", reason: .malformedValue),
        Malformed(hex: "46090100000000000000" + "00", reason: .malformedValue), Malformed(hex: "4003010203", reason: .malformedValue),
        Malformed(hex: "050100", reason: .malformedValue), Malformed(hex: "800100", reason: .malformedValue),
        Malformed(hex: "06022b86", reason: .malformedOID), Malformed(hex: "0480010000", reason: .indefiniteLength),
        Malformed(hex: "04850000000001", reason: .lengthOutOfRange), Malformed(hex: "0484ffffffff", reason: .truncated),
        Malformed(hex: "1f0100", reason: .unexpectedTag(0x1F)), Malformed(hex: "3000", reason: .unexpectedTag(0x30)),
    ])
    func refusesWhatItCannotMean(_ malformed: Malformed) {
        let error = #expect(throws: SNMPDecodingError.self) { try decode(malformed.hex) }
        #expect(error?.reason == malformed.reason)
    }

    @Test func hasOneNumberForAllNumericTypes() {
        #expect(SNMPValue.integer(-5).number == -5)
        #expect(SNMPValue.timeTicks(.max).number == 4_294_967_295)
        #expect(SNMPValue.counter64(.max).number == nil)
        #expect(SNMPValue.text("12").number == nil)
    }

    private func decode(_ hex: String) throws -> SNMPValue {
        try hex.octets.withUnsafeBytes { octets in
            var reader = try BERReader(octets)
            return try SNMPValue(from: &reader)
        }
    }
}
