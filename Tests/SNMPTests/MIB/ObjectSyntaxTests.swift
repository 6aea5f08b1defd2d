import SNMP
import Testing

struct ObjectSyntaxTests {
    static let cases: [(ObjectSyntax, SNMPValue, ErrorStatus?)] = [
        (.integer(), .integer(.min), nil), (.integer(1...8), .integer(1), nil), (.integer(1...8), .integer(8), nil),
        (.integer(1...8), .integer(0), .wrongValue), (.integer(1...8), .integer(9), .wrongValue),
        (.integer(), .gauge32(1), .wrongType), (.integer(), .null, .wrongType), (.integer(), .noSuchInstance, .wrongType),
        (.named("on", "off"), .integer(2), nil), (.named("on", "off"), .integer(3), .wrongValue),
        (.named("on", "off"), .text("on"), .wrongType),
        (.displayString(0...3), .text(""), nil), (.displayString(0...3), .text("abc"), nil), (.displayString(0...3), .text("ä"), nil),
        (.displayString(0...3), .text("abcd"), .wrongLength), (.displayString(2...3), .text("a"), .wrongLength),
        (.displayString(0...3), .octetString([0xC3]), .wrongEncoding),
        // The length goes before the encoding.
        (.displayString(0...3), .octetString([0xFF, 0xFF, 0xFF, 0xFF]), .wrongLength), (.displayString(), .integer(1), .wrongType),
        (.octetString(5...32), .octetString([0xFF, 0, 0, 0, 0]), nil), (.octetString(5...32), .octetString([1]), .wrongLength),
        (.objectIdentifier, .objectIdentifier("1.3"), nil), (.autonomousType, .objectIdentifier("1.3"), nil),
        (.objectIdentifier, .text("1.3"), .wrongType), (.ipAddress, .ipAddress(.init(192, 0, 2, 1)), nil),
        (.ipAddress, .octetString([192, 0, 2, 1]), .wrongType), (.timeTicks, .timeTicks(1), nil), (.timeStamp, .timeTicks(1), nil),
        (.timeStamp, .integer(1), .wrongType), (.counter32, .counter32(1), nil), (.counter32, .gauge32(1), .wrongType),
        (.gauge32, .gauge32(1), nil), (.gauge32, .counter64(1), .wrongType),
    ]

    @Test(arguments: cases) func refusesWhatItCannotHold(_ syntax: ObjectSyntax, _ value: SNMPValue, _ status: ErrorStatus?) {
        #expect(syntax.refusal(of: value) == status)
    }
}
