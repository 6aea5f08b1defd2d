import Testing

@testable import SNMP

/// What does not fit.
struct ResponderSizeTests {
    private let big = ObjectTree(
        (1...200 as ClosedRange<UInt32>).map { ManagedObject(("1.3.6.1" as OID).appending($0), .text(String(repeating: "x", count: 50))) })

    private var request: PDU { PDU(.get, requestID: 1, names: (1...60 as ClosedRange<UInt32>).map { ("1.3.6.1" as OID).appending($0) }) }

    @Test(arguments: [SNMPVersion.v2c, .v3], [PDU.Kind.get, .getNext])
    func saysTooBigWithoutBindings(_ version: SNMPVersion, _ kind: PDU.Kind) throws {
        var asked = Asked(big)
        asked.version = version
        var request = request
        request.kind = kind
        #expect(try asked(request) == PDU(.response, requestID: 1, errorStatus: .tooBig))
        #expect(asked.reply == .response(.tooBig))
    }

    @Test func saysTooBigWithTheRequestsBindingsInVersion1() throws {
        var asked = Asked(big)
        asked.version = .v1
        let response = try asked(request)
        #expect(response?.errorStatus == .tooBig)
        #expect(response?.errorIndex == 0)
        #expect(response?.bindings == request.bindings)
    }

    @Test func isSilentWhenEvenTheErrorIsTooBig() throws {
        var asked = Asked(big)
        asked.version = .v1
        asked.maximumLength = 400
        #expect(try asked(request) == nil)
        #expect(asked.reply == .tooBigForAnError)
    }

    @Test(arguments: 30...900)
    func getBulkFillsTheResponseAndNoMore(_ length: Int) throws {
        var asked = Asked(big)
        asked.maximumLength = length
        let response = try #require(try asked(.getBulk(["1.3.6"], maxRepetitions: .max, requestID: .max)))
        #expect(response.encodedLength(bindingsLength: response.bindings.reduce(0) { $0 + $1.encodedLength }) <= length)
        if let first = response.bindings.first {
            #expect(response.bindings.count >= (length - 20) / first.encodedLength - 1)
        } else {
            #expect(response.errorStatus == .tooBig)
            #expect(length < 90)
        }
    }

    /// RFC 3416 §4.2.5: a response that would not fit is found out before anything is set.
    @Test func setsNothingIfTheResponseWouldNotFit() throws {
        let object = ManagedObject(
            "1.3.6.1.1", .text(""),
            write: WriteHandler { _ in
                Issue.record("set")
                return true
            })
        var asked = Asked(ObjectTree([object]))
        asked.maximumLength = 100
        let request = PDU(.set, bindings: [VariableBinding(object.name, .octetString([UInt8](repeating: 0, count: 80)))])
        #expect(try asked(request)?.errorStatus == .tooBig)
        asked.version = .v1
        #expect(try asked(request) == nil)
    }
}
