import NIOCore
import Testing

@testable import SNMP

/// The agent as a v3 engine.
struct AgentSessionUserTests {
    private static let engineID = EngineID.mac(enterprise: 4555, [0, 0xE0, 0xD8, 1, 2, 3])
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    private static let sysName: OID = "1.3.6.1.2.1.1.5.0"
    private static let column: OID = "1.3.6.1.4.1.4555"

    private static let tree = ObjectTree(
        [ManagedObject(sysName, .text("card"), write: WriteHandler(commit: { _ in true }))]
            + (1...200 as ClosedRange<UInt32>).map { ManagedObject(column.appending($0), .counter32($0)) })

    /// A manager that has the users' passwords, and the agent that it asks.
    private struct Laboratory {
        var session: AgentSession
        var workspace = AgentWorkspace()
        let contexts = AESContexts()
        var verdict: AgentSession.Verdict?
        /// What the manager puts into its messages.
        var maximumSize: Int32 = 65_507
        var time: Int32 = 100
        var contextName = ""
        var engineID: EngineID? = AgentSessionUserTests.engineID

        init(_ users: [LocalEngine.User]? = nil, maximumMessageSize: Int = 1472) throws {
            let engine = AgentAccess.Engine(
                engineID: AgentSessionUserTests.engineID, clock: EngineClock(boots: 3, startedAt: AgentSessionUserTests.start),
                users: try users ?? LocalEngineTests.users())
            let access = AgentAccess(readCommunity: "public", engine: engine)
            session = AgentSession(access: access, maximumMessageSize: maximumMessageSize, saltStart: 1)
        }

        func sealed(_ pdu: PDU, by user: USMUser, _ level: SecurityLevel) -> [UInt8] {
            var writer = BERWriter()
            ScopedPDU(contextEngineID: engineID, contextName: contextName, pdu: pdu).encode(into: &writer)
            let header = SecureHeader(
                messageID: 99, maximumSize: maximumSize, level: level, isReportable: true, engineID: engineID, boots: 3, time: time)
            if let engineID {
                LocalizedUser(user, engineID: engineID, contexts: contexts).seal(header, salt: 7, into: &writer)
            } else {
                header.encodeUnsecured(userName: user.nameOctets, into: &writer)
            }
            return Array(writer.written)
        }

        mutating func receive(_ octets: [UInt8]) {
            let now = AgentSessionUserTests.start + .seconds(100)
            verdict = session.received(ByteBuffer(bytes: octets), at: now, in: &workspace, tree: { _ in AgentSessionUserTests.tree })
        }

        /// What comes back: a response, or a report.
        mutating func ask(_ pdu: PDU, as user: USMUser, _ level: SecurityLevel) throws -> PDU? {
            receive(sealed(pdu, by: user, level))
            guard verdict == .respond else { return nil }
            let octets = Array(workspace.response)
            #expect(octets.count <= min(session.maximumMessageSize, Int(maximumSize)))
            let message = try SecureMessage(decoding: ByteBuffer(bytes: octets))
            #expect(message.messageID == 99)
            #expect(!message.isReportable)
            let localized = LocalizedUser(user, engineID: AgentSessionUserTests.engineID, contexts: contexts)
            let scoped = try #require(try LocalizedUserTests.opened(octets, by: localized))
            #expect(scoped.contextEngineID == AgentSessionUserTests.engineID)
            #expect(scoped.pdu.kind == .report || message.level == level)
            return scoped.pdu
        }
    }

    private let get = PDU(.get, requestID: 77, names: [sysName, "1.9"])

    @Test func answersAtEachLevel() throws {
        var lab = try Laboratory()
        for (user, level) in [
            (try LocalEngineTests.plain.get(), SecurityLevel.noAuthNoPriv), (try LocalEngineTests.signing.get(), .authNoPriv),
            (try LocalEngineTests.strong.get(), .authPriv),
        ] {
            let response = try lab.ask(get, as: user, level)
            let expected = [VariableBinding(Self.sysName, .text("card")), VariableBinding("1.9", .noSuchObject)]
            #expect(response == PDU(.response, requestID: 77, bindings: expected))
        }
        #expect(lab.session.statistics.inGetRequests == 3)
        #expect(lab.session.statistics.outPackets == 3)
        #expect(lab.session.statistics.inTotalRequestVariables == 3)
        #expect(lab.session.statistics.engine == EngineStatistics())
    }

