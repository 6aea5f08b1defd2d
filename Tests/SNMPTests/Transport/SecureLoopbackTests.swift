import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import SNMP

/// The manager with SNMPv3, against an agent of ours whose engine restarts, is cloned, or has other keys.
struct SecureLoopbackTests {
    private static let name: OID = "1.3.6.1.2.1.1.5.0"
    private let group = MultiThreadedEventLoopGroup.singleton
    private let user: USMUser
    private let engine: EngineID

    init() throws {
        user = try USMUser(name: "nms", authentication: (.sha1, "authentication"), privacy: (.aes128, "privacy-password"))
        engine = EngineID.mac(enterprise: 4555, [0, 0xE0, 0xD8, 1, 2, 3])
    }

    private func access(boots: Int32 = 1, upFor: TimeAmount = .zero, engine: EngineID? = nil, user: USMUser? = nil) -> AgentAccess {
        AgentAccess(
            engine: .init(
                engineID: engine ?? self.engine, clock: EngineClock(boots: boots, startedAt: .now() - upFor),
                users: [.init(user ?? self.user, .readOnly)]))
    }

    private func agent(_ access: AgentAccess, admit: @escaping @Sendable () -> SNMPAgent.Admission = { .answer }) throws -> BoundAgent {
        try BoundAgent(access, admit: admit, group: group, tree: ObjectTree([ManagedObject(Self.name, .text("card"))]))
    }

