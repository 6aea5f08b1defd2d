import NIOCore
import Synchronization

/// The client on its event loop: runs what the request table decides on the client's one socket.
///
/// It outlives the socket: requests that come before the socket is open, or while it is replaced, wait in the table. Sends are flushed once
/// per turn of the loop, so that many leave with one system call.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let eventLoop: any EventLoop
    private let statistics: SharedClientStatistics
    private var table: RequestTable<OutstandingRequest>
    private var writer = BERWriter()
    private var random = SystemRandomNumberGenerator()
    private var context: ChannelHandlerContext?
    private var family: NIOBSDSocket.ProtocolFamily?
    /// Made when the system has closed a socket: from then on destinations are checked before they are sent to.
    private var routeProbe: RouteProbe?
    private var timer: (deadline: NIODeadline, task: Scheduled<Void>)?
    private var isFlushScheduled = false
    private var isClosed = false

    init(eventLoop: any EventLoop, capacity: Int, statistics: SharedClientStatistics) {
        self.eventLoop = eventLoop
        self.statistics = statistics
        table = RequestTable(capacity: capacity)
    }

    // MARK: Requests

    func submit(
        _ pdu: PDU, to target: SNMPTarget, ticket: RequestTicket, completion: @escaping @Sendable (Result<PDU, any Error>) -> Void
    ) {
        let id = table.unusedID(from: Int32.random(in: 0...Int32.max, using: &random))
        guard ticket.wait(id: id) else { return completion(.failure(CancellationError())) }
        if let error = obstacle(to: target.address) {
            ticket.finish()
            return completion(.failure(error))
        }
        var pdu = pdu
        pdu.requestID = id
        let datagram = CommunityMessage(target.version, target.community, pdu).encoded(with: &writer)
        let request = OutstandingRequest(datagram: datagram, ticket: ticket, completion: completion)
        switch table.submitted(request, id: id, to: target.address, version: target.version, retry: target.retry, now: .now()) {
        case .send(let deadline):
            statistics.count { $0.requests += 1 }
            send(request, to: target.address)
            wake(at: deadline)
        case .refuse:
            request.complete(.failure(SNMPError.tooManyRequests))
        }
    }

    private func obstacle(to address: SocketAddress) -> SNMPError? {
        if isClosed { return .closed }
        guard let port = address.port, port != 0, !address.isMulticast else { return .unreachable(address, errno: 0) }
        if let family, family != address.protocol { return .unreachable(address, errno: 0) }
        return routeProbe?.failure(of: address).map { .unreachable(address, errno: $0) }
    }

    func cancel(_ ticket: RequestTicket) {
        guard let id = ticket.cancel() else { return }
        table.cancel(id)?.complete(.failure(CancellationError()))
    }

    /// Ends all requests and refuses further ones.
    func close() {
        isClosed = true
        timer?.task.cancel()
        timer = nil
        for request in table.cancelAll() { request.complete(.failure(SNMPError.closed)) }
    }

    // MARK: Sending

    private func send(_ request: OutstandingRequest, to peer: SocketAddress) {
        guard let context else { return }
        context.write(wrapOutboundOut(AddressedEnvelope(remoteAddress: peer, data: request.datagram)), promise: nil)
        guard !isFlushScheduled else { return }
        isFlushScheduled = true
        eventLoop.assumeIsolated().execute {
            self.isFlushScheduled = false
            self.context?.flush()
        }
    }

    // MARK: Deadlines

    private func wake(at deadline: NIODeadline) {
        if let timer {
            guard deadline < timer.deadline else { return }
            timer.task.cancel()
        }
        let task = eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { self.deadlineReached() }
        timer = (deadline, task)
    }

    private func deadlineReached() {
        timer = nil
        loop: while true {
            switch table.deadlineReached(now: .now()) {
            case .resend(let request, let peer):
                statistics.count { $0.retransmissions += 1 }
                if routeProbe?.failure(of: peer) == nil { send(request, to: peer) }
            case .fail(let request, let peer, let attempts):
                statistics.count { $0.timeouts += 1 }
                request.complete(.failure(SNMPError.noResponse(from: peer, attempts: attempts)))
            case .none: break loop
            }
        }
        if let next = table.nextDeadline() { wake(at: next) }
    }

    // MARK: Channel

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        family = context.channel.localAddress?.protocol
        // After a failure one of them may be what broke the socket; each is sent again, and checked, at its own deadline.
        guard routeProbe == nil else { return }
        for (request, peer) in table.waiting { send(request, to: peer) }
    }

    /// Either `run()` ends, or the system has closed the socket.
    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        routeProbe = routeProbe ?? RouteProbe()
        statistics.count { $0.socketsClosed += 1 }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        let message: CommunityMessage
        do throws(SNMPDecodingError) { message = try CommunityMessage(decoding: envelope.data) } catch {
            return statistics.count { $0.drops[.malformed, default: 0] += 1 }
        }
        switch table.received(message, from: envelope.remoteAddress) {
        case .complete(let request):
            guard case .pdu(let pdu) = message.content else { return }
            statistics.count {
                $0.responses += 1
                $0.oids += UInt64(pdu.bindings.count)
            }
            request.complete(.success(pdu))
        case .drop(let reason):
            statistics.count { $0.drops[reason, default: 0] += 1 }
        }
    }
}

/// The counters, written on the event loop, read anywhere.
final class SharedClientStatistics: Sendable {
    private let statistics = Mutex(ClientStatistics())

    var snapshot: ClientStatistics { statistics.withLock { $0 } }

    func count(_ change: (inout sending ClientStatistics) -> Void) { statistics.withLock { change(&$0) } }
}
