import NIOCore
import NIOPosix
import Testing

@testable import SNMP

/// A sweep for SNMPv3 engines over the loopback network.
@Suite(.timeLimit(.minutes(1))) struct EngineSweepTests {
    private func sweep(_ access: AgentAccess, version: SNMPVersion) async throws -> [SNMPSweep.Answer] {
        let group = MultiThreadedEventLoopGroup.singleton
        let (addresses, bound) = AsyncStream.makeStream(of: SocketAddress.self)
        let tree = ObjectTree([ManagedObject("1.3.6.1.2.1.1.1.0", .text("card"))])
        let agent = SNMPAgent(
            address: try SocketAddress(ipAddress: "127.0.0.1", port: 0), access: access, group: group,
            configuration: .init(onBound: { bound.yield($0) }), tree: { tree })
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await agent.run() }
            defer { tasks.cancelAll() }
            let address = try #require(await addresses.first { _ in true })
            let sweep = SNMPSweep(
                [address], names: ["1.3.6.1.2.1.1.1.0"],
                configuration: .init(version: version, rounds: 1, patience: .milliseconds(200)), on: group.next())
            var answers: [SNMPSweep.Answer] = []
            for try await answer in sweep.answers() { answers.append(answer) }
            return answers
        }
    }

    @Test func findsAnEngineWithoutAUser() async throws {
        let engineID = EngineID.mac(enterprise: 4555, [0, 1, 2, 3, 4, 5])
        let engine = AgentAccess.Engine(engineID: engineID, clock: EngineClock(boots: 7, startedAt: .now()), users: [])
        let answers = try await sweep(AgentAccess(engine: engine), version: .v3)
        #expect(answers.map(\.engineID) == [engineID])
        #expect(answers.first?.bindings == [])
    }

    @Test func findsNoneInAnAgentOfCommunities() async throws {
        #expect(try await sweep(AgentAccess(), version: .v3).isEmpty)
        let answers = try await sweep(AgentAccess(), version: .v2c)
        #expect(answers.map(\.engineID) == [nil])
        #expect(answers.first?.bindings.count == 1)
    }

    @Test func asksByTheVersionOfTheCredentials() throws {
        let user = try USMUser(name: "nms")
        #expect(SNMPSweep.Configuration(.v3(user)).version == .v3)
        #expect(SNMPSweep.Configuration(.v1("c")).version == .v1)
        #expect(SNMPSweep.Configuration(.v2c("c")).community == "c")
    }
}
