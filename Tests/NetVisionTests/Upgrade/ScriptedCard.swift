import Logging
import NIOCore
import NIOPosix
import SNMP
import Synchronization
import TFTP

@testable import NetVision

/// A card over loopback sockets: a fixture's SNMP objects, of which a test changes what it needs, and a TFTP server.
final class ScriptedCard: Sendable {
    struct State: Sendable {
        var version = "8.00"
        /// Hundredths of a second.
        var uptime: UInt32 = 100_000
        var isSilent = false
        var absent: Set<OID> = []
        /// The agent is silent for so many more requests.
        var requestsToDrop = 0
        /// What it says about an image; nil takes it.
        var refusal: TFTPErrorReply?
        var received: [ByteBuffer] = []
        var names: [String] = []
    }

    private static let agentVersion: OID = "1.3.6.1.4.1.4555.1.1.7.1.1.5.0"

    let state = Mutex(State())
    private let bindings: [VariableBinding]
    let identity: CardIdentity?

    init(_ fixture: CardFixture) {
        bindings = fixture.bindings
        identity = CardIdentity(fixture.bindings)
    }

    private var tree: ObjectTree {
        let state = state.withLock { $0 }
        return ObjectTree(
            bindings.filter { !state.absent.contains($0.name) }.map { binding in
                switch binding.name {
                case Self.agentVersion: ManagedObject(binding.name, .text("Net Vision 8 v\(state.version)"))
                case SystemObjects.uptime: ManagedObject(binding.name, .timeTicks(state.uptime))
                default: ManagedObject(binding.name, binding.value)
                }
            })
    }

    private func admit() -> SNMPAgent.Admission {
        state.withLock { state in
            guard state.requestsToDrop == 0 else {
                state.requestsToDrop -= 1
                return .drop
            }
            return state.isSilent ? .drop : .answer
        }
    }

    private func receive(_ file: ByteBuffer) -> TFTPErrorReply? {
        state.withLock { state in
            state.received.append(file)
            return state.refusal
        }
    }

    /// Runs the card, and an upgrade of it that looks every few milliseconds.
    func withUpgrade(
        limits: OptionLimits = OptionLimits(), _ body: (CardUpgrade) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let loopback = try SocketAddress(ipAddress: "127.0.0.1", port: 0)
        let (agents, agentIsBound) = AsyncStream.makeStream(of: SocketAddress.self)
        let (servers, serverIsBound) = AsyncStream.makeStream(of: SocketAddress.self)
        let agent = SNMPAgent(
            address: loopback, access: AgentAccess(), group: group, configuration: .init(onBound: { agentIsBound.yield($0) }),
            admit: { self.admit() }, tree: { self.tree })
        let server = TFTPServer(
            .init(address: loopback, limits: limits), logger: Logger(label: "test"), bound: { serverIsBound.yield($0) }
        ) { request, _ in
            self.state.withLock { $0.names.append(request.filename) }
            return .receive(limit: 1 << 20) { self.receive($0) }
        }
        let client = SNMPClient()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await agent.run() }
            tasks.addTask { try await server.run() }
            tasks.addTask { try await client.run() }
            defer { tasks.cancelAll() }
            guard let agentAddress = await agents.first(where: { _ in true }), let identity,
                let port = await servers.first(where: { _ in true })?.port
            else { return }
            let target = SNMPTarget(agentAddress, timeout: .milliseconds(300), retries: 2)
            let card = CardUpgrade.Card(identity: identity, target: target, address: "127.0.0.1", tftpPort: port, password: "")
            let protocols = CardUpgrade.Protocols(snmp: client, lan: LANClient(on: group, port: 1), tftp: TFTPClient(eventLoopGroup: group))
            try await body(CardUpgrade(card, by: protocols, interval: .milliseconds(5)))
        }
    }
}
