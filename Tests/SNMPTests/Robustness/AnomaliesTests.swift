import NIOCore
import Testing

@testable import SNMP

/// Messages with one thing wrong go to everything that receives. None may trap or hang, and what is right is answered afterwards.
@Suite(.timeLimit(.minutes(1))) struct AnomaliesTests {
    private static let sysName: OID = "1.3.6.1.2.1.1.5.0"

    private static func octets(_ version: SNMPVersion, _ pdu: PDU, _ community: Community = "private") -> [UInt8] {
        Array(CommunityMessage(version, community, pdu).encoded().readableBytesView)
    }

    private static func scoped(_ pdu: PDU, _ engine: EngineID) -> [UInt8] {
        var writer = BERWriter()
        ScopedPDU(contextEngineID: engine, pdu: pdu).encode(into: &writer)
        return Array(writer.written)
    }

    private static let requests = [
        PDU(.get, requestID: 9, names: [sysName]), PDU(.getNext, requestID: 9, names: [sysName]),
        .getBulk([sysName, "1.3.6.1.4.1"], nonRepeaters: 1, maxRepetitions: 5, requestID: 9),
        PDU(.set, requestID: 9, bindings: [VariableBinding(sysName, .text("x")), VariableBinding("1.3.6.1.4.1.4555.1", .integer(1))]),
    ]

    // MARK: Agent

    /// An agent with communities and users, and a manager who asks it properly.
    private struct Agent {
        static let start = LocalEngineTests.start
        var session: AgentSession
        var workspace = AgentWorkspace()
        let strong: LocalizedUser
        let tree: ObjectTree

        init() throws {
            let write = WriteHandler(commit: { _ in true })
            tree = ObjectTree(
                [ManagedObject(sysName, .text("card"), write: write)]
                    + (1...100 as ClosedRange<UInt32>).map {
                        ManagedObject(("1.3.6.1.4.1.4555" as OID).appending($0), .integer(Int32($0)), write: write)
                    })
            let engine = AgentAccess.Engine(
                engineID: LocalEngineTests.engineID, clock: EngineClock(boots: 3, startedAt: Self.start),
                users: try LocalEngineTests.users())
            session = AgentSession(access: AgentAccess(writeCommunity: "private", engine: engine), saltStart: 1)
            strong = LocalizedUser(try LocalEngineTests.strong.get(), engineID: LocalEngineTests.engineID, contexts: AESContexts())
        }

        /// The octets of the answer, if there is one.
        mutating func receive(_ octets: [UInt8]) -> [UInt8]? {
            let verdict = session.received(ByteBuffer(bytes: octets), at: Self.start, in: &workspace) { [tree] _ in tree }
            return verdict == .respond ? Array(workspace.response) : nil
        }

        func sealed(_ scoped: [UInt8]) -> [UInt8] {
            var writer = BERWriter()
            scoped.withUnsafeBytes { writer.prepend($0) }
            let header = SecureHeader(
                messageID: 9, level: .authPriv, isReportable: true, engineID: LocalEngineTests.engineID, boots: 3, time: 0)
            strong.seal(header, salt: 5, into: &writer)
            return Array(writer.written)
        }

        mutating func expectAnswers(sourceLocation: SourceLocation = #_sourceLocation) throws {
            for version in [SNMPVersion.v1, .v2c] {
                let answer = try #require(receive(octets(version, requests[0])), sourceLocation: sourceLocation)
                let message = try CommunityMessage(decoding: ByteBuffer(bytes: answer))
                guard case .pdu(let pdu) = message.content else { throw CancellationError() }
                #expect(pdu.bindings == [VariableBinding(sysName, .text("card"))], sourceLocation: sourceLocation)
            }
            let answer = try #require(receive(sealed(scoped(requests[0], LocalEngineTests.engineID))), sourceLocation: sourceLocation)
            #expect(
                try LocalizedUserTests.opened(answer, by: strong)?.pdu.bindings.first?.value == .text("card"),
                sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: [SNMPVersion.v1, .v2c]) func anAgentAnswersAfterwards(_ version: SNMPVersion) throws {
        var agent = try Agent()
        for request in Self.requests {
            for anomaly in AnomalyCorpus(of: Self.octets(version, request)).messages {
                guard let answer = agent.receive(anomaly) else { continue }
                #expect(answer.count <= agent.session.maximumMessageSize)
                #expect(throws: Never.self) { try CommunityMessage(decoding: ByteBuffer(bytes: answer)) }
            }
            try agent.expectAnswers()
        }
        #expect(agent.session.statistics.inASNParseErrors > 1000)
    }

    /// Wrong envelopes, which nobody has signed; and wrong contents, which a user has.
    @Test func anEngineAnswersItsUsersAfterwards() throws {
        var agent = try Agent()
        let contents = AnomalyCorpus(of: Self.scoped(Self.requests[2], LocalEngineTests.engineID)).messages
        let envelopes = AnomalyCorpus(of: agent.sealed(Self.scoped(Self.requests[0], LocalEngineTests.engineID))).messages
        for anomaly in envelopes + contents.filter({ 1..<8192 ~= $0.count }).map(agent.sealed) {
            guard let answer = agent.receive(anomaly) else { continue }
            #expect(throws: Never.self) { try SecureMessage(decoding: ByteBuffer(bytes: answer)) }
        }
        try agent.expectAnswers()
        #expect(agent.session.statistics.engine.wrongDigests > 100)
        #expect(agent.session.statistics.engine.decryptionErrors > 100)
    }

    // MARK: Trap receiver

    @Test func aTrapReceiverDeliversAfterwards() throws {
        let users = try NotifyingCard.users()
        let card = NotifyingCard()
        var receiver = TrapReceiver.forTests(users: users)
        let trapV1 = CommunityMessage(.v1, "public", .trapV1(try #require(TrapReceiverTests.notification.trapV1()))).encoded()
        let valid =
            [Array(trapV1.readableBytesView)] + [PDU.Kind.trapV2, .inform].map { TrapReceiverTests.message($0) }
            + users.map { card.message($0) }
        for message in valid {
            for anomaly in AnomalyCorpus(of: message).messages { _ = receiver.received(anomaly) }
            #expect(receiver.received(TrapReceiverTests.message(.trapV2)).isDelivery)
            #expect(receiver.received(card.message(users[0])).isDelivery)
        }
        let statistics = receiver.statistics
        #expect(statistics.engines == 1, "nobody has signed for another engine")
        #expect(statistics.drops[.malformed, default: 0] > 1000)
    }

    // MARK: Manager

    /// A manager's loop with one request under way, which never runs: datagrams are handed to it.
    private struct Manager {
        static let id: Int32 = 4711
        let loop: ClientLoop
        let peer: PeerAddress
        let request: OutstandingRequest

        init(_ credentials: SNMPCredentials) throws {
            let port = try DatagramPort(bound: SocketAddress(ipAddress: "127.0.0.1", port: 0), bufferSize: 65_536)
            let address = try #require(port.localAddress)
            loop = ClientLoop(port: port, mailbox: ClientMailbox(capacity: 1), capacity: 4)
            let target = SNMPTarget(address, credentials: credentials)
            peer = try #require(target.peer)
            let read = PreparedRead([sysName])
            request = OutstandingRequest(read.pdu, prepared: read, to: target) { _ in }
            _ = loop.agent(of: peer).heard(LocalEngineTests.engineID, boots: 3, time: 0, now: loop.now)
        }

        /// How many requests the datagram has ended.
        func receive(_ octets: [UInt8]) -> Int {
            if loop.table.request(from: peer, id: Self.id) == nil {
                loop.finish(peer, .failure(SNMPError.closed))
                loop.finished.removeAll()
                _ = loop.table.submitted(request, id: Self.id, to: peer, retry: request.target.retry, now: loop.now)
                loop.agent(of: peer).begin()
            }
            let before = loop.finished.count
            octets.withUnsafeBytes { loop.received($0, from: peer) }
            return loop.finished.count - before
        }

        func values() throws -> [SNMPValue] {
            guard case .success(.values(let values))? = loop.finished.last?.result else { return [] }
            return values
        }
    }

    private static let response = PDU(.response, requestID: Manager.id, bindings: [VariableBinding(sysName, .text("card"))])

    @Test(arguments: [SNMPVersion.v1, .v2c]) func aManagerUnderstandsTheResponseAfterwards(_ version: SNMPVersion) throws {
        let manager = try Manager(version == .v1 ? .v1("private") : .v2c("private"))
        for anomaly in AnomalyCorpus(of: Self.octets(version, Self.response)).messages { _ = manager.receive(anomaly) }
        #expect(manager.loop.statistics.drops[.malformed, default: 0] > 100)
        _ = manager.receive([])
        #expect(manager.receive(Self.octets(version, Self.response)) == 1)
        #expect(try manager.values() == [.text("card")])
    }

    @Test func aManagerBelievesOnlySignedAnswers() throws {
        let user = try LocalEngineTests.strong.get()
        let manager = try Manager(.v3(user, contextName: ""))
        let localized = LocalizedUser(user, engineID: LocalEngineTests.engineID, contexts: AESContexts())
        func sealed(_ scoped: [UInt8]) -> [UInt8] {
            var writer = BERWriter()
            scoped.withUnsafeBytes { writer.prepend($0) }
            let header = SecureHeader(
                messageID: Manager.id, level: .authPriv, isReportable: false, engineID: LocalEngineTests.engineID, boots: 3, time: 0)
            localized.seal(header, salt: 5, into: &writer)
            return Array(writer.written)
        }
        let valid = Self.scoped(Self.response, LocalEngineTests.engineID)
        let message = sealed(valid)
        // Octets after a message are ignored: some agents pad.
        for anomaly in AnomalyCorpus(of: message).messages where !anomaly.starts(with: message) {
            #expect(manager.receive(anomaly) == 0 || manager.loop.finished.last?.result.isFailure == true)
        }
        for anomaly in AnomalyCorpus(of: valid).messages where 1..<8192 ~= anomaly.count { _ = manager.receive(sealed(anomaly)) }
        #expect(manager.loop.statistics.drops[.notAuthentic, default: 0] > 50)
        _ = manager.receive([])
        #expect(manager.receive(sealed(valid)) == 1)
        #expect(try manager.values() == [.text("card")])
    }
}

extension TrapReceiver.ReceivedAction {
    fileprivate var isDelivery: Bool { if case .deliver = self { true } else { false } }
}

extension Result {
    fileprivate var isFailure: Bool { if case .failure = self { true } else { false } }
}
