import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import SNMP

/// The agent's socket, asked by another.
struct SNMPAgentTests {
    private static let sysName: OID = "1.3.6.1.2.1.1.5.0"
    private let group = MultiThreadedEventLoopGroup.singleton

    /// Tells what came in.
    private final class Inbox: ChannelInboundHandler, Sendable {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>

        let messages: AsyncStream<ByteBuffer>
        private let continuation: AsyncStream<ByteBuffer>.Continuation

        init() { (messages, continuation) = AsyncStream.makeStream() }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { continuation.yield(unwrapInboundIn(data).data) }
    }

    /// A socket that sends to an agent, and what comes back.
    private struct Asker {
        let channel: any Channel
        let agent: SocketAddress
        let inbox: Inbox

        func write(_ pdu: PDU, as community: Community) {
            channel.write(AddressedEnvelope(remoteAddress: agent, data: CommunityMessage(.v2c, community, pdu).encoded()), promise: nil)
        }

        func send(_ pdu: PDU, as community: Community) async throws {
            let datagram = CommunityMessage(.v2c, community, pdu).encoded()
            try await channel.writeAndFlush(AddressedEnvelope(remoteAddress: agent, data: datagram))
        }

        func response() async throws -> PDU? {
            for await message in inbox.messages {
                guard case .pdu(let pdu) = try CommunityMessage(decoding: message).content else { return nil }
                return pdu
            }
            return nil
        }
    }

    private func withAgent(
        _ configuration: SNMPAgent.Configuration = .init(), access: AgentAccess = AgentAccess(),
        _ body: (SNMPAgent, Asker) async throws -> Void
    ) async throws {
        let (addresses, bound) = AsyncStream<SocketAddress>.makeStream()
        var configuration = configuration
        configuration.onBound = { bound.yield($0) }
        let tree = ObjectTree([ManagedObject(Self.sysName, .text("card"))])
        let agent = SNMPAgent(
            address: try SocketAddress(ipAddress: "127.0.0.1", port: 0), access: access, group: group, configuration: configuration,
            tree: { tree })
        let inbox = Inbox()
        let channel = try await DatagramBootstrap(group: group).channelInitializer { $0.pipeline.addHandler(inbox) }
            .bind(host: "127.0.0.1", port: 0).get()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await agent.run() }
            for await address in addresses {
                try await body(agent, Asker(channel: channel, agent: address, inbox: inbox))
                break
            }
            tasks.cancelAll()
            try await tasks.waitForAll()
        }
        try await channel.close()
    }

    private let get = PDU(.get, requestID: 5, names: [sysName])

    @Test func tellsWhoFailedToAuthenticate() async throws {
        let failures = Mutex<[Int?]>([])
        let configuration = SNMPAgent.Configuration(onAuthenticationFailure: { peer in failures.withLock { $0.append(peer.port) } })
        try await withAgent(configuration) { agent, asker in
            try await asker.send(get, as: "guess")
            try await asker.send(get, as: "public")
            let answer = try await asker.response()
            #expect(answer?.requestID == 5)
            #expect(failures.withLock { $0 } == [asker.channel.localAddress?.port])
            #expect(agent.statistics.inBadCommunityNames == 1)
            #expect(agent.statistics.authenticationFailures == 1)
        }
    }

    @Test func aChangeOfAccessCountsFromTheNextDatagramOn() async throws {
        try await withAgent { agent, asker in
            try await asker.send(get, as: "public")
            let valueAnswer = try await asker.response()
            #expect(valueAnswer?.bindings.map(\.value) == [.text("card")])
            agent.access = AgentAccess(readCommunity: "another")
            try await asker.send(PDU(.get, requestID: 6, names: [Self.sysName]), as: "public")
            try await asker.send(PDU(.get, requestID: 7, names: [Self.sysName]), as: "another")
            let lastAnswer = try await asker.response()
            #expect(lastAnswer?.requestID == 7)
            #expect(agent.statistics.inBadCommunityNames == 1)
            #expect(agent.statistics.inPackets == 3)
        }
    }

    /// More than an agent reads at once before it knows that it is busy, and more than it has memory for.
    @Test func answersEachOfManyDatagramsInOrder() async throws {
        try await withAgent { agent, asker in
            for first in stride(from: Int32(1), to: 400, by: 100) {
                for id in first..<first + 100 { asker.write(PDU(.get, requestID: id, names: [Self.sysName]), as: "public") }
                asker.channel.flush()
                for id in first..<first + 100 {
                    let answer = try await asker.response()
                    #expect(answer?.requestID == id)
                }
            }
            #expect(agent.statistics.outGetResponses == 400)
        }
    }

    /// A datagram that is longer than the agent reads is cut off: it is no message, and harms nobody.
    @Test func cutsOffWhatIsTooLong() async throws {
        try await withAgent { agent, asker in
            let names = [OID](repeating: Self.sysName, count: 200)
            try await asker.send(PDU(.get, names: names), as: "public")
            try await asker.send(get, as: "public")
            let finalAnswer = try await asker.response()
            #expect(finalAnswer?.requestID == 5)
            #expect(agent.statistics.inASNParseErrors == 1)
        }
    }

    @Test func countsOnAfterItsSocketWasOpenedAgain() throws {
        let tree = ObjectTree()
        let agent = SNMPAgent(
            address: try SocketAddress(ipAddress: "127.0.0.1", port: 0), access: AgentAccess(), group: group, tree: { tree })
        var statistics = AgentStatistics()
        statistics.inPackets = 9
        statistics.engine.wrongDigests = 2
        agent.publish(statistics)
        #expect(agent.makeSession(AESContexts()).statistics == statistics)
    }
}