    @Test func answersEveryKindOfRequest() throws {
        var lab = try Laboratory()
        let user = try LocalEngineTests.strong.get()
        #expect(try lab.ask(PDU(.getNext, names: [Self.column]), as: user, .authPriv)?.bindings.map(\.name) == [Self.column.appending(1)])
        #expect(try lab.ask(.getBulk([Self.column], maxRepetitions: 20), as: user, .authPriv)?.bindings.count == 20)
        let set = PDU(.set, bindings: [VariableBinding(Self.sysName, .text("x"))])
        #expect(try lab.ask(set, as: user, .authPriv)?.errorStatus == .noError)
        #expect(lab.session.statistics.inTotalSetVariables == 1)
    }

    @Test func tellsItsEngineIDToWhoeverAsks() throws {
        var lab = try Laboratory()
        lab.engineID = nil
        let report = try lab.ask(PDU(.get, requestID: 5), as: LocalEngineTests.plain.get(), .noAuthNoPriv)
        #expect(report?.bindings == [VariableBinding(EngineCounter.unknownEngineIDs.oid, .counter32(1))])
        #expect(lab.session.statistics.engine.unknownEngineIDs == 1)
        #expect(lab.session.statistics.outPackets == 1)
        #expect(lab.session.statistics.authenticationFailures == 0)
    }

    @Test(arguments: [484, 485, 600, 1000, 1471, 1472, 65_507] as [Int32], [SecurityLevel.noAuthNoPriv, .authNoPriv, .authPriv])
    func heedsHowMuchTheRequesterTakes(_ maximumSize: Int32, _ level: SecurityLevel) throws {
        let user = try LocalEngineTests.strong.get()
        var lab = try Laboratory([LocalEngine.User(user, .readWrite, minimumLevel: .noAuthNoPriv)])
        lab.maximumSize = maximumSize
        let bulk = try #require(try lab.ask(.getBulk([Self.column], maxRepetitions: .max), as: user, level))
        #expect(bulk.errorStatus == .noError)
        #expect(lab.workspace.response.count > min(1472, Int(maximumSize)) - 50)
        let names = (1...100 as ClosedRange<UInt32>).map { Self.column.appending($0) }
        let get = try #require(try lab.ask(PDU(.get, names: names), as: user, level))
        #expect(get == PDU(.response, errorStatus: .tooBig))
    }

    @Test func aReaderMayNotWrite() throws {
        var lab = try Laboratory()
        let set = PDU(.set, requestID: 3, bindings: [VariableBinding(Self.sysName, .text("x"))])
        let response = try lab.ask(set, as: LocalEngineTests.signing.get(), .authNoPriv)
        #expect(response == PDU(.response, requestID: 3, errorStatus: .authorizationError, bindings: set.bindings))
        #expect(lab.session.statistics.inBadCommunityUses == 0)
    }

    @Test func refusesAUserBelowHisLevel() throws {
        var lab = try Laboratory()
        let response = try lab.ask(get, as: LocalEngineTests.strong.get(), .authNoPriv)
        #expect(response?.errorStatus == .authorizationError)
        #expect(response?.errorIndex == 0)
    }

    @Test func countsAWrongPasswordAsAnAuthenticationFailure() throws {
        var lab = try Laboratory()
        let impostor = try USMUser(name: "signing", authentication: (.sha1, "another password"))
        lab.receive(lab.sealed(get, by: impostor, .authNoPriv))
        #expect(lab.verdict == .respond)
        lab.receive(lab.sealed(get, by: try USMUser(name: "nobody"), .noAuthNoPriv))
        #expect(lab.verdict == .respond)
        let statistics = lab.session.statistics
        #expect(statistics.engine.wrongDigests == 1)
        #expect(statistics.engine.unknownUserNames == 1)
        #expect(statistics.authenticationFailures == 2)
        #expect(statistics.inGetRequests == 0)
    }

    @Test func reportsAnotherTimeAndAnotherContext() throws {
        var lab = try Laboratory()
        lab.time = 300
        let user = try LocalEngineTests.signing.get()
        #expect(try lab.ask(get, as: user, .authNoPriv)?.bindings.map(\.name) == [EngineCounter.notInTimeWindows.oid])
        lab.time = 100
        lab.contextName = "bridge1"
        lab.receive(lab.sealed(get, by: user, .authNoPriv))
        #expect(lab.verdict == .respond)
        #expect(lab.session.statistics.engine.unknownContexts == 1)
    }

