import NIOCore
import NIOPosix
import NetVision
import PowerDevice
import SNMP
import Testing

/// The reader over real sockets: an agent that has a fixture's objects and nothing else.
@Suite struct CardReaderTests {
    @Test(
        arguments: ["nv6.30_masterys_on-battery", "nv8.11_alarms", "rfc1628_foreign_on-battery", "sts_statys_on-alternate"],
        [SNMPVersion.v1, .v2c])
    func readsACardByEitherVersion(_ name: String, _ version: SNMPVersion) async throws {
        let fixture = try CardFixture.named(name)
        try await withAgent(fixture, version) { reader, target in
            let card = try #require(try await reader.identify(target))
            #expect(card == CardIdentity(fixture.bindings))

            let first = try await reader.read(.all, of: card, by: try await reader.plan(for: card, at: target), at: target)
            #expect(first.state == DeviceState(fixture.bindings, from: card))
            #expect(first.plan.isLearnt)
            #expect(!first.isOutdated)

            let second = try await reader.read(.all, of: card, by: first.plan, at: target)
            #expect(second.state == first.state)
            let status = try await reader.read(.status, of: card, by: second.plan, at: target)
            #expect(OperatingStatus(status.state) == OperatingStatus(first.state))
            #expect(first.state.refreshed(by: status.state) == first.state)
        }
    }

    @Test func switchIsNoCard() async throws {
        try await withAgent(try CardFixture.named("switch"), .v1) { reader, target in
            let card = try await reader.identify(target)
            #expect(card == nil)
        }
    }

    private func withAgent(
        _ fixture: CardFixture, _ version: SNMPVersion, _ body: (CardReader, SNMPTarget) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let tree = ObjectTree(fixture.bindings.map { ManagedObject($0.name, $0.value) })
        let (addresses, bound) = AsyncStream.makeStream(of: SocketAddress.self)
        let agent = SNMPAgent(
            address: try SocketAddress(ipAddress: "127.0.0.1", port: 0), access: AgentAccess(), group: group,
            configuration: SNMPAgent.Configuration(onBound: { bound.yield($0) }), tree: { tree })
        let client = SNMPClient()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await agent.run() }
            tasks.addTask { try await client.run() }
            let address = try #require(await addresses.first { _ in true })
            try await body(CardReader(client), SNMPTarget(address, version: version))
            tasks.cancelAll()
            while let result = await tasks.nextResult() {
                if case .failure(let error) = result, !(error is CancellationError) { throw error }
            }
        }
    }
}