    /// Runs `body` with a client and the agents.
    private func with(_ agents: BoundAgent..., body: (SNMPClient, [SNMPTarget]) async throws -> Void) async throws {
        let client = SNMPClient()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await client.run() }
            var targets: [SNMPTarget] = []
            for agent in agents {
                tasks.addTask { try await agent.agent.run() }
                let address = try #require(await agent.address())
                targets.append(SNMPTarget(address, credentials: .v3(user), timeout: .milliseconds(100), retries: 2))
            }
            try await body(client, targets)
            tasks.cancelAll()
            try await tasks.waitForAll()
        }
    }

    private func expectAnswer(_ client: SNMPClient, _ target: SNMPTarget, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let bindings = try await client.get([Self.name], from: target)
        #expect(bindings.map(\.value) == [.text("card")], sourceLocation: sourceLocation)
    }

    @Test func discoversAnEngineOnce() async throws {
        try await with(agent(access())) { client, targets in
            for _ in 0..<5 { try await expectAnswer(client, targets[0]) }
            #expect(client.statistics.reports == 1)
            #expect(client.statistics.responses == 5)
        }
    }

    @Test func aRestartedAgentAnswersTheSameRequest() async throws {
        let agent = try agent(access(boots: 7, upFor: .hours(30)))
        try await with(agent) { client, targets in
            try await expectAnswer(client, targets[0])
            agent.agent.access = access(boots: 8)
            try await expectAnswer(client, targets[0])
            #expect(client.statistics.retransmissions == 0)
            #expect(client.statistics.timeouts == 0)
        }
    }

    /// Its settings were lost, and with them the count; a strict reading of RFC 3414 would shut it out for ever.
    @Test func anAgentWhoseBootsWentBackAnswersToo() async throws {
        let agent = try agent(access(boots: 90))
        try await with(agent) { client, targets in
            try await expectAnswer(client, targets[0])
            agent.agent.access = access(boots: 1)
            try await expectAnswer(client, targets[0])
            #expect(client.statistics.timeouts == 0)
        }
    }

    @Test(arguments: [-100_000, 100_000] as [Int64])
    func anAgentWhoseClockJumpedAnswersToo(_ seconds: Int64) async throws {
        let agent = try agent(access(upFor: .seconds(200_000)))
        try await with(agent) { client, targets in
            try await expectAnswer(client, targets[0])
            agent.agent.access = access(upFor: .seconds(200_000 + seconds))
            try await expectAnswer(client, targets[0])
            #expect(client.statistics.timeouts == 0)
        }
    }

    @Test func aReplacedCardIsDiscoveredAnew() async throws {
        let agent = try agent(access())
        try await with(agent) { client, targets in
            try await expectAnswer(client, targets[0])
            agent.agent.access = access(engine: .mac(enterprise: 4555, [0, 0xE0, 0xD8, 9, 9, 9]))
            try await expectAnswer(client, targets[0])
            #expect(client.statistics.timeouts == 0)
            #expect(client.engineConflicts.isEmpty)
        }
    }

    @Test func clonedAgentsAreKeptApartAndReported() async throws {
        try await with(agent(access(boots: 3, upFor: .hours(5))), agent(access(boots: 40))) { client, targets in
            for _ in 0..<3 {
                for target in targets { try await expectAnswer(client, target) }
            }
            #expect(client.statistics.reports == 2)
            #expect(client.engineConflicts == [engine: targets.map(\.address)])
        }
    }

    @Test func namesWhatIsWrongWithTheUser() async throws {
        try await with(agent(access())) { client, targets in
            let cases: [(SNMPSecurityError, USMUser)] = try [
                (.unknownUser, USMUser(name: "nobody")),
                (.wrongKey, USMUser(name: "nms", authentication: (.sha1, "authenticatioN"), privacy: (.aes128, "privacy-password"))),
                (.wrongKey, USMUser(name: "nms", authentication: (.sha256, "authentication"), privacy: (.aes128, "privacy-password"))),
            ]
            for (error, user) in cases {
                var target = targets[0]
                target.credentials = .v3(user)
                await #expect(throws: SNMPError.security(error)) { try await client.get([Self.name], from: target) }
            }
            try await expectAnswer(client, targets[0])
        }
    }

    @Test func refusesAContextThatTheAgentHasNot() async throws {
        try await with(agent(access())) { client, targets in
            var target = targets[0]
            target.credentials = .v3(user, contextName: "other")
            await #expect(throws: SNMPError.security(.unknownContext)) { try await client.get([Self.name], from: target) }
        }
    }

    /// The agent says that it takes 2048 octets; 150 names are more.
    @Test func asksForLessThanTheAgentSaysItCanTake() async throws {
        let names = (1...150).map { ("1.3.6.1.4.1.4555.1.1.7.1" as OID).appending(UInt32($0), 0) }
        let objects = names.map { ManagedObject($0, .integer(1)) }
        let agent = try BoundAgent(access(), admit: { .answer }, group: group, tree: ObjectTree(objects))
        try await with(agent) { client, targets in
            let bindings = try await client.getAvailable(names, from: targets[0], chunkSize: names.count)
            #expect(bindings.map(\.name) == names)
            #expect(client.statistics.retransmissions == 0)
        }
    }

    @Test func lostMessagesAreSentAgain() async throws {
        let count = Atomic<Int>(0)
        let agent = try agent(access(), admit: { count.add(1, ordering: .relaxed).newValue % 2 == 1 ? .drop : .answer })
        try await with(agent) { client, targets in
            for _ in 0..<3 { try await expectAnswer(client, targets[0]) }
            #expect(client.statistics.timeouts == 0)
        }
    }

    @Test func anAgentThatIsSilentIsSilent() async throws {
        try await with(agent(access(), admit: { .drop })) { client, targets in
            await #expect(throws: SNMPError.noResponse(from: targets[0].address, attempts: 3)) {
                try await client.get([Self.name], from: targets[0])
            }
        }
    }

    @Test(arguments: AuthenticationProtocol.allCases, PrivacyProtocol.allCases)
    func everyPairOfProtocolsIsUnderstood(_ authentication: AuthenticationProtocol, _ privacy: PrivacyProtocol) async throws {
        let user = try USMUser(name: "x", authentication: (authentication, "authentication"), privacy: (privacy, "privacy-password"))
        try await with(agent(access(user: user))) { client, targets in
            var target = targets[0]
            target.credentials = .v3(user)
            try await expectAnswer(client, target)
        }
    }
}

/// An agent on a port of the system's choice, which it tells.
struct BoundAgent: Sendable {
    let agent: SNMPAgent
    private let addresses: AsyncStream<SocketAddress>

    init(_ access: AgentAccess, admit: @escaping @Sendable () -> SNMPAgent.Admission, group: any EventLoopGroup, tree: ObjectTree) throws {
        let (addresses, continuation) = AsyncStream<SocketAddress>.makeStream()
        self.addresses = addresses
        agent = SNMPAgent(
            address: try SocketAddress(ipAddress: "127.0.0.1", port: 0), access: access, group: group,
            configuration: .init(onBound: { continuation.yield($0) }), admit: admit, tree: { tree })
    }

    func address() async -> SocketAddress? { await addresses.first { _ in true } }
}
