package import Logging
package import NIOCore
import ServiceLifecycle

/// A TFTP server on one address: takes requests on its port, and makes each transfer on a port of its own (RFC 1350 §4).
///
/// Who may do what is decided by `accept` for each request. Files are taken as they are (mode octet); netascii and mail are refused.
package struct TFTPServer: Service {
    package typealias Accept = @Sendable (TFTPRequest, SocketAddress) async -> Decision

    private let configuration: Configuration
    private let faults: Faults
    private let logger: Logger
    private let bound: @Sendable (SocketAddress) -> Void
    private let accept: Accept

    /// `bound` is told the address once requests are heard; useful where the port is 0.
    package init(
        _ configuration: Configuration, faults: Faults = Faults(), logger: Logger,
        bound: @escaping @Sendable (SocketAddress) -> Void = { _ in }, accept: @escaping Accept
    ) {
        self.configuration = configuration
        self.faults = faults
        self.logger = logger
        self.bound = bound
        self.accept = accept
    }

    /// Serves until it is cancelled or shut down; transfers under way end then, and their peers are told.
    ///
    /// Throws `IOError` where the address can't be had, `TFTPError.closed` where the socket was lost.
    package func run() async throws {
        try await cancelWhenGracefulShutdown { try await serve() }
    }

    private func serve() async throws {
        let desk = RequestDesk(limit: configuration.maximumTransfers)
        let listener = try await RequestListener.open(configuration, desk: desk, drops: faults.drops)
        defer { listener.close() }
        bound(listener.address)
        await withDiscardingTaskGroup { group in
            for await arrival in desk.arrivals {
                group.addTask {
                    await answerUnlessReplaced(arrival, listener: listener, desk: desk)
                    desk.leave(arrival)
                }
            }
            group.cancelAll()
        }
        if !Task.isCancelled { throw TFTPError.closed }
    }

    /// Answers, until that is done or a newer request has taken the place: then the transfer is cancelled.
    private func answerUnlessReplaced(_ arrival: RequestDesk.Arrival, listener: RequestListener.Handle, desk: RequestDesk) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await answer(arrival, listener: listener, desk: desk) }
            group.addTask { for await _ in arrival.place {} }
            await group.next()
            group.cancelAll()
        }
    }

    private func answer(_ arrival: RequestDesk.Arrival, listener: RequestListener.Handle, desk: RequestDesk) async {
        let request = arrival.request
        guard request.mode == .octet else {
            return listener.refuse(arrival.peer, .undefined, "only mode octet (binary) is served")
        }
        switch await accept(request, arrival.peer) {
        case .refuse(let code, let message):
            listener.refuse(arrival.peer, code, message)
        case .send(let file):
            guard request.direction == .read else { return listener.refuse(arrival.peer, .accessViolation, "the file can't be written") }
            await transfer(arrival, listener: listener) { port, now in
                .send(sender(for: request, port: port, size: file.readableBytes, now: now), file)
            } completion: { _ in
                nil
            }
        case .receive(let limit, let completion):
            guard request.direction == .write else { return listener.refuse(arrival.peer, .accessViolation, "the file can't be read") }
            guard request[option: TFTPOption.transferSize]?.number ?? 0 <= limit else {
                return listener.refuse(arrival.peer, .diskFull, TFTPError.tooLarge(limit: limit).description)
            }
            await transfer(arrival, listener: listener) { port, now in
                .receive(receiver(for: request, port: port, limit: limit, now: now))
            } completion: { file in
                desk.completed(arrival)
                defer { desk.decided(arrival) }
                return await completion(file)
            }
        }
    }

    private func sender(for request: TFTPRequest, port: Int, size: Int, now: NIODeadline) -> Sender {
        let (parameters, acknowledged) = configuration.limits.answer(to: request, size: size)
        return Sender(
            answering: port, parameters: parameters, acknowledged: acknowledged, size: size, timing: configuration.timing, now: now)
    }

    private func receiver(for request: TFTPRequest, port: Int, limit: Int, now: NIODeadline) -> Receiver {
        let (parameters, acknowledged) = configuration.limits.answer(to: request, size: nil)
        return Receiver(
            answering: port, parameters: parameters, acknowledged: acknowledged, limit: limit, stall: faults.stallAt(),
            timing: configuration.timing, now: now)
    }

    private func transfer(
        _ arrival: RequestDesk.Arrival, listener: RequestListener.Handle,
        engine: @escaping @Sendable (Int, NIODeadline) -> ServerTransfer.Engine,
        completion: @escaping @Sendable (ByteBuffer) async -> TFTPErrorReply?
    ) async {
        do {
            let session = try await ServerSession.open(
                on: configuration.eventLoopGroup.next(), address: listener.address, peer: arrival.peer, engine: engine, drops: faults.drops)
            try await session.run { file in
                await judge(file, completion: completion, tell: session.decided)
            }
        } catch {
            logger.debug("TFTP transfer failed", metadata: ["tftp.file": "\(arrival.request.filename)", "tftp.error": "\(error)"])
        }
    }

    /// Runs the completion, and tells the peer what it says, or that it took too long.
    private func judge(
        _ file: ByteBuffer, completion: @escaping @Sendable (ByteBuffer) async -> TFTPErrorReply?,
        tell: @escaping @Sendable (TFTPErrorReply?) -> Void
    ) async {
        await withTaskGroup(of: TFTPErrorReply?.self) { group in
            group.addTask { await completion(file) }
            group.addTask {
                try? await Task.sleep(for: configuration.decisionPatience)
                return TFTPErrorReply(.undefined, "the file could not be checked in time")
            }
            // Told at once: a completion that does not heed its cancellation must not keep the peer waiting.
            if let first = await group.next() { tell(first) }
            group.cancelAll()
        }
    }
}
