import NIOCore
import Testing

@testable import SNMP

struct AgentSessionTests {
    private let tree = ObjectTree(
        [ManagedObject("1.3.6.1.2.1.1.5.0", .text("card"), write: WriteHandler(commit: { _ in true }))]
            + (1...100 as ClosedRange<UInt32>).map { ManagedObject(("1.3.6.1.4.1.4555" as OID).appending($0), .counter32($0)) })
    private let get = PDU(.get, requestID: 9, names: ["1.3.6.1.2.1.1.5.0"])

    private func makeSession() -> AgentSession {
        AgentSession(access: AgentAccess(readCommunity: "public", writeCommunity: "private"), saltStart: 1)
    }

    private func receive(_ message: CommunityMessage, _ session: inout AgentSession) throws -> (AgentSession.Verdict, CommunityMessage?) {
        var workspace = AgentWorkspace()
        let verdict = session.received(message.encoded(), at: .uptimeNanoseconds(1), in: &workspace, tree: { _ in tree })
        guard verdict == .respond else { return (verdict, nil) }
        #expect(workspace.response.count <= session.maximumMessageSize)
        return (verdict, try CommunityMessage(decoding: ByteBuffer(bytes: workspace.response)))
    }

    @Test func answersOctetForOctet() {
        // The last two octets are padding: they are no part of the message.
        let request: [UInt8] = [
            0x30, 0x26, 2, 1, 1, 4, 6, 0x70, 0x75, 0x62, 0x6C, 0x69, 0x63, 0xA0, 0x19, 2, 1, 9, 2, 1, 0, 2, 1, 0,
            0x30, 0x0E, 0x30, 0x0C, 6, 8, 0x2B, 6, 1, 2, 1, 1, 5, 0, 5, 0, 0, 0,
        ]
        var session = makeSession()
        var workspace = AgentWorkspace()
        let verdict = session.received(ByteBuffer(bytes: request), at: .uptimeNanoseconds(1), in: &workspace, tree: { _ in tree })
        #expect(verdict == .respond)
        #expect(
            Array(workspace.response) == [
                0x30, 0x2A, 2, 1, 1, 4, 6, 0x70, 0x75, 0x62, 0x6C, 0x69, 0x63, 0xA2, 0x1D, 2, 1, 9, 2, 1, 0, 2, 1, 0,
                0x30, 0x12, 0x30, 0x10, 6, 8, 0x2B, 6, 1, 2, 1, 1, 5, 0, 4, 4, 0x63, 0x61, 0x72, 0x64,
            ])
    }

    @Test(arguments: [SNMPVersion.v1, .v2c], ["public", "private"] as [Community])
    func answersInTheRequestsEnvelope(_ version: SNMPVersion, _ community: Community) throws {
        var session = makeSession()
        let (_, response) = try receive(CommunityMessage(version, community, get), &session)
        #expect(
            response
                == CommunityMessage(
                    version, community, PDU(.response, requestID: 9, bindings: [VariableBinding("1.3.6.1.2.1.1.5.0", .text("card"))])))
        #expect(session.statistics.inGetRequests == 1)
        #expect(session.statistics.inPackets == 1)
        #expect(session.statistics.outPackets == 1)
        #expect(session.statistics.inTotalRequestVariables == 1)
    }

    @Test(arguments: [SNMPVersion.v1, .v2c]) func dropsAVersionThatIsSwitchedOff(_ version: SNMPVersion) throws {
        var access = AgentAccess(readCommunity: "public")
        access.versions = Set(SNMPVersion.allCases).subtracting([version])
        var session = AgentSession(access: access, saltStart: 1)
        let (refused, _) = try receive(CommunityMessage(version, "public", get), &session)
        let (answered, _) = try receive(CommunityMessage(version == .v1 ? .v2c : .v1, "public", get), &session)
        #expect(refused != .respond)
        #expect(session.statistics.inBadVersions == 1)
        #expect(answered == .respond)
    }

    @Test(arguments: ["guess", "", "publi", "publicc", "Public"] as [Community])
    func dropsAForeignCommunityAndCountsIt(_ community: Community) throws {
        var session = makeSession()
        #expect(try receive(CommunityMessage(.v2c, community, get), &session).0 == .drop(.unknownCommunity))
        #expect(session.statistics.inBadCommunityNames == 1)
        #expect(session.statistics.inGetRequests == 0)
    }

    @Test func anEmptyCommunityAdmitsNobody() throws {
        var session = AgentSession(access: AgentAccess(readCommunity: "", writeCommunity: ""), saltStart: 1)
        #expect(try receive(CommunityMessage(.v2c, "", get), &session).0 == .drop(.unknownCommunity))
    }

    @Test func oneCommunityForBothMayWrite() throws {
        let access = AgentAccess(readCommunity: "same", writeCommunity: "same")
        var session = AgentSession(access: access, saltStart: 1)
        let set = PDU(.set, bindings: [VariableBinding("1.3.6.1.2.1.1.5.0", .text("x"))])
        #expect(try receive(CommunityMessage(.v2c, "same", set), &session).1?.pdu?.errorStatus == .noError)
    }

    @Test func countsTheReadersWhoWantToWrite() throws {
        var session = makeSession()
        let set = PDU(.set, bindings: [VariableBinding("1.3.6.1.2.1.1.5.0", .text("x"))])
        #expect(try receive(CommunityMessage(.v2c, "public", set), &session).1?.pdu?.errorStatus == .noAccess)
        #expect(session.statistics.inBadCommunityUses == 1)
        #expect(session.statistics.inSetRequests == 1)
    }

    @Test func dropsAndCountsWhatIsNoRequest() throws {
        var session = makeSession()
        #expect(try receive(CommunityMessage(.v2c, "public", PDU(.response)), &session).0 == .drop(.notARequest))
        #expect(try receive(CommunityMessage(.v2c, "public", PDU(.trapV2)), &session).0 == .drop(.notARequest))
        let trap = TrapV1(enterprise: "1.3.6.1.4.1.4555", agentAddress: .init(10, 0, 0, 1), genericTrap: 0, specificTrap: 0, timeStamp: 1)
        #expect(try receive(CommunityMessage(.v1, "public", .trapV1(trap)), &session).0 == .drop(.notARequest))
        #expect(session.statistics.inGetResponses == 1)
        #expect(session.statistics.inTraps == 2)
        #expect(session.statistics.outPackets == 0)
    }

    @Test func countsVersionsThatItDoesNotKnow() {
        var session = makeSession()
        var workspace = AgentWorkspace()
        for version: UInt8 in [2, 4, 0x7F] {
            let datagram = ByteBuffer(bytes: [0x30, 0x0B, 2, 1, version, 4, 6, 0x70, 0x75, 0x62, 0x6C, 0x69, 0x63])
            #expect(session.received(datagram, at: .uptimeNanoseconds(1), in: &workspace, tree: { _ in tree }) != .respond)
        }
        #expect(session.statistics.inBadVersions == 3)
        #expect(session.statistics.inASNParseErrors == 0)
    }

    @Test func showsTheCountersAsTheyAreWhenTheyAreRead() throws {
        var session = makeSession()
        var workspace = AgentWorkspace()
        let datagram = CommunityMessage(.v2c, "public", PDU(.get, names: ["1.3.6.1.2.1.11.15.0", "1.3.6.1.2.1.11.1.0"])).encoded()
        let verdict = session.received(datagram, at: .uptimeNanoseconds(1), in: &workspace) { statistics in
            ObjectTree(AgentStatistics.snmpGroup { statistics })
        }
        #expect(verdict == .respond)
        let response = try CommunityMessage(decoding: ByteBuffer(bytes: workspace.response))
        #expect(response.pdu?.bindings.map(\.value) == [.counter32(1), .counter32(1)])
    }

    @Test(arguments: [484, 600, 1472, 9000])
    func fillsAMessageAndNoMore(_ size: Int) throws {
        var session = AgentSession(access: AgentAccess(readCommunity: "public"), maximumMessageSize: size, saltStart: 1)
        let request = CommunityMessage(.v2c, "public", .getBulk(["1.3.6.1.4"], maxRepetitions: .max))
        let response = try #require(try receive(request, &session).1)
        #expect(response.encoded().readableBytes <= size)
        #expect(response.encoded().readableBytes > min(size, 1500) - 20)
    }

    @Test func isSilentWhenEvenTheErrorIsTooBig() throws {
        var session = AgentSession(access: AgentAccess(readCommunity: "public"), maximumMessageSize: 1, saltStart: 1)
        let names = (1...80 as ClosedRange<UInt32>).map { ("1.3.6.1.4.1.4555" as OID).appending($0) }
        #expect(try receive(CommunityMessage(.v1, "public", PDU(.get, names: names)), &session).0 == .drop(.responseTooBig))
        #expect(session.statistics.silentDrops == 1)
        #expect(session.statistics.outPackets == 0)
    }

    /// Every prefix of every fixture, and every octet of it replaced by each of several: an answer or a drop, and the agent lives.
    @Test func survivesAnyOctets() {
        var session = makeSession()
        var workspace = AgentWorkspace()
        for fixture in Fixture.all {
            for length in 0...fixture.bytes.count {
                let prefix = ByteBuffer(bytes: fixture.bytes[..<length])
                _ = session.received(prefix, at: .uptimeNanoseconds(1), in: &workspace, tree: { _ in tree })
            }
            for position in fixture.bytes.indices {
                for octet: UInt8 in [0, 1, 0x7F, 0x80, 0x84, 0xFF, fixture.bytes[position] ^ 1, fixture.bytes[position] &+ 1] {
                    var bytes = fixture.bytes
                    bytes[position] = octet
                    _ = session.received(ByteBuffer(bytes: bytes), at: .uptimeNanoseconds(1), in: &workspace, tree: { _ in tree })
                }
            }
        }
        #expect(session.statistics.inASNParseErrors > 100)
        #expect(session.statistics.outPackets > 0)
    }
}

extension CommunityMessage {
    fileprivate var pdu: PDU? {
        guard case .pdu(let pdu) = content else { return nil }
        return pdu
    }
}