    @Test func countsThePDUsThatNobodyHandles() throws {
        var lab = try Laboratory()
        let user = try LocalEngineTests.plain.get()
        lab.receive(lab.sealed(PDU(.trapV2), by: user, .noAuthNoPriv))
        #expect(lab.verdict == .drop(.refused(.unknownPDUHandlers)))
        lab.receive(lab.sealed(PDU(.response), by: user, .noAuthNoPriv))
        #expect(lab.verdict == .drop(.notARequest))
        lab.receive(Array(CommunityMessage(.v2c, "public", PDU(.trapV2)).encoded().readableBytesView))
        #expect(lab.verdict == .drop(.notARequest))
        #expect(lab.session.statistics.engine.unknownPDUHandlers == 2)
    }

    @Test func withoutAnEngineVersion3IsABadVersion() throws {
        let lab = try Laboratory()
        var session = AgentSession(access: AgentAccess(readCommunity: "public"), saltStart: 1)
        var workspace = AgentWorkspace()
        let message = lab.sealed(get, by: try LocalEngineTests.plain.get(), .noAuthNoPriv)
        let verdict = session.received(ByteBuffer(bytes: message), at: Self.start, in: &workspace, tree: { _ in Self.tree })
        #expect(verdict == .drop(.malformed(SNMPDecodingError(reason: .unsupportedVersion(3), offset: 2))))
        #expect(session.statistics.inBadVersions == 1)
    }

    @Test func changesItsUsersWhileItCountsOn() throws {
        var lab = try Laboratory()
        let plain = try LocalEngineTests.plain.get()
        let signing = try LocalEngineTests.signing.get()
        _ = try lab.ask(get, as: plain, .noAuthNoPriv)
        var access = lab.session.access
        access.engine?.users.removeAll { $0.user == plain }
        lab.session.admit(access, saltStart: 1)
        #expect(try lab.ask(get, as: plain, .noAuthNoPriv)?.kind == .report)
        #expect(try lab.ask(get, as: signing, .authNoPriv)?.kind == .response)
        access.engine?.clock = EngineClock(boots: 4, startedAt: Self.start)
        lab.session.admit(access, saltStart: 1)
        #expect(try lab.ask(get, as: signing, .authNoPriv)?.bindings.map(\.name) == [EngineCounter.notInTimeWindows.oid])
        access.engine = nil
        lab.session.admit(access, saltStart: 1)
        #expect(try lab.ask(get, as: signing, .authNoPriv) == nil)
        let statistics = lab.session.statistics
        #expect(statistics.engine.unknownUserNames == 1)
        #expect(statistics.engine.notInTimeWindows == 1)
        #expect(statistics.inGetRequests == 2)
    }

    @Test func aMalformedPDUInAnIntactEnvelopeIsDropped() throws {
        var lab = try Laboratory()
        var message = lab.sealed(PDU(.get, requestID: 77, names: [Self.sysName]), by: try LocalEngineTests.plain.get(), .noAuthNoPriv)
        // The last octets are 05 00: a NULL that now has a length.
        message[message.count - 1] = 1
        lab.receive(message)
        #expect(lab.verdict != .respond)
        #expect(lab.session.statistics.inASNParseErrors == 1)
    }

    @Test func survivesAnyOctets() throws {
        var lab = try Laboratory()
        let messages = [
            lab.sealed(get, by: try LocalEngineTests.plain.get(), .noAuthNoPriv),
            lab.sealed(get, by: try LocalEngineTests.strong.get(), .authPriv), SecureFixture.discovery, SecureFixture.trap,
        ]
        for message in messages {
            for length in 0...message.count { lab.receive(Array(message[..<length])) }
            for position in message.indices {
                for octet: UInt8 in [0, 1, 0x7F, 0x80, 0x84, 0xFF, message[position] ^ 1, message[position] &+ 1] {
                    var changed = message
                    changed[position] = octet
                    lab.receive(changed)
                }
            }
        }
        #expect(lab.session.statistics.inASNParseErrors > 100)
        #expect(lab.session.statistics.engine.wrongDigests > 100)
    }
}
