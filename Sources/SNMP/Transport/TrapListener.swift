package import Logging
package import NIOCore
import NIOPosix
import ServiceLifecycle

/// Receives traps and informs of all versions on one UDP address, from any number of senders.
///
/// `run()` owns the socket and the thread that works on it. What it receives waits in a bounded queue for one consumer of `notifications`;
/// informs are acknowledged when they are in the queue. Each datagram that brings no notification is counted with its reason.
package final class TrapListener: Service {
    package struct Configuration: Sendable {
        /// Where the socket is bound: `0.0.0.0:162` for IPv4, `[::]:162` for both families.
        package var address: SocketAddress
        package var admission: Admission
        /// Ourselves, to senders of v3 informs. Nil makes an engine for this run: senders discover it.
        package var engine: EngineIdentity?
        /// The most v3 engines whose keys and clocks are kept; the one that was silent longest makes room for a new one.
        package var maximumEngines: Int
        /// How many messages of v3 engines that were never heard before are looked at in a second; ten times as many at once.
        package var unknownEngineRate: Int
        /// The most notifications that wait for the consumer.
        package var queueCapacity: Int
        /// The socket's receive buffer, in octets, for what comes while the thread is not scheduled. The system may grant less.
        package var bufferSize: Int
        /// Called with the socket's address when it has been opened: tells which port 0 became.
        package var onBound: @Sendable (SocketAddress) -> Void

        package init(
            address: SocketAddress, admission: Admission = Admission(), engine: EngineIdentity? = nil, maximumEngines: Int = 16_384,
            unknownEngineRate: Int = 2000, queueCapacity: Int = 65_536, bufferSize: Int = 32 << 20,
            onBound: @escaping @Sendable (SocketAddress) -> Void = { _ in }
        ) {
            self.address = address
            self.admission = admission
            self.engine = engine
            self.maximumEngines = maximumEngines
            self.unknownEngineRate = unknownEngineRate
            self.queueCapacity = queueCapacity
            self.bufferSize = bufferSize
            self.onBound = onBound
        }
    }

    /// Whose notifications are let in.
    package struct Admission: Hashable, Sendable {
        /// The communities of v1 and v2c; nil lets in any, none at all refuses both versions.
        package var communities: Set<Community>?
        /// The users of v3, each at the level of its keys.
        package var users: [USMUser]

        package init(communities: Set<Community>? = nil, users: [USMUser] = []) {
            self.communities = communities
            self.users = users
        }
    }

    private let configuration: Configuration
    private let logger: Logger
    private let mailbox: NotificationMailbox
    private let control: ListenerControl

    package init(configuration: Configuration, logger: Logger = Logger(label: "snmp.traps")) {
        self.configuration = configuration
        self.logger = logger
        mailbox = NotificationMailbox(capacity: configuration.queueCapacity)
        control = ListenerControl(admission: configuration.admission)
    }

    /// What is received, in batches. For one consumer; it ends when `run()` does.
    package var notifications: NotificationBatches { NotificationBatches(mailbox: mailbox) }

    package var statistics: TrapStatistics { control.statistics }

    /// Engine ids that several addresses claim, as cards do that were cloned with their settings. The time window is kept per engine id:
    /// traps of the clone whose clock is behind are dropped.
    package var engineConflicts: [EngineID: [SocketAddress]] { control.conflicts.hosts.mapValues { $0.map(\.socketAddress) } }

    /// Whose notifications were refused since this was asked before: up to 1024 addresses.
    package func takeRefused() -> [RefusedSender] { control.takeRefused() }

    /// A change counts from the next datagrams on.
    package var admission: Admission {
        get { control.admission }
        set { control.admission = newValue }
    }

    /// Binds the address and receives until the task is cancelled or shuts down gracefully. May be called once.
    ///
    /// Throws `IOError` where the address can't be bound.
    package func run() async throws {
        let thread = NIOThreadPool(numberOfThreads: 1)
        thread.start()
        let outcome: Result<Void, any Error>
        do {
            try await withTaskCancellationOrGracefulShutdownHandler {
                try await thread.runIfActive { [configuration, mailbox, control] in
                    let port = try DatagramPort(bound: configuration.address, bufferSize: configuration.bufferSize)
                    configuration.onBound(port.localAddress ?? configuration.address)
                    ListenerLoop(port: port, mailbox: mailbox, control: control, configuration: configuration).run()
                }
            } onCancelOrGracefulShutdown: { [control] in
                control.stop()
            }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        mailbox.finish()
        try await thread.shutdownGracefully()
        try outcome.get()
    }
}
