package import Logging
package import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// An agent on one UDP address: datagram in, `AgentSession`, datagram out. Light enough for thousands in a process.
///
/// Responses leave from the bound address. `run()` owns the socket; when it returns the address is free.
package final class SNMPAgent: Service {
    /// What happens to a datagram that came in: how a simulated card shows faults.
    package enum Admission: Equatable, Sendable {
        case answer
        /// The request is carried out now, and its response sent later.
        case answerAfter(Duration)
        case drop
    }

    package struct Configuration: Sendable {
        /// The datagrams that a busy agent reads with one system call, at 2 kB of memory each. Others read them one by one.
        package var datagramsPerRead: Int
        /// The longest response in octets, at least 484 (RFC 3417 §3). 1472 fills an Ethernet frame.
        package var maximumMessageSize: Int
        /// Called, on an event loop, for each datagram of somebody whose community, user name or key is wrong. Must not block.
        package var onAuthenticationFailure: @Sendable (SocketAddress) -> Void
        /// Asked for each datagram, on an event loop, whether its sender is answered at all. Must not block.
        package var accepts: @Sendable (SocketAddress) -> Bool
        /// Called with the socket's address each time that it has been opened: tells which port 0 became.
        package var onBound: @Sendable (SocketAddress) -> Void

        package init(
            datagramsPerRead: Int = 16, maximumMessageSize: Int = 1472,
            onAuthenticationFailure: @escaping @Sendable (SocketAddress) -> Void = { _ in },
            accepts: @escaping @Sendable (SocketAddress) -> Bool = { _ in true },
            onBound: @escaping @Sendable (SocketAddress) -> Void = { _ in }
        ) {
            self.accepts = accepts
            self.onAuthenticationFailure = onAuthenticationFailure
            self.datagramsPerRead = datagramsPerRead
            self.maximumMessageSize = maximumMessageSize
            self.onBound = onBound
        }
    }

    private struct State {
        var access: AgentAccess
        var statistics = AgentStatistics()
    }

    package let address: SocketAddress
    private let group: any EventLoopGroup
    let configuration: Configuration
    private let logger: Logger
    private let state: Mutex<State>
    /// Whether the event loop has yet to hear of the present access.
    private let isAccessNew = Atomic(false)
    let admit: @Sendable () -> Admission
    /// Called once per datagram, on an event loop: must not block.
    let tree: @Sendable () -> ObjectTree

    /// - Parameter statistics: where the counters begin: at those of an agent whose place this one takes.
    package init(
        address: SocketAddress, access: AgentAccess, group: any EventLoopGroup, configuration: Configuration = Configuration(),
        statistics: AgentStatistics = AgentStatistics(), logger: Logger = Logger(label: "snmp.agent"),
        admit: @escaping @Sendable () -> Admission = { .answer },
        tree: @escaping @Sendable () -> ObjectTree
    ) {
        self.address = address
        self.group = group
        self.configuration = configuration
        self.logger = logger
        self.admit = admit
        self.tree = tree
        state = Mutex(State(access: access, statistics: statistics))
    }

    /// Who is answered; a change counts from the next datagram on.
    package var access: AgentAccess {
        get { state.withLock { $0.access } }
        set {
            state.withLock { $0.access = newValue }
            isAccessNew.store(true, ordering: .releasing)
        }
    }

    /// As of the last datagram.
    package var statistics: AgentStatistics { state.withLock { $0.statistics } }

    /// A session for a new socket: it counts on from where the one before ended.
    /// - Parameter contexts: those of the workspace that it will answer in.
    func makeSession(_ contexts: AESContexts) -> AgentSession {
        let (access, statistics) = state.withLock { ($0.access, $0.statistics) }
        return AgentSession(
            access: access, maximumMessageSize: configuration.maximumMessageSize, saltStart: .random(in: 0...(.max)), contexts: contexts,
            statistics: statistics)
    }

    /// The access, if it has been changed since the last call.
    func takeNewAccess() -> AgentAccess? {
        guard isAccessNew.load(ordering: .relaxed), isAccessNew.exchange(false, ordering: .acquiring) else { return nil }
        return access
    }

    func publish(_ statistics: AgentStatistics) {
        state.withLock { $0.statistics = statistics }
    }

    /// Binds the address and answers until the task is cancelled or shuts down gracefully.
    package func run() async throws {
        let bootstrap = DatagramSocket.bootstrap(
            group, batch: 1, maximumLength: AgentSession.maximumRequestSize, bufferSize: nil
        ).channelInitializer { [self] channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(AgentHandler(self, on: channel.eventLoop))
            }
        }
        try await DatagramSocket.keepOpen(logger: logger) {
            let channel = try await bootstrap.bind(to: address).get()
            configuration.onBound(channel.localAddress ?? address)
            return channel
        }
    }
}
