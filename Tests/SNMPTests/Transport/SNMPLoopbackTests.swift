import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import SNMP

/// Client and agent over loopback, on ports that the system chose.
struct SNMPLoopbackTests {
    private let group = MultiThreadedEventLoopGroup.singleton
    private let system: OID = "1.3.6.1.2.1.1"

    private var tree: ObjectTree {
        ObjectTree(
            [ManagedObject(system.appending(1, 0), .text("card")), ManagedObject(system.appending(5, 0), .text("rack"))]
                + (1...100 as ClosedRange<UInt32>).map { ManagedObject(("1.3.6.1.4.1.4555" as OID).appending($0), .integer(Int32($0))) })
    }

    /// Runs `body` with a client, and the address of an agent; both are gone when it returns.
    private func withAgent(
        admit: @escaping @Sendable () -> SNMPAgent.Admission = { .answer }, host: String = "127.0.0.1",
        _ body: (SNMPClient, SNMPTarget, SNMPAgent) async throws -> Void
    ) async throws {
        let (addresses, continuation) = AsyncStream<SocketAddress>.makeStream()
        let tree = tree
        let agent = SNMPAgent(
            address: try SocketAddress(ipAddress: host, port: 0), access: AgentAccess(), group: group,
            configuration: .init(onBound: { continuation.yield($0) }), admit: admit, tree: { tree })
        let client = SNMPClient()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await agent.run() }
            tasks.addTask { try await client.run() }
            for await address in addresses {
                try await body(client, SNMPTarget(address, timeout: .milliseconds(50), retries: 1), agent)
                break
            }
            tasks.cancelAll()
            try await tasks.waitForAll()
        }
    }

    @Test(arguments: [SNMPVersion.v1, .v2c])
    func readsWhatAnAgentHas(_ version: SNMPVersion) async throws {
        try await withAgent { client, target, agent in
            var target = target
            target.credentials = SNMPCredentials(version, "public")
            let names = [1, 9, 5].map { system.appending($0, 0) }
            let available = try await client.getAvailable(names, from: target)
            #expect(available.compactMap(\.value.text) == ["card", "rack"])
            let walk = try await client.walk("1.3.6.1.4.1.4555", of: target)
            #expect(walk.end == .complete)
            #expect(walk.bindings.compactMap(\.value.number) == Array(1...100))
            #expect(client.statistics.responses == client.statistics.requests)
            // On a busy machine a request may have been sent, and answered, more than once.
            #expect(agent.statistics.outPackets >= UInt32(client.statistics.responses))
        }
    }

    @Test func failsWhenNobodyAnswers() async throws {
        try await withAgent(admit: { .drop }) { client, target, _ in
            await #expect(throws: SNMPError.noResponse(from: target.address, attempts: 2)) { try await client.get(["1.3.6"], from: target) }
            #expect(client.statistics.timeouts == 1)
            #expect(client.statistics.retransmissions == 1)
        }
    }

    @Test func aLostRequestIsSentAgain() async throws {
        let asked = Atomic<Int>(0)
        try await withAgent(admit: { asked.add(1, ordering: .relaxed).oldValue == 0 ? .drop : .answer }) { client, target, _ in
            let bindings = try await client.get([system.appending(1, 0)], from: target)
            #expect(bindings.map(\.value) == [.text("card")])
            #expect(client.statistics.retransmissions == 1)
        }
    }

    @Test func aSlowAgentsAnswerToTheFirstAttemptCounts() async throws {
        try await withAgent(admit: { .answerAfter(.milliseconds(70)) }) { client, target, _ in
            let bindings = try await client.get([system.appending(1, 0)], from: target)
            #expect(bindings.map(\.value) == [.text("card")])
        }
    }

    @Test func cancellingTheTaskCancelsTheRequest() async throws {
        try await withAgent(admit: { .drop }) { client, target, _ in
            var target = target
            target.timeout = .seconds(60)
            let request = Task { [target] in try await client.get(["1.3.6"], from: target) }  // ended below
            request.cancel()
            await #expect(throws: CancellationError.self) { try await request.value }
        }
    }

    @Test func requestsFailWhenTheClientHasEnded() async throws {
        let client = SNMPClient()
        let target = SNMPTarget(try SocketAddress(ipAddress: "127.0.0.1", port: 9), timeout: .seconds(60))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await client.run() }
            tasks.cancelAll()
            try await tasks.waitForAll()
        }
        await #expect(throws: SNMPError.closed) { try await client.get(["1.3.6"], from: target) }
    }

    @Test(arguments: ["127.0.0.1 0", "::1 161", "224.0.0.1 161"])
    func refusesWhereItCannotSend(_ peer: String) async throws {
        let parts = peer.split(separator: " ").map(String.init)
        let address = try SocketAddress(ipAddress: parts[0], port: Int(parts[1]) ?? 0)
        try await withAgent { client, target, _ in
            _ = try await client.get([system.appending(1, 0)], from: target)
            await #expect(throws: SNMPError.unreachable(address, errno: 0)) { try await client.get(["1.3.6"], from: SNMPTarget(address)) }
        }
    }

    /// Sending to a broadcast address is refused by the system.
    @Test func whatCannotBeSentFailsAtOnceAndHarmsNobodyElse() async throws {
        try await withAgent { client, target, _ in
            var poison = target
            poison.address = try SocketAddress(ipAddress: "127.255.255.255", port: 9)
            poison.timeout = .seconds(60)
            await #expect(throws: SNMPError.unreachable(poison.address, errno: 13)) { try await client.get(["1.3.6"], from: poison) }
            let bindings = try await client.get([system.appending(1, 0)], from: target)
            #expect(bindings.map(\.value) == [.text("card")])
            #expect(client.statistics.refused == 1)
        }
    }

    @Test func anAgentGetsItsRequestsOneByOneInOrder() async throws {
        let served = Atomic<Int>(0)
        try await withAgent(admit: { served.add(1, ordering: .relaxed).oldValue == 0 ? .answerAfter(.milliseconds(30)) : .answer }) {
            client, target, _ in
            let (answers, continuation) = AsyncStream<Int>.makeStream()
            for number in 0..<10 {
                client.read(PreparedRead([system.appending(1, 0)]), from: target) { _ in continuation.yield(number) }
            }
            var order: [Int] = []
            for await number in answers {
                order.append(number)
                if order.count == 10 { break }
            }
            #expect(order == Array(0..<10))
        }
    }

    @Test func aPreparedReadBringsValuesAndFallsBack() async throws {
        try await withAgent { client, target, _ in
            let present = PreparedRead([system.appending(1, 0), system.appending(5, 0)])
            let reply = try await client.read(present, from: target)
            #expect(reply == .values([.text("card"), .text("rack")]))
            let partly = PreparedRead([system.appending(1, 0), system.appending(9, 0), system.appending(5, 0)])
            for version in [SNMPVersion.v1, .v2c] {
                var target = target
                target.credentials = SNMPCredentials(version, "public")
                let available = try await client.readAvailable(partly, from: target)
                #expect(available.map(\.value) == [.text("card"), .text("rack")])
            }
        }
    }

    @Test func garbageHarmsNeitherAgentNorClient() async throws {
        try await withAgent { client, target, agent in
            var random = LinearCongruence(state: 11)
            let channel = try await DatagramBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
            for fixture in Fixture.all {
                for length in 0..<fixture.bytes.count {
                    var bytes = fixture.bytes
                    bytes[length] = UInt8(truncatingIfNeeded: random.next() >> 40)
                    let datagram = ByteBuffer(bytes: bytes[..<(length + 1)])
                    try await channel.writeAndFlush(AddressedEnvelope(remoteAddress: target.address, data: datagram))
                }
            }
            let bindings = try await client.get([system.appending(1, 0)], from: target)
            #expect(bindings.map(\.value) == [.text("card")])
            #expect(agent.statistics.inASNParseErrors > 0)
            try await channel.close()
        }
    }

    @Test func anAgentsAddressIsFreeWhenItsRunReturns() async throws {
        let address = Mutex<SocketAddress?>(nil)
        try await withAgent { _, target, _ in address.withLock { $0 = target.address } }
        let freed = try #require(address.withLock { $0 })
        let channel = try await DatagramBootstrap(group: group).bind(to: freed).get()
        try await channel.close()
    }
}
