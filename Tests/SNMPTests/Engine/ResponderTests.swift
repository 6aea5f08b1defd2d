import NIOCore
import Synchronization
import Testing

@testable import SNMP

struct ResponderTests {
    private let responder = Responder(readCommunity: "public", writeCommunity: "private")
    private let tree = ObjectTree([
        ManagedObject("1.3.6.1.1.0", .integer(1)), ManagedObject("1.3.6.2.1", .counter64(2)), ManagedObject("1.3.6.2.2", .text("b")),
    ])

    private func respond(_ version: SNMPVersion, _ pdu: PDU, community: Community = "public") -> PDU? {
        var statistics = AgentStatistics()
        let message = CommunityMessage(version, community, pdu)
        guard case .response(let response) = responder.respond(to: message, from: tree, statistics: &statistics),
            case .pdu(let answer) = response.content
        else { return nil }
        #expect(answer.kind == .response)
        #expect(answer.requestID == pdu.requestID)
        #expect(response.community == community)
        #expect(response.version == version)
        #expect(response.encoded().readableBytes <= responder.maximumMessageSize)
        return answer
    }

    @Test func dropsAForeignCommunityAndCountsIt() {
        var statistics = AgentStatistics()
        let message = CommunityMessage(.v2c, "guess", PDU(.get, names: ["1.3.6.1.1.0"]))
        #expect(responder.respond(to: message, from: tree, statistics: &statistics) == .drop(.unknownCommunity))
        #expect(statistics.inBadCommunityNames == 1)
    }

    @Test func anEmptyCommunityAdmitsNobody() {
        var statistics = AgentStatistics()
        let message = CommunityMessage(.v2c, "", PDU(.set, names: ["1.3.6.1.1.0"]))
        #expect(Responder().respond(to: message, from: tree, statistics: &statistics) == .drop(.unknownCommunity))
    }

    @Test(arguments: [PDU.Kind.response, .inform, .trapV2, .report])
    func dropsWhatIsNoRequest(_ kind: PDU.Kind) {
        #expect(respond(.v2c, PDU(kind, names: ["1.3.6.1.1.0"])) == nil)
    }

    @Test func version1HasNoGetBulk() {
        #expect(respond(.v1, .getBulk(["1.3"], maxRepetitions: 5)) == nil)
    }

    @Test func getsValuesAndExceptionsInVersion2() {
        let names: [OID] = ["1.3.6.1.1.0", "1.3.6.1.1", "1.9", "1.3.6.2.1"]
        #expect(
            respond(.v2c, PDU(.get, requestID: 7, names: names))?.bindings.map(\.value) == [
                .integer(1), .noSuchInstance, .noSuchObject, .counter64(2),
            ])
    }

    @Test func version1RefusesTheRequestForOneMissingName() {
        let request = PDU(.get, requestID: 7, names: ["1.3.6.1.1.0", "1.3.6.9", "1.9"])
        let response = respond(.v1, request)
        #expect(response?.errorStatus == .noSuchName)
        #expect(response?.errorIndex == 2)
        #expect(response?.bindings == request.bindings)
    }

    @Test func version1DoesNotSeeACounter64() {
        #expect(respond(.v1, PDU(.get, names: ["1.3.6.2.1"]))?.errorStatus == .noSuchName)
        #expect(respond(.v1, PDU(.getNext, names: ["1.3.6.1.1.0"]))?.bindings.map(\.name) == ["1.3.6.2.2"])
        #expect(respond(.v2c, PDU(.getNext, names: ["1.3.6.1.1.0"]))?.bindings.map(\.name) == ["1.3.6.2.1"])
    }

    @Test func getNextEndsAsEachVersionDoes() {
        #expect(respond(.v1, PDU(.getNext, names: ["1.3.6.2.2"]))?.errorStatus == .noSuchName)
        #expect(respond(.v2c, PDU(.getNext, names: ["1.3.6.2.2"]))?.bindings == [VariableBinding("1.3.6.2.2", .endOfMibView)])
    }

    @Test func getBulkRepeatsAllButTheFirst() {
        let response = respond(.v2c, .getBulk(["1.3.6.1", "1.3.6.1", "1.3.6.2.1"], nonRepeaters: 1, maxRepetitions: 9))
        #expect(
            response?.bindings == [
                VariableBinding("1.3.6.1.1.0", .integer(1)), VariableBinding("1.3.6.1.1.0", .integer(1)),
                VariableBinding("1.3.6.2.2", .text("b")), VariableBinding("1.3.6.2.1", .counter64(2)),
                VariableBinding("1.3.6.2.2", .endOfMibView), VariableBinding("1.3.6.2.2", .text("b")),
                VariableBinding("1.3.6.2.2", .endOfMibView),
            ])
    }

    @Test(arguments: [(Int32(-5), Int32(2), 2), (9, 9, 1), (0, 0, 0), (0, -1, 0), (.max, .max, 1), (.min, .min, 0)])
    func getBulkToleratesAnyNumbers(_ nonRepeaters: Int32, _ maxRepetitions: Int32, _ count: Int) {
        #expect(respond(.v2c, .getBulk(["1.3"], nonRepeaters: nonRepeaters, maxRepetitions: maxRepetitions))?.bindings.count == count)
    }

    @Test func getBulkWithoutNamesIsEmpty() {
        #expect(respond(.v2c, .getBulk([], maxRepetitions: .max))?.bindings.isEmpty == true)
    }
}

/// What does not fit.
struct ResponderSizeTests {
    private let big = ObjectTree(
        (1...200 as ClosedRange<UInt32>).map { ManagedObject(("1.3.6.1" as OID).appending($0), .text(String(repeating: "x", count: 50))) })

