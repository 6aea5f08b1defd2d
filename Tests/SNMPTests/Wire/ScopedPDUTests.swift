import Testing

@testable import SNMP

struct ScopedPDUTests {
    static let engineID = EngineID.mac(enterprise: 4555, [0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90])

    private func encoded(_ scoped: ScopedPDU) -> [UInt8] {
        var writer = BERWriter()
        scoped.encode(into: &writer)
        return Array(writer.written)
    }

    private func decoded(_ octets: [UInt8]) throws -> ScopedPDU { try octets.withUnsafeBytes { try ScopedPDU(decoding: $0) } }

    @Test func readsTheReportThatTellsAnEngineID() throws {
        let octets = SecureFixture.discovered
        let message = try octets.withUnsafeBytes { try SecureMessage($0) }
        let scoped = try decoded(Array(octets[message.scopedData]))
        let bindings = [VariableBinding(EngineCounter.unknownEngineIDs.oid, .counter32(1))]
        #expect(scoped == ScopedPDU(contextEngineID: Self.engineID, pdu: PDU(.report, requestID: 0x791E_BB08, bindings: bindings)))
        #expect(encoded(scoped) == Array(octets[message.scopedData]))
        #expect(octets.withUnsafeBytes { message.engineID(in: $0) } == Self.engineID)
    }

    @Test func keepsTheContext() throws {
        for (engine, name) in [(nil, ""), (Self.engineID, "ups2"), (nil, String(repeating: "x", count: 300))] as [(EngineID?, String)] {
            let scoped = ScopedPDU(contextEngineID: engine, contextName: name, pdu: PDU(.get, requestID: 1, names: ["1.3.6.1"]))
            #expect(try decoded(encoded(scoped)) == scoped)
            let bindings = scoped.pdu.bindings.reduce(0) { $0 + $1.encodedLength }
            let pduLength = scoped.pdu.encodedLength(bindingsLength: bindings)
            let length = ScopedPDU.encodedLength(contextEngineID: engine, contextNameLength: name.utf8.count, pduLength: pduLength)
            #expect(encoded(scoped).count == length)
        }
    }

    @Test func takesAContextEngineIDOfAnIllegalLengthForNone() throws {
        let octets: [UInt8] = [0x30, 19, 0x04, 2, 1, 2, 0x04, 0, 0xA0, 11, 0x02, 1, 1, 0x02, 1, 0, 0x02, 1, 0, 0x30, 0]
        #expect(try decoded(octets) == ScopedPDU(contextEngineID: nil, pdu: PDU(.get, requestID: 1)))
    }

    @Test func refusesTheTrapOfVersion1() {
        let octets: [UInt8] = [0x30, 6, 0x04, 0, 0x04, 0, 0xA4, 0]
        let error = #expect(throws: SNMPDecodingError.self) { try decoded(octets) }
        #expect(error?.reason == .unexpectedTag(0xA4))
    }

    @Test func ignoresPadding() throws {
        let scoped = ScopedPDU(contextEngineID: Self.engineID, pdu: PDU(.get, requestID: 1))
        #expect(try decoded(encoded(scoped) + [7, 7, 7, 7]) == scoped)
    }
}
