import CDatagram
import NIOCore

/// The client's thread: fetches what others want, sends it, receives what agents answer, and keeps the deadlines.
///
///     fetch requests ─► start them ─► expire deadlines ─► send the batch ─► receive a batch ─► complete ─┐
///        ▲                                                                     │ nothing came: sleep        │
///        └─────────────────────────────────────────────────────────────────────┴────────────────────────┘
///
/// Everything here belongs to this one thread; `ClientMailbox` is the door to the others.
final class ClientLoop {
    let port: DatagramPort
    let mailbox: ClientMailbox
    var table: RequestTable<OutstandingRequest>
    var agents: [PeerAddress: RemoteAgent] = [:]
    /// Of the agents whose requests somebody wants to know about.
    var journals: [PeerAddress: RequestJournal] = [:]
    var owners = EngineOwners()
    var statistics = ClientStatistics()
    var writer = BERWriter(capacity: 4096)
    var random = RandomNumbers()
    let aes = AESContexts()
    var salts: SaltCounter
    /// Decrypted octets.
    var scratch: [UInt8] = []
    /// Read once a turn: a hundred requests that start together start at the same time.
    var now = NIODeadline.now()
    /// What the turn has finished. Completed at its end, when the statistics are there to be seen.
    var finished: [(request: OutstandingRequest, result: Result<SNMPReply, any Error>)] = []

    init(port: DatagramPort, mailbox: ClientMailbox, capacity: Int) {
        self.port = port
        self.mailbox = mailbox
        table = RequestTable(capacity: capacity)
        salts = SaltCounter(start: random.next())
    }

    /// Returns when the mailbox is closed; whatever is still under way has failed then.
    func run() {
        port.onRefused = { [unowned self] peer, errno in refused(peer, errno) }
        var messages: [ClientMailbox.Message] = []
        while mailbox.fetch(into: &messages) {
            now = .now()
            for message in messages { take(message) }
            expire()
            complete()
            port.flush()
            if port.receive(received) == 0 { sleep() }
            complete()
        }
        for message in messages { take(message) }
        for request in table.cancelAll() { finished.append((request, .failure(SNMPError.closed))) }
        complete()
    }

    private func take(_ message: ClientMailbox.Message) {
        switch message {
        case .submit(let request): submit(request)
        case .cancel(let peer, let cancellation): cancel(peer, cancellation)
        case .observe(let peer, let journal): journals[peer] = journal
        }
    }

    /// Until something arrives, somebody posts, or a deadline is reached.
    private func sleep() {
        guard finished.isEmpty, mailbox.fallAsleep() else { return }
        let wait = table.nextDeadline().map { max(0, ($0 - .now()).nanoseconds) }
        wait_readable(port.descriptor, mailbox.wakeup, wait ?? -1)
        mailbox.wakeUp()
    }

    /// Callers may submit more from here: that comes by the mailbox.
    private func complete() {
        guard !finished.isEmpty else { return }
        mailbox.publish(statistics)
        let finished = finished
        self.finished.removeAll(keepingCapacity: true)
        for (request, result) in finished { request.completion(result) }
    }
}

// MARK: - Requests

extension ClientLoop {
    private func submit(_ request: OutstandingRequest) {
        if request.cancellation?.isCancelled == true { return finished.append((request, .failure(CancellationError()))) }
        guard let peer = request.target.peer, port.canReach(peer) else {
            return finished.append((request, .failure(SNMPError.unreachable(request.target.address, errno: 0))))
        }
        let id = random.requestID()
        switch table.submitted(request, id: id, to: peer, retry: request.target.retry, now: now) {
        case .start:
            statistics.requests += 1
            if !begin(request, to: peer, id: id) { finish(peer, .tooBig) }
        case .wait: statistics.requests += 1
        case .refuse: finished.append((request, .failure(SNMPError.tooManyRequests)))
        }
    }

    private func cancel(_ peer: PeerAddress, _ cancellation: RequestCancellation) {
        guard let (request, wasUnderWay) = table.cancel(peer, where: { $0.cancellation === cancellation }) else { return }
        if wasUnderWay {
            finish(peer, .failure(CancellationError()))
        } else {
            finished.append((request, .failure(CancellationError())))
        }
    }

    /// Ends the request under way with `peer`, and starts the next one that can be sent.
    func finish(_ peer: PeerAddress, _ result: Result<SNMPReply, any Error>) {
        note(result, of: peer)
        var result = result
        while true {
            let (ended, next) = table.completed(peer, nextID: random.requestID(), now: now)
            if let ended { finished.append((ended, result)) }
            guard let next, !begin(next.request, to: peer, id: next.id) else { return }
            result = .tooBig
        }
    }

    private func note(_ result: Result<SNMPReply, any Error>, of peer: PeerAddress) {
        guard let journal = journals[peer], let progress = table.progress(with: peer) else { return }
        switch result {
        case .success, .failure(SNMPError.security):
            journal.answered(after: Double((now - progress.begunAt).nanoseconds) / 1e9, attempts: progress.attempts)
        case .failure(SNMPError.noResponse): journal.unanswered(attempts: progress.attempts)
        case .failure: break
        }
    }

    private func expire() {
        while true {
            switch table.deadlineReached(now: now, jitter: Double.random(in: -1...1, using: &random)) {
            case .resend(let request, let peer, let id, let attempt):
                statistics.retransmissions += 1
                let isLast = attempt == request.target.retry.attempts
                if !resend(request, to: peer, id: id, isLast: isLast) { finish(peer, .tooBig) }
            case .fail(let request, let peer, let attempts):
                statistics.timeouts += 1
                let agent = agents[peer]
                agent?.wentSilent()
                let error = SNMPError.noResponse(from: request.target.address, attempts: attempts)
                finish(peer, .failure(agent?.ignoresRequest == true ? SNMPError.security(.ignored) : error))
            case .none: return
            }
        }
    }

    /// The system has no way to the peer. The request ends now, for nobody will answer what has not been sent.
    private func refused(_ peer: PeerAddress, _ errno: CInt) {
        guard let request = table.request(underWayWith: peer) else { return }
        statistics.refused += 1
        finish(peer, .failure(SNMPError.unreachable(request.target.address, errno: errno)))
    }
}
