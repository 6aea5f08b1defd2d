import NIOCore
import Testing

@testable import SNMP

/// Datagrams captured on loopback from the net-snmp 5.9 tools and snmpd, with what they mean.
struct Fixture: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let message: CommunityMessage

    var testDescription: String { name }
    var datagram: ByteBuffer { ByteBuffer(bytes: bytes) }

    init(_ name: String, _ hex: String, _ message: CommunityMessage) {
        self.name = name
        bytes = hex.octets
        self.message = message
    }

    private static let sysName: OID = "1.3.6.1.2.1.1.5.0"

    static let all: [Fixture] = [
        Fixture(
            "get v1", "302902010004067075626c6963a01c0204742bb966020100020100300e300c06082b060102010105000500",
            CommunityMessage(.v1, "public", PDU(.get, requestID: 0x742B_B966, names: [sysName]))),
        Fixture(
            "get response v1", "302f02010004067075626c6963a2220204742bb9660201000201003014301206082b060102010105000406746573746572",
            CommunityMessage(.v1, "public", PDU(.response, requestID: 0x742B_B966, bindings: [VariableBinding(sysName, .text("tester"))]))),
        Fixture(
            "noSuchName v1",
            "303702010004067075626c6963a22a0204792a8e80020102020102301c300c06082b060102010105000500300c06082b060102010163000500",
            CommunityMessage(
                .v1, "public",
                PDU(
                    .response, requestID: 0x792A_8E80, errorStatus: .noSuchName, errorIndex: 2,
                    bindings: [VariableBinding(sysName), VariableBinding("1.3.6.1.2.1.1.99.0")]))),
        Fixture(
            "getNext v2c", "302802010104067075626c6963a11b020433df0e07020100020100300d300b06072b0601020101040500",
            CommunityMessage(.v2c, "public", PDU(.getNext, requestID: 0x33DF_0E07, names: ["1.3.6.1.2.1.1.4"]))),
        Fixture(
            "exceptions v2c",
            "304f02010104067075626c6963a2420204369d2edf0201000201003034301606082b06010201010200060a2b06010401bf0803020a300c06082b0601"
                + "02010163008000300c06082b060102010105098100",
            CommunityMessage(
                .v2c, "public",
                PDU(
                    .response, requestID: 0x369D_2EDF,
                    bindings: [
                        VariableBinding("1.3.6.1.2.1.1.2.0", .objectIdentifier("1.3.6.1.4.1.8072.3.2.10")),
                        VariableBinding("1.3.6.1.2.1.1.99.0", .noSuchObject), VariableBinding("1.3.6.1.2.1.1.5.9", .noSuchInstance),
                    ]))),
        Fixture(
            "getBulk v2c",
            "303502010104067075626c6963a52802043e63d954020101020103301a300b06072b0601020101030500300b06072b0601020104010500",
            CommunityMessage(
                .v2c, "public",
                .getBulk(["1.3.6.1.2.1.1.3", "1.3.6.1.2.1.4.1"], nonRepeaters: 1, maxRepetitions: 3, requestID: 0x3E63_D954))),
        Fixture(
            "set with many types v2c",
            "3072020101040770726976617465a3640204351510dd0201000201003056300d06082b06010201010500040178301006082b06010401a34b01020480"
                + "000000301006082b06010401a34b0240040a000001301106082b06010401a34b03430500ffffffff300e06082b06010401a34b04420200ff",
            CommunityMessage(
                .v2c, "private",
                PDU(
                    .set, requestID: 0x3515_10DD,
                    bindings: [
                        VariableBinding(sysName, .text("x")), VariableBinding("1.3.6.1.4.1.4555.1", .integer(.min)),
                        VariableBinding("1.3.6.1.4.1.4555.2", .ipAddress(.init(10, 0, 0, 1))),
                        VariableBinding("1.3.6.1.4.1.4555.3", .timeTicks(.max)), VariableBinding("1.3.6.1.4.1.4555.4", .gauge32(255)),
                    ]))),
        Fixture(
            "trap v1",
            "304002010004067075626c6963a433060a2b06010401a34b01010740040a0000050201060201044302126730153013060e2b06010401a34b01010701"
                + "060100020101",
            CommunityMessage(
                .v1, "public",
                .trapV1(
                    TrapV1(
                        enterprise: "1.3.6.1.4.1.4555.1.1.7", agentAddress: .init(10, 0, 0, 5), genericTrap: 6, specificTrap: 4,
                        timeStamp: 4711, bindings: [VariableBinding("1.3.6.1.4.1.4555.1.1.7.1.6.1.0", .integer(1))])))),
        Fixture(
            "trap v2c", trapV2, CommunityMessage(.v2c, "public", PDU(.trapV2, requestID: 0x55A3_38A4, bindings: trapBindings + [alarm]))),
        Fixture(
            "inform",
            "304702010104067075626c6963a63a02042518114d020100020100302c300e06082b0601020101030043021267301a060a2b060106030101040100060c"
                + "2b06010401a34b0101070004",
            CommunityMessage(.v2c, "public", PDU(.inform, requestID: 0x2518_114D, bindings: trapBindings))),
    ]

    private static let trapV2 =
        "305c02010104067075626c6963a74f020455a338a40201000201003041300e06082b0601020101030043021267301a060a2b060106030101040100060c"
        + "2b06010401a34b01010700043013060e2b06010401a34b01010701060100020101"
    private static let trapBindings = [
        VariableBinding("1.3.6.1.2.1.1.3.0", .timeTicks(4711)),
        VariableBinding("1.3.6.1.6.3.1.1.4.1.0", .objectIdentifier("1.3.6.1.4.1.4555.1.1.7.0.4")),
    ]
    private static let alarm = VariableBinding("1.3.6.1.4.1.4555.1.1.7.1.6.1.0", .integer(1))

    /// An SNMPv3 discovery request.
    static let version3 =
        ("303e0201033011020407587585020300ffe30401040201030410300e0400020100020100040004000400301404000400a00e02044be58df502010002010030"
        + "00").octets
}

extension String {
    /// The octets that this hexadecimal text writes.
    var octets: [UInt8] {
        let digits = compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
