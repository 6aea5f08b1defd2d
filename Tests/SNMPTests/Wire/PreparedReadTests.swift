import Testing

@testable import SNMP

struct PreparedReadTests {
    private static let names: [OID] = ["1.3.6.1.2.1.1.5.0", "1.3.6.1.4.1.4555.1.1.7.1.2.4.0", "1.3.6.1.4.1.4294967295.1"]

    private func values(_ prepared: PreparedRead, _ bindings: [VariableBinding]) throws -> [SNMPValue]? {
        var writer = BERWriter()
        PDU(.response, bindings: bindings).encode(into: &writer)
        let octets = Array(writer.written)
        return try octets.withUnsafeBytes { octets in
            var reader = try BERReader(octets)
            return try prepared.values(in: PDUHead(from: &reader).bindings)
        }
    }

    @Test func readsTheValuesOfItsNames() throws {
        let values = try values(
            PreparedRead(Self.names),
            [
                VariableBinding(Self.names[0], .text("card")), VariableBinding(Self.names[1], .integer(-1)),
                VariableBinding(Self.names[2], .noSuchObject),
            ])
        #expect(values == [.text("card"), .integer(-1), .noSuchObject])
    }

    @Test func takesNoOtherNames() throws {
        let prepared = PreparedRead(Self.names)
        let right = Self.names.map { VariableBinding($0, .integer(1)) }
        #expect(try values(prepared, right) != nil)
        #expect(try values(prepared, right.reversed()) == nil)
        #expect(try values(prepared, Array(right.dropLast())) == nil)
        #expect(try values(prepared, right + [VariableBinding("1.3")]) == nil)
        #expect(try values(prepared, []) == nil)
        var other = right
        other[1] = VariableBinding("1.3.6.1.4.1.4555.1.1.7.1.2.5.0", .integer(1))
        #expect(try values(prepared, other) == nil)
    }

    @Test func itsRequestIsThePlainOneWithAnyID() throws {
        for count in [1, 3, 40] {
            let names = (0..<count).map { OID("1.3.6.1.4.1.4555.\($0)") ?? .zeroDotZero }
            for id in [EncodedPDU.requestIDs.lowerBound, 0x1234_5678, .max] {
                var prepared = BERWriter()
                prepared.prepend(PreparedRead(names).pdu, id: id)
                var plain = BERWriter()
                PDU(.get, requestID: id, names: names).encode(into: &plain)
                #expect(Array(prepared.written) == Array(plain.written))
            }
        }
    }

    @Test func mutatedResponsesAreRefusedOrReadNeverTrap() throws {
        let prepared = PreparedRead(Self.names)
        var writer = BERWriter()
        PDU(.response, bindings: Self.names.map { VariableBinding($0, .counter64(.max)) }).encode(into: &writer)
        let octets = Array(writer.written)
        for position in octets.indices {
            for octet in [0x00, 0x01, 0x02, 0x30, 0x7F, 0x80, 0x84, 0xFF, octets[position] ^ 1] as [UInt8] {
                var mutated = octets
                mutated[position] = octet
                for length in [position + 1, octets.count] {
                    mutated.prefix(length).withUnsafeBytes { octets in
                        _ = try? { () throws(SNMPDecodingError) in
                            var reader = try BERReader(octets)
                            _ = try prepared.values(in: PDUHead(from: &reader).bindings)
                        }()
                    }
                }
            }
        }
    }
}
