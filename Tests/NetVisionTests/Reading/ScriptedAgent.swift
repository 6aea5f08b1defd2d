import NIOCore
import NIOPosix
import NetVision
import SNMP
import Synchronization

/// An agent on loopback that has some objects, and answers as badly as a test wants.
final class ScriptedAgent: Sendable {
    /// A datagram that goes out for a request.
    struct Reply: Sendable {
        var pdu: PDU
        var delay: TimeAmount = .zero
    }

    /// What to do with a request; given is what a good agent would answer.
    typealias Manner = @Sendable (_ request: PDU, _ answer: PDU) -> [Reply]

    static let good: Manner = { _, answer in [Reply(pdu: answer)] }

    private struct State: Sendable {
        var objects: [VariableBinding]
        var requests: [PDU] = []
    }

    private let state: Mutex<State>
    private let manner: Manner
    private let versions: Set<SNMPVersion>
    private let community: Community?

    /// - Parameter community: by another one only the system group is to be seen; nil: by all everything.
    init(
        _ objects: [VariableBinding], versions: Set<SNMPVersion> = [.v1, .v2c], community: Community? = nil,
        manner: @escaping Manner = ScriptedAgent.good
    ) {
        state = Mutex(State(objects: objects.sorted { $0.name < $1.name }))
        self.manner = manner
        self.versions = versions
        self.community = community
    }

    /// The requests so far.
    var requests: [PDU] { state.withLock { $0.requests } }

    /// From now on these objects.
    func become(_ objects: [VariableBinding]) { state.withLock { $0.objects = objects.sorted { $0.name < $1.name } } }

    /// Runs the agent and a client while `body` lasts.
    func serve(_ body: (CardReader, SocketAddress) async throws -> Void) async throws {
        let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Ear(self)) }
            }
            .bind(to: try SocketAddress(ipAddress: "127.0.0.1", port: 0)).get()
        let client = SNMPClient()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await client.run() }
            if let address = channel.localAddress { try await body(CardReader(client), address) }
            tasks.cancelAll()
            while let result = await tasks.nextResult() {
                if case .failure(let error) = result, !(error is CancellationError) { throw error }
            }
        }
        try await channel.close()
    }

    fileprivate func replies(to message: CommunityMessage) -> [Reply] {
        guard case .pdu(let request) = message.content, versions.contains(message.version) else { return [] }
        let answer = state.withLock { state in
            state.requests.append(request)
            let isTrusted = community.map { $0 == message.community } ?? true
            let visible = isTrusted ? state.objects : state.objects.filter { $0.name.isDescendant(of: "1.3.6.1.2.1.1") }
            return visible.answer(request, message.version)
        }
        return manner(request, answer)
    }

    private final class Ear: ChannelInboundHandler {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>
        typealias OutboundOut = AddressedEnvelope<ByteBuffer>

        private let agent: ScriptedAgent

        init(_ agent: ScriptedAgent) { self.agent = agent }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let envelope = unwrapInboundIn(data)
            guard let message = try? CommunityMessage(decoding: envelope.data) else { return }
            for reply in agent.replies(to: message) {
                let octets = CommunityMessage(message.version, message.community, reply.pdu).encoded()
                let channel = context.channel
                context.eventLoop.scheduleTask(in: reply.delay) {
                    channel.writeAndFlush(AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: octets), promise: nil)
                }
            }
        }
    }
}

extension [VariableBinding] {
    /// What a good agent with these objects, in their order, answers.
    fileprivate func answer(_ request: PDU, _ version: SNMPVersion) -> PDU {
        var bindings: [VariableBinding] = []
        switch request.kind {
        case .get:
            for (index, wanted) in request.bindings.enumerated() {
                if let object = first(where: { $0.name == wanted.name }) {
                    bindings.append(object)
                } else if version == .v1 {
                    return PDU(
                        .response, requestID: request.requestID, errorStatus: .noSuchName, errorIndex: Int32(index + 1),
                        bindings: request.bindings)
                } else {
                    bindings.append(VariableBinding(wanted.name, .noSuchObject))
                }
            }
        case .getNext: bindings = request.bindings.map { next(after: $0.name) }
        case .getBulk:
            for wanted in request.bindings {
                var name = wanted.name
                for _ in 0..<request.maxRepetitions {
                    let next = next(after: name)
                    bindings.append(next)
                    name = next.name
                }
            }
        default: break
        }
        return PDU(.response, requestID: request.requestID, bindings: bindings)
    }

    private func next(after name: OID) -> VariableBinding { first { $0.name > name } ?? VariableBinding(name, .endOfMibView) }
}
