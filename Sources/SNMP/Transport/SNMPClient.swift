package import Logging
package import NIOCore
import NIOPosix
import ServiceLifecycle

/// A manager: one UDP socket that carries requests to thousands of agents.
///
/// `run()` owns the socket. Requests made before it has started wait for it (their time runs); when it has ended, they fail with `closed`.
/// All work is done on one event loop: for more than one core, make one client per loop.
package final class SNMPClient: Service {
    package struct Configuration: Sendable {
        /// Where the socket is bound; port 0 takes any.
        package var localAddress: SocketAddress?
        /// The most requests that may wait for a response at one time.
        package var maximumRequests: Int
        /// The socket's receive and send buffers, in octets. The system may grant less.
        package var bufferSize: Int

        package init(localAddress: SocketAddress? = nil, maximumRequests: Int = 65_536, bufferSize: Int = 4 << 20) {
            self.localAddress = localAddress
            self.maximumRequests = maximumRequests
            self.bufferSize = bufferSize
        }
    }

    /// A response of 60 objects takes up to 4 kB, and comes in fragments.
    private static let maximumDatagramLength = 8192
    private static let datagramsPerRead = 32

    let eventLoop: any EventLoop
    private let configuration: Configuration
    private let logger: Logger
    private let sharedStatistics = SharedClientStatistics()
    private let handler: NIOLoopBoundBox<RequestHandler>

    package init(on eventLoop: any EventLoop, configuration: Configuration = Configuration(), logger: Logger = Logger(label: "snmp.client"))
    {
        self.eventLoop = eventLoop
        self.configuration = configuration
        self.logger = logger
        handler = .makeBoxSendingValue(
            RequestHandler(eventLoop: eventLoop, capacity: configuration.maximumRequests, statistics: sharedStatistics),
            eventLoop: eventLoop)
    }

    package var statistics: ClientStatistics { sharedStatistics.snapshot }

    /// Opens the socket and keeps it open until the task is cancelled or shuts down gracefully. May be called once.
    package func run() async throws {
        let local = try configuration.localAddress ?? SocketAddress(ipAddress: "0.0.0.0", port: 0)
        let bootstrap = DatagramSocket.bootstrap(
            eventLoop, batch: Self.datagramsPerRead, maximumLength: Self.maximumDatagramLength, bufferSize: configuration.bufferSize
        ).channelInitializer { [handler] channel in
            channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(handler.value) }
        }
        defer { eventLoop.execute { [handler] in handler.value.close() } }
        try await DatagramSocket.keepOpen(logger: logger) { try await bootstrap.bind(to: local).get() }
    }

    /// Sends a request and waits for its response, whatever its error status.
    ///
    /// Throws `SNMPError`, or `CancellationError` when the task is cancelled.
    package func response(to pdu: PDU, from target: SNMPTarget) async throws -> PDU {
        let ticket = RequestTicket()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                submit(pdu, to: target, ticket: ticket) { continuation.resume(with: $0) }
            }
        } onCancel: {
            eventLoop.execute { [handler] in handler.value.cancel(ticket) }
        }
    }

    private func submit(
        _ pdu: PDU, to target: SNMPTarget, ticket: RequestTicket, completion: @escaping @Sendable (Result<PDU, any Error>) -> Void
    ) {
        eventLoop.execute { [handler] in handler.value.submit(pdu, to: target, ticket: ticket, completion: completion) }
    }
}
