import NetVision
import PowerDevice
import SNMP
import Testing

@Suite struct CardIdentityTests {
    private let objectID: OID = "1.3.6.1.2.1.1.2.0"
    private let model: OID = "1.3.6.1.4.1.4555.1.1.7.1.1.1.0"

    private func card(_ extra: VariableBinding...) -> CardIdentity? {
        CardIdentity([VariableBinding(objectID, .objectIdentifier("1.3.6.1.4.1.4555.1.1.7"))] + extra)
    }

    struct Text: Sendable {
        let octets: [UInt8]
        let meaning: String?
    }

    @Test(arguments: [
        Text(octets: Array("NETYS RT  ".utf8), meaning: "NETYS RT"), Text(octets: Array("NETYS\0\0\0".utf8), meaning: "NETYS"),
        Text(octets: Array("\"ITYS 3 kVA\"".utf8), meaning: "ITYS 3 kVA"), Text(octets: [], meaning: nil),
        Text(octets: Array("   ".utf8), meaning: nil), Text(octets: [0], meaning: nil), Text(octets: Array("<private>".utf8), meaning: nil),
        Text(octets: [0x53, 0x61, 0x6C, 0x6C, 0xE9], meaning: "Sallé"), Text(octets: Array("a\u{1B}[2J\nb".utf8), meaning: "a [2J b"),
    ]) func stringsAreCleaned(_ text: Text) {
        #expect(card(VariableBinding(model, .octetString(text.octets)))?.model == text.meaning)
    }

    @Test func cardAgentNamesItself() {
        #expect(card()?.generation == .netVision8)
        #expect(card(VariableBinding("1.3.6.1.2.1.1.9.1.3.1", .text("CardAgent 8.40")))?.generation == .cardAgent)
        #expect(card(VariableBinding("1.3.6.1.2.1.1.9.1.3.1", .text("The MIB for Message Processing")))?.generation == .netVision8)
    }

    @Test func vendorsPrefixIsPreferredAmongAddresses() {
        let addresses: [[UInt8]] = [[0, 0, 0, 0, 0, 0], [0x02, 0x42, 1, 2, 3, 4], [0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90], []]
        let bindings = addresses.enumerated().map { index, octets in
            VariableBinding(OID("1.3.6.1.2.1.2.2.1.6").appending(UInt32(index + 1)), .octetString(octets))
        }
        #expect(card(bindings[0], bindings[1], bindings[2], bindings[3])?.mac == "00:E0:D8:FF:C1:90")
        #expect(card(bindings[0], bindings[1])?.mac == "02:42:01:02:03:04")
        #expect(card(bindings[0], bindings[3])?.mac == nil)
        #expect(card(VariableBinding("1.3.6.1.2.1.2.2.1.6.1", .octetString([1, 0, 0x5E, 0, 0, 1])))?.mac == nil)
    }

    @Test func serialOfOldAgentStringCountsUnlessZero() throws {
        let agent: OID = "1.3.6.1.4.1.4555.1.1.1.1.1.3.0"
        let serial: OID = "1.3.6.1.4.1.4555.1.1.1.1.1.4.0"
        #expect(CardIdentity([VariableBinding(agent, .text("Net Vision v6.30 (SN 0101702174)"))])?.serial == "0101702174")
        #expect(CardIdentity([VariableBinding(agent, .text("Net Vision v6.00 (SN 0000000000)"))])?.serial == nil)
        #expect(
            CardIdentity([VariableBinding(agent, .text("Net Vision v6.30 (SN 01")), VariableBinding(serial, .text("P1"))])?.serial == "P1")
    }

    @Test func emptyAnswersAndExceptionsAreNoCard() {
        #expect(CardIdentity([]) == nil)
        #expect(CardIdentity(CardIdentity.recognitionObjects.map { VariableBinding($0, .noSuchObject) }) == nil)
    }

    @Test func emptyManufacturerIsEnoughForAnRFC1628Card() {
        #expect(CardIdentity([VariableBinding("1.3.6.1.2.1.33.1.1.1.0", .text(""))])?.generation == .rfc1628)
    }
}
