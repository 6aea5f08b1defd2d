package import Logging
package import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// A manager: one UDP socket that carries requests to thousands of agents, of all versions.
///
/// `run()` owns the socket and the thread that works on it. Requests made before it has started wait for it; when it has ended, they fail
/// with `closed`. Each agent has one request under way at a time and answers in order. For more than one core, make more clients.
package final class SNMPClient: Service {
    package struct Configuration: Sendable {
        /// Where the socket is bound; port 0 takes any. Its family is the family of the agents.
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

    private let configuration: Configuration
    private let logger: Logger
    private let mailbox: ClientMailbox
    let limits = LearnedLimits()

    package init(configuration: Configuration = Configuration(), logger: Logger = Logger(label: "snmp.client")) {
        self.configuration = configuration
        self.logger = logger
        mailbox = ClientMailbox(capacity: configuration.maximumRequests)
    }

    package var statistics: ClientStatistics { mailbox.statistics }

    /// Engine ids that several agents claim, as cards do that were cloned with their settings: each is asked correctly all the same.
    package var engineConflicts: [EngineID: [SocketAddress]] { mailbox.conflicts.mapValues { $0.map(\.socketAddress) } }

    /// Opens the socket and keeps it open until the task is cancelled or shuts down gracefully. May be called once.
    ///
    /// Throws `IOError` where the socket can't be bound.
    package func run() async throws {
        let local = try configuration.localAddress ?? SocketAddress(ipAddress: "0.0.0.0", port: 0)
        let thread = NIOThreadPool(numberOfThreads: 1)
        thread.start()
        let outcome: Result<Void, any Error>
        do {
            try await withTaskCancellationOrGracefulShutdownHandler {
                try await thread.runIfActive { [mailbox, configuration] in
                    let port = try DatagramPort(bound: local, bufferSize: configuration.bufferSize)
                    ClientLoop(port: port, mailbox: mailbox, capacity: configuration.maximumRequests).run()
                }
            } onCancelOrGracefulShutdown: { [mailbox] in
                mailbox.close()
            }
            outcome = .success(())
        } catch is CancellationError {
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        failLeftOver()
        try await thread.shutdownGracefully()
        try outcome.get()
    }

    /// Requests that came when there was no thread to take them.
    private func failLeftOver() {
        mailbox.close()
        var messages: [ClientMailbox.Message] = []
        _ = mailbox.fetch(into: &messages)
        for case .submit(let request) in messages { request.completion(.failure(SNMPError.closed)) }
    }

    /// Reads the same objects from an agent as from others. `completion` is called once, on the client's thread, and must not block.
    package func read(
        _ prepared: PreparedRead, from target: SNMPTarget, completion: @escaping @Sendable (Result<SNMPReply, any Error>) -> Void
    ) {
        submit(OutstandingRequest(prepared.pdu, prepared: prepared, to: target, completion: completion))
    }

    /// Reads the same objects from an agent as from others, and waits for what it answers, whatever its error status.
    ///
    /// Throws `SNMPError`, or `CancellationError` when the task is cancelled.
    package func read(_ prepared: PreparedRead, from target: SNMPTarget) async throws -> SNMPReply {
        try await reply(to: prepared.pdu, prepared: prepared, from: target)
    }

    /// Sends a request and waits for its response, whatever its error status. The request id is the client's.
    ///
    /// Throws `SNMPError`, or `CancellationError` when the task is cancelled.
    package func response(to pdu: PDU, from target: SNMPTarget) async throws -> PDU {
        guard case .response(let response) = try await reply(to: EncodedPDU(pdu), prepared: nil, from: target) else {
            preconditionFailure("values without a prepared read")
        }
        return response
    }

    private func reply(to pdu: EncodedPDU, prepared: PreparedRead?, from target: SNMPTarget) async throws -> SNMPReply {
        let cancellation = RequestCancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                submit(
                    OutstandingRequest(pdu, prepared: prepared, to: target, cancellation: cancellation) { continuation.resume(with: $0) })
            }
        } onCancel: {
            cancellation.cancel()
            if let peer = target.peer { _ = mailbox.post(.cancel(peer, cancellation)) }
        }
    }

    /// Begins to note what becomes of the requests to an agent.
    package func observe(_ address: SocketAddress) -> RequestJournal {
        let journal = RequestJournal()
        if let peer = PeerAddress(address) { _ = mailbox.post(.observe(peer, journal)) }
        return journal
    }

    /// Ends what `observe` began.
    package func forget(_ address: SocketAddress) {
        if let peer = PeerAddress(address) { _ = mailbox.post(.observe(peer, nil)) }
    }

    private func submit(_ request: OutstandingRequest) {
        switch mailbox.post(.submit(request)) {
        case .accepted: break
        case .full: request.completion(.failure(SNMPError.tooManyRequests))
        case .closed: request.completion(.failure(SNMPError.closed))
        }
    }
}
