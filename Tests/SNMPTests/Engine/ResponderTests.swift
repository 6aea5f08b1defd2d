import Testing

@testable import SNMP

struct ResponderTests {
    private let tree = ObjectTree([
        ManagedObject("1.3.6.1.1.0", .integer(1)), ManagedObject("1.3.6.2.1", .counter64(2)), ManagedObject("1.3.6.2.2", .text("b")),
    ])

    private func respond(_ version: SNMPVersion, _ pdu: PDU) throws -> PDU? {
        var asked = Asked(tree)
        asked.version = version
        let response = try asked(pdu)
        #expect(response == nil || response?.requestID == pdu.requestID)
        return response
    }

    @Test(arguments: [PDU.Kind.response, .inform, .trapV2, .report], SNMPVersion.allCases)
    func doesNotAnswerWhatIsNoRequest(_ kind: PDU.Kind, _ version: SNMPVersion) throws {
        #expect(try respond(version, PDU(kind, names: ["1.3.6.1.1.0"])) == nil)
    }

    @Test func version1HasNoGetBulk() throws {
        #expect(try respond(.v1, .getBulk(["1.3"], maxRepetitions: 5)) == nil)
    }

    @Test(arguments: [SNMPVersion.v2c, .v3])
    func getsValuesAndExceptions(_ version: SNMPVersion) throws {
        let names: [OID] = ["1.3.6.1.1.0", "1.3.6.1.1", "1.9", "1.3.6.2.1"]
        #expect(
            try respond(version, PDU(.get, requestID: 7, names: names))?.bindings.map(\.value) == [
                .integer(1), .noSuchInstance, .noSuchObject, .counter64(2),
            ])
    }

    @Test func version1RefusesTheRequestForOneMissingName() throws {
        let request = PDU(.get, requestID: 7, names: ["1.3.6.1.1.0", "1.3.6.9", "1.9"])
        let response = try respond(.v1, request)
        #expect(response?.errorStatus == .noSuchName)
        #expect(response?.errorIndex == 2)
        #expect(response?.bindings == request.bindings)
    }

    @Test func version1DoesNotSeeACounter64() throws {
        #expect(try respond(.v1, PDU(.get, names: ["1.3.6.2.1"]))?.errorStatus == .noSuchName)
        #expect(try respond(.v1, PDU(.getNext, names: ["1.3.6.1.1.0"]))?.bindings.map(\.name) == ["1.3.6.2.2"])
        #expect(try respond(.v2c, PDU(.getNext, names: ["1.3.6.1.1.0"]))?.bindings.map(\.name) == ["1.3.6.2.1"])
    }

    @Test func getNextEndsAsEachVersionDoes() throws {
        #expect(try respond(.v1, PDU(.getNext, names: ["1.3.6.2.2"]))?.errorStatus == .noSuchName)
        #expect(try respond(.v2c, PDU(.getNext, names: ["1.3.6.2.2"]))?.bindings == [VariableBinding("1.3.6.2.2", .endOfMibView)])
        #expect(try respond(.v2c, PDU(.getNext, names: ["1.9"]))?.bindings == [VariableBinding("1.9", .endOfMibView)])
    }

    @Test func getNextOfNamesInAnyOrder() throws {
        let names: [OID] = ["1.3.6.2.1", "0.0", "1.3.6.1.1.0", "1.3.6.2.0", "1.3.6.2.1"]
        #expect(
            try respond(.v2c, PDU(.getNext, names: names))?.bindings.map(\.name) == [
                "1.3.6.2.2", "1.3.6.1.1.0", "1.3.6.2.1", "1.3.6.2.1", "1.3.6.2.2",
            ])
    }

    @Test func valuesOfARequestAreIgnoredUnlessTheyAreMalformed() throws {
        let request = PDU(.get, bindings: [VariableBinding("1.3.6.1.1.0", .text("what is this?"))])
        #expect(try respond(.v2c, request)?.bindings == [VariableBinding("1.3.6.1.1.0", .integer(1))])
        let malformed: [UInt8] = [
            0xA0, 0x14, 2, 1, 1, 2, 1, 0, 2, 1, 0, 0x30, 9, 0x30, 7, 6, 3, 0x2B, 6, 1, 5, 1, 0,
        ]
        var names: [OID] = []
        #expect(throws: SNMPDecodingError.self) {
            try malformed.withUnsafeBytes { octets in
                var reader = try BERReader(octets)
                _ = try RequestPDU(from: &reader, names: &names)
            }
        }
    }

    @Test func getBulkRepeatsAllButTheFirstUntilAllAreAtTheEnd() throws {
        let response = try respond(.v2c, .getBulk(["1.3.6.1", "1.3.6.1", "1.3.6.2.1"], nonRepeaters: 1, maxRepetitions: 9))
        #expect(
            response?.bindings == [
                VariableBinding("1.3.6.1.1.0", .integer(1)),
                VariableBinding("1.3.6.1.1.0", .integer(1)), VariableBinding("1.3.6.2.2", .text("b")),
                VariableBinding("1.3.6.2.1", .counter64(2)), VariableBinding("1.3.6.2.2", .endOfMibView),
                VariableBinding("1.3.6.2.2", .text("b")), VariableBinding("1.3.6.2.2", .endOfMibView),
                VariableBinding("1.3.6.2.2", .endOfMibView), VariableBinding("1.3.6.2.2", .endOfMibView),
            ])
    }

    @Test(arguments: [
        (Int32(-5), Int32(2), 2), (9, 9, 1), (0, 0, 0), (0, -1, 0), (1, 0, 1), (.max, .max, 1), (.min, .min, 0), (.min, .max, 4),
    ])
    func getBulkToleratesAnyNumbers(_ nonRepeaters: Int32, _ maxRepetitions: Int32, _ count: Int) throws {
        let response = try respond(.v2c, .getBulk(["1.3"], nonRepeaters: nonRepeaters, maxRepetitions: maxRepetitions))
        #expect(response?.errorStatus == .noError)
        #expect(response?.bindings.count == count)
    }

    @Test func getBulkWithoutNamesIsEmpty() throws {
        #expect(try respond(.v2c, .getBulk([], maxRepetitions: .max))?.bindings.isEmpty == true)
    }

    @Test func anEmptyTreeHasAnEnd() throws {
        var asked = Asked(ObjectTree())
        #expect(try asked(.getBulk(["1.3"], maxRepetitions: 5))?.bindings == [VariableBinding("1.3", .endOfMibView)])
        #expect(try asked(PDU(.getNext, names: ["1.3"]))?.bindings == [VariableBinding("1.3", .endOfMibView)])
        #expect(try asked(PDU(.get, names: ["1.3"]))?.bindings == [VariableBinding("1.3", .noSuchObject)])
    }

    @Test func countsOnlyWhatItFound() throws {
        var asked = Asked(tree)
        _ = try asked(PDU(.get, names: ["1.3.6.1.1.0", "1.9"]))
        _ = try asked(.getBulk(["1.3"], maxRepetitions: 9))
        #expect(asked.statistics.inTotalRequestVariables == 4)
    }

    /// Each type of value, with the numbers at which its length changes.
    @Test func writesEveryValueAsTheCodecReadsIt() throws {
        let numbers: [UInt64] = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFF_FFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1 << 63, .max]
        var values = numbers.flatMap { number -> [SNMPValue] in
            let low = UInt32(truncatingIfNeeded: number)
            return [.integer(Int32(bitPattern: low)), .counter32(low), .gauge32(low), .timeTicks(low), .counter64(number)]
        }
        values += [0, 1, 127, 128, 255, 256, 1000].flatMap { count -> [SNMPValue] in
            let octets = [UInt8](repeating: 7, count: count)
            return [.octetString(octets), .opaque(octets)]
        }
        values += [.null, .ipAddress(.init(10, 200, 0, 255)), .objectIdentifier("1.3.6.1.4.1.4555"), .objectIdentifier(Self.longName)]
        let objects = values.indices.map { ManagedObject(Self.longName.appending(UInt32($0)), values[$0]) }
        var asked = Asked(ObjectTree(objects))
        asked.maximumLength = 60_000
        let names = objects.map(\.name)
        #expect(try asked(PDU(.get, names: names))?.bindings == zip(names, values).map { VariableBinding($0, $1) })
    }

    private static let longName = ("1.3" as OID).appending([UInt32](repeating: .max, count: 40))
}
