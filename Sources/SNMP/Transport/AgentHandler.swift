import NIOCore
import NIOPosix

/// An agent's socket on its event loop.
final class AgentHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    /// Responses that may be held back at one time; further ones are dropped, as by a card that is overrun.
    private static let maximumDelayed = 256

    private let agent: SNMPAgent
    private var session: AgentSession
    private let shared: SharedWorkspace
    private var delayed = 0
    private var load = Load()

    /// To be made on the event loop.
    init(_ agent: SNMPAgent, on eventLoop: any EventLoop) {
        self.agent = agent
        shared = SharedWorkspace.of(eventLoop)
        session = agent.makeSession(shared.workspace.contexts)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        load.datagrams += 1
        let envelope = unwrapInboundIn(data)
        guard agent.configuration.accepts(envelope.remoteAddress) else { return }
        let admission = agent.admit()
        // A datagram from port 0 is forged, and answering it would cost the socket.
        guard admission != .drop, envelope.remoteAddress.port != 0, let response = response(to: envelope) else { return }
        let reply = wrapOutboundOut(AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: response))
        switch admission {
        case .answer: if hasRoom(context.channel) { context.write(reply, promise: nil) }
        case .answerAfter(let delay): send(reply, after: delay, context)
        case .drop: break
        }
    }

    /// Whether a response can leave. One that can't is dropped, as the network would: held back, a flood's would fill the memory.
    private func hasRoom(_ channel: any Channel) -> Bool {
        if !channel.isWritable { channel.flush() }
        return channel.isWritable
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
        if load.isHigh() { readInBatches(context) }
    }

    /// From now on one system call reads many datagrams. That takes memory which an agent that is asked now and then had better not have.
    private func readInBatches(_ context: ChannelHandlerContext) {
        let batch = agent.configuration.datagramsPerRead
        guard batch > 1, let options = context.channel.syncOptions else { return }
        let allocator = FixedSizeRecvByteBufferAllocator(capacity: batch * AgentSession.maximumRequestSize)
        // A channel that does not know the options reads as before.
        try? options.setOption(.recvAllocator, value: allocator)
        try? options.setOption(.datagramVectorReadMessageCount, value: batch)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// The counters are put down before the objects are asked for their values: the snmp group may be among them.
    private func response(to envelope: AddressedEnvelope<ByteBuffer>) -> ByteBuffer? {
        if let access = agent.takeNewAccess() { session.admit(access, saltStart: .random(in: 0...(.max))) }
        let failures = session.statistics.authenticationFailures
        let verdict = session.received(envelope.data, from: envelope.remoteAddress, at: .now(), in: &shared.workspace) {
            [agent] statistics in
            agent.publish(statistics)
            return agent.tree()
        }
        let statistics = session.statistics
        agent.publish(statistics)
        if statistics.authenticationFailures != failures { agent.configuration.onAuthenticationFailure(envelope.remoteAddress) }
        return verdict == .respond ? shared.reply() : nil
    }

    private func send(_ reply: NIOAny, after delay: Duration, _ context: ChannelHandlerContext) {
        guard delayed < Self.maximumDelayed else { return }
        delayed += 1
        context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(delay)) {
            self.delayed -= 1
            context.writeAndFlush(reply, promise: nil)
        }
    }
}

/// How much comes in.
private struct Load {
    /// NIO reads so many messages before it lets other channels have their turn.
    private static let most = 4
    private static let turnsThatTell = 8

    /// In this turn.
    var datagrams = 0
    private var fullTurns = 0

    /// Ends the turn: true the one time that enough of them have been full.
    mutating func isHigh() -> Bool {
        defer { datagrams = 0 }
        guard datagrams >= Self.most, fullTurns < Self.turnsThatTell else { return false }
        fullTurns += 1
        return fullTurns == Self.turnsThatTell
    }
}

/// The one workspace of all agents on an event loop, so that an idle agent takes next to no memory.
private final class SharedWorkspace {
    /// Each event loop is a thread; the box sees to it that nobody else looks in.
    private static let ofThread = ThreadSpecificVariable<NIOLoopBoundBox<SharedWorkspace>>()

    var workspace = AgentWorkspace()
    /// Responses on their way. One that has left is used again.
    private var replies = [ByteBuffer](repeating: ByteBuffer(), count: 64)
    private var next = 0

    /// What is in the workspace, as a datagram.
    func reply() -> ByteBuffer {
        next = (next + 1) % replies.count
        replies[next].clear()
        replies[next].writeBytes(workspace.response)
        return replies[next]
    }

    static func of(_ eventLoop: any EventLoop) -> SharedWorkspace {
        if let box = ofThread.currentValue { return box.value }
        let workspace = SharedWorkspace()
        ofThread.currentValue = NIOLoopBoundBox(workspace, eventLoop: eventLoop)
        return workspace
    }
}
