package import Logging
package import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Sends traps and informs of all versions from one UDP address.
///
/// `run()` owns the socket. What is sent before it has started, or while the socket is opened anew, waits. Each receiver has a queue of its
/// own; what is not sent, or not acknowledged, is counted.
package final class NotificationSender: Service {
    package struct Configuration: Sendable {
        /// Notifications that wait for one receiver: repeated too soon, or informs behind one that is not acknowledged yet.
        package var queueCapacity: Int
        /// How soon a notification may follow an equal one to the same receiver. A NET VISION waits for 5 s.
        package var repeatInterval: Duration

        package init(queueCapacity: Int = 256, repeatInterval: Duration = .zero) {
            self.queueCapacity = queueCapacity
            self.repeatInterval = repeatInterval
        }
    }

    /// Acknowledgements repeat the inform, of one datagram each.
    private static let maximumLength = 65_535

    private let localAddress: SocketAddress
    private let eventLoop: any EventLoop
    private let logger: Logger
    private let inbox: NotificationInbox
    private let handler: NIOLoopBoundBox<NotificationHandler>

    /// - Parameters:
    ///   - localAddress: Where datagrams come from; port 0 takes any. v1 traps name it as their origin, if it is one address of IPv4.
    ///   - engine: Ourselves, the authority of our v3 traps. Its count of boots has to grow with each start, or receivers refuse the traps.
    package init(
        localAddress: SocketAddress, engine: EngineIdentity, eventLoopGroup: any EventLoopGroup,
        configuration: Configuration = Configuration(), logger: Logger = Logger(label: "snmp.notifications")
    ) {
        self.localAddress = localAddress
        self.logger = logger
        eventLoop = eventLoopGroup.next()
        inbox = NotificationInbox(capacity: max(configuration.queueCapacity, 1) * 8)
        let own = PeerAddress(localAddress)?.ipv4.flatMap { $0 == 0 ? nil : SNMPValue.IPAddress(rawValue: $0) }
        let limits = NotificationOutbox<RandomNumbers>.Limits(
            queue: configuration.queueCapacity, repeatInterval: TimeAmount(configuration.repeatInterval))
        let outbox = NotificationOutbox(identity: engine, agentAddress: own, limits: limits, random: RandomNumbers())
        handler = .makeBoxSendingValue(NotificationHandler(eventLoop: eventLoop, outbox: outbox, inbox: inbox), eventLoop: eventLoop)
    }

    /// Does not wait. What becomes of it is told by the statistics.
    package func send(_ notification: SNMPNotification, to receiver: NotificationReceiver) {
        guard inbox.add(notification, receiver) else { return }
        eventLoop.execute { [handler] in handler.value.drain() }
    }

    /// Of all receivers together.
    package var statistics: NotificationSendStatistics { inbox.statistics }

    /// Opens the socket and keeps it open until the task is cancelled or shuts down gracefully. May be called once.
    package func run() async throws {
        let bootstrap = DatagramSocket.bootstrap(eventLoop, batch: 1, maximumLength: Self.maximumLength, bufferSize: nil)
            .channelInitializer { [handler] channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(handler.value) }
            }
        defer { eventLoop.execute { [handler] in handler.value.close() } }
        try await DatagramSocket.keepOpen(logger: logger) { try await bootstrap.bind(to: localAddress).get() }
    }
}
