package import Logging
package import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// An agent on one UDP address: datagram in, `Responder`, datagram out. Light enough for thousands in a process.
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
        /// The datagrams read with one system call, at 2 kB of memory each. More than 1 pays where one agent has much to do.
        package var datagramsPerRead: Int
        /// Called with the socket's address each time that it has been opened: tells which port 0 became.
        package var onBound: @Sendable (SocketAddress) -> Void

        package init(datagramsPerRead: Int = 1, onBound: @escaping @Sendable (SocketAddress) -> Void = { _ in }) {
            self.datagramsPerRead = datagramsPerRead
            self.onBound = onBound
        }
    }

    /// Longer requests are cut off, and count as ASN.1 errors.
    private static let maximumRequestLength = 2048

    package let address: SocketAddress
    private let group: any EventLoopGroup
    private let configuration: Configuration
    private let logger: Logger
    private let currentResponder: Mutex<Responder>
    private let currentStatistics = Mutex(AgentStatistics())
    let admit: @Sendable () -> Admission
    /// Called once per datagram, on an event loop: must not block.
    let tree: @Sendable () -> ObjectTree

    package init(
        address: SocketAddress, responder: Responder, group: any EventLoopGroup, configuration: Configuration = Configuration(),
        logger: Logger = Logger(label: "snmp.agent"), admit: @escaping @Sendable () -> Admission = { .answer },
        tree: @escaping @Sendable () -> ObjectTree
    ) {
        self.address = address
        self.group = group
        self.configuration = configuration
        self.logger = logger
        self.admit = admit
        self.tree = tree
        currentResponder = Mutex(responder)
    }

    /// Communities and limits; a change counts from the next datagram on.
    package var responder: Responder {
        get { currentResponder.withLock { $0 } }
        set { currentResponder.withLock { $0 = newValue } }
    }

    /// Written by the agent's event loop alone.
    package internal(set) var statistics: AgentStatistics {
        get { currentStatistics.withLock { $0 } }
        set { currentStatistics.withLock { $0 = newValue } }
    }

    /// Binds the address and answers until the task is cancelled or shuts down gracefully.
    package func run() async throws {
        let bootstrap = DatagramSocket.bootstrap(
            group, batch: configuration.datagramsPerRead, maximumLength: Self.maximumRequestLength, bufferSize: nil
        ).channelInitializer { [self] channel in
            channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(AgentHandler(self)) }
        }
        try await DatagramSocket.keepOpen(logger: logger) {
            let channel = try await bootstrap.bind(to: address).get()
            configuration.onBound(channel.localAddress ?? address)
            return channel
        }
    }
}