    private func respond(_ message: CommunityMessage, _ responder: Responder = Responder()) -> (PDU?, AgentStatistics) {
        var statistics = AgentStatistics()
        guard case .response(let response) = responder.respond(to: message, from: big, statistics: &statistics),
            case .pdu(let pdu) = response.content
        else { return (nil, statistics) }
        #expect(response.encoded().readableBytes <= responder.maximumMessageSize)
        return (pdu, statistics)
    }

    private var request: PDU { PDU(.get, requestID: 1, names: (1...60 as ClosedRange<UInt32>).map { ("1.3.6.1" as OID).appending($0) }) }

    @Test func saysTooBigWithoutBindingsInVersion2() {
        let (response, statistics) = respond(CommunityMessage(.v2c, "public", request))
        #expect(response == PDU(.response, requestID: 1, errorStatus: .tooBig))
        #expect(statistics.outTooBigs == 1)
    }

    @Test func saysTooBigWithTheRequestsBindingsInVersion1() {
        let (response, _) = respond(CommunityMessage(.v1, "public", request))
        #expect(response?.errorStatus == .tooBig)
        #expect(response?.bindings == request.bindings)
    }

    @Test func isSilentWhenEvenTheErrorIsTooBig() {
        let (response, statistics) = respond(CommunityMessage(.v1, "public", request), Responder(maximumMessageSize: 484))
        #expect(response == nil)
        #expect(statistics.silentDrops == 1)
    }

    @Test(arguments: [100, 484, 1472])
    func getBulkFillsTheMessage(_ size: Int) throws {
        let message = CommunityMessage(.v2c, "public", .getBulk(["1.3.6"], maxRepetitions: .max))
        let (response, _) = respond(message, Responder(maximumMessageSize: size))
        let bindings = try #require(response?.bindings)
        let length = try #require(bindings.first).encodedLength
        #expect(bindings.count >= (size - 60) / length)
        #expect(!bindings.isEmpty || size == 100)
    }
}

struct ResponderSetTests {
    /// Three objects, of which the last can be made to fail.
    private final class Store: Sendable {
        let values = Mutex<[Int32]>([1, 2, 3])
        let fails: Bool
        init(fails: Bool = false) { self.fails = fails }

        var tree: ObjectTree {
            ObjectTree(
                (0..<3).map { index in
                    let handler = WriteHandler(
                        validate: { ($0.number ?? 0) > 100 ? .wrongValue : nil },
                        commit: { value in
                            if index == 2 && self.fails { return false }
                            self.values.withLock { $0[index] = Int32(value.number ?? 0) }
                            return true
                        })
                    return ManagedObject(("1.3.6.1" as OID).appending(UInt32(index)), write: handler) {
                        .integer(self.values.withLock { $0[index] })
                    }
                } + [ManagedObject("1.3.6.2", .integer(0))])
        }
    }

    private func set(
        _ store: Store, _ bindings: [VariableBinding], _ version: SNMPVersion = .v2c, community: Community = "private"
    ) -> (ErrorStatus?, Int32?) {
        var statistics = AgentStatistics()
        let responder = Responder(readCommunity: "public", writeCommunity: "private")
        let message = CommunityMessage(version, community, PDU(.set, bindings: bindings))
        guard case .response(let response) = responder.respond(to: message, from: store.tree, statistics: &statistics),
            case .pdu(let pdu) = response.content
        else { return (nil, nil) }
        #expect(pdu.bindings == bindings)
        return (pdu.errorStatus, pdu.errorIndex)
    }

    @Test func setsAllValues() {
        let store = Store()
        #expect(set(store, [VariableBinding("1.3.6.1.0", .integer(10)), VariableBinding("1.3.6.1.1", .integer(20))]) == (.noError, 0))
        #expect(store.values.withLock { $0 } == [10, 20, 3])
    }

    @Test(arguments: [
        (VariableBinding("1.3.6.1.1", .integer(101)), ErrorStatus.wrongValue, ErrorStatus.badValue),
        (VariableBinding("1.3.6.1.1", .text("x")), .wrongType, .badValue),
        (VariableBinding("1.3.6.2", .integer(1)), .notWritable, .noSuchName),
        (VariableBinding("1.3.9", .integer(1)), .noCreation, .noSuchName),
    ])
    func setsNothingIfOneValueIsRefused(_ binding: VariableBinding, _ version2: ErrorStatus, _ version1: ErrorStatus) {
        let store = Store()
        #expect(set(store, [VariableBinding("1.3.6.1.0", .integer(10)), binding]) == (version2, 2))
        #expect(set(store, [VariableBinding("1.3.6.1.0", .integer(10)), binding], .v1) == (version1, 2))
        #expect(store.values.withLock { $0 } == [1, 2, 3])
    }

    @Test func setsBackWhatItSetWhenACommitFails() {
        let store = Store(fails: true)
        let bindings = (0..<3).map { VariableBinding(("1.3.6.1" as OID).appending($0), .integer(50)) }
        #expect(set(store, bindings) == (.commitFailed, 3))
        #expect(set(store, bindings, .v1) == (.genErr, 3))
        #expect(store.values.withLock { $0 } == [1, 2, 3])
    }

    @Test func theReadCommunityMayNotWrite() {
        let store = Store()
        #expect(set(store, [VariableBinding("1.3.6.1.0", .integer(10))], community: "public") == (.noAccess, 1))
        #expect(set(store, [VariableBinding("1.3.6.1.0", .integer(10))], .v1, community: "public") == (.noSuchName, 1))
        #expect(store.values.withLock { $0 } == [1, 2, 3])
    }
}
