package import NIOCore

/// The requests that wait for a response: matching, deadlines, retransmission.
///
///     submitted ──► waiting ──response from the peer with the id──► complete
///                    │  ▲
///          deadline  │  └── attempts left: resend, wait one timeout more than before
///                    └───── none left: fail                     (cancelled: forgotten, a late response is dropped)
///
/// `Request` is whatever the caller needs to act on an entry; the table only carries it. Request ids are the caller's random numbers, time
/// is an argument. Bounded by `capacity`.
package struct RequestTable<Request: Sendable>: Sendable {
    package enum SubmittedAction: Equatable, Sendable {
        case send(deadline: NIODeadline)
        case refuse
    }

    package enum ReceivedAction: Sendable {
        case complete(Request)
        case drop(SNMPDropReason)
    }

    package enum DeadlineAction: Sendable {
        case resend(Request, to: SocketAddress)
        case fail(Request, peer: SocketAddress, attempts: Int)
        case none
    }

    private struct Entry: Sendable {
        let request: Request
        let peer: SocketAddress
        let version: SNMPVersion
        let retry: RetryPolicy
        var attempts: Int
        var deadline: NIODeadline
    }

    package let capacity: Int
    private var entries: [Int32: Entry] = [:]
    /// May hold deadlines of requests that are gone; `popStale` and `compact` remove them.
    private var deadlines = DeadlineQueue<Int32>()

    package init(capacity: Int) { self.capacity = capacity }

    package var count: Int { entries.count }
    /// Stale ones included.
    var pendingDeadlines: Int { deadlines.count }

    /// The first id from `candidate` upwards that no request has, never negative.
    package func unusedID(from candidate: Int32) -> Int32 {
        var id = candidate & Int32.max
        while entries[id] != nil { id = (id &+ 1) & Int32.max }
        return id
    }

    /// Refuses when the table is full or the id is taken.
    package mutating func submitted(
        _ request: Request, id: Int32, to peer: SocketAddress, version: SNMPVersion, retry: RetryPolicy, now: NIODeadline
    ) -> SubmittedAction {
        guard entries.count < capacity, entries[id] == nil else { return .refuse }
        let deadline = now + retry.wait(afterAttempt: 1)
        entries[id] = Entry(request: request, peer: peer, version: version, retry: retry, attempts: 1, deadline: deadline)
        deadlines.insert(id, at: deadline)
        return .send(deadline: deadline)
    }

    package mutating func received(_ message: CommunityMessage, from peer: SocketAddress) -> ReceivedAction {
        guard case .pdu(let pdu) = message.content, pdu.kind == .response else { return .drop(.notAResponse) }
        guard let entry = entries[pdu.requestID] else { return .drop(.unknownRequest) }
        guard entry.peer == peer else { return .drop(.wrongPeer) }
        guard entry.version == message.version else { return .drop(.wrongVersion) }
        remove(pdu.requestID)
        return .complete(entry.request)
    }

    /// What is due: call until `.none`.
    package mutating func deadlineReached(now: NIODeadline) -> DeadlineAction {
        popStale()
        guard let due = deadlines.first, due.deadline <= now, var entry = entries[due.element] else { return .none }
        deadlines.popFirst()
        guard entry.attempts < entry.retry.attempts else {
            remove(due.element)
            return .fail(entry.request, peer: entry.peer, attempts: entry.attempts)
        }
        entry.attempts += 1
        entry.deadline = now + entry.retry.wait(afterAttempt: entry.attempts)
        entries[due.element] = entry
        deadlines.insert(due.element, at: entry.deadline)
        return .resend(entry.request, to: entry.peer)
    }

    /// When `deadlineReached` has to be called next.
    package mutating func nextDeadline() -> NIODeadline? {
        popStale()
        return deadlines.first?.deadline
    }

    /// Forgets a request. Nil if it has been completed, has failed or never was.
    package mutating func cancel(_ id: Int32) -> Request? {
        defer { remove(id) }
        return entries[id]?.request
    }

    /// Forgets all requests.
    package mutating func cancelAll() -> [Request] {
        defer {
            entries.removeAll()
            deadlines = DeadlineQueue()
        }
        return entries.values.map(\.request)
    }

    /// All requests with their peers, for a socket that has to send them (again).
    package var waiting: [(request: Request, peer: SocketAddress)] { entries.values.map { ($0.request, $0.peer) } }

    private mutating func remove(_ id: Int32) {
        entries[id] = nil
        if deadlines.count > 2 * entries.count + 64 { compact() }
    }

    private mutating func popStale() {
        while let first = deadlines.first, entries[first.element]?.deadline != first.deadline { deadlines.popFirst() }
    }

    private mutating func compact() {
        deadlines = DeadlineQueue(entries.lazy.map { DeadlineQueue.Entry(deadline: $0.value.deadline, element: $0.key) })
    }
}

/// How often a request is sent, and how long each attempt waits: the nth waits n timeouts, so that a slow card is not hammered.
package struct RetryPolicy: Hashable, Sendable {
    package let timeout: TimeAmount
    package let attempts: Int

    /// - Parameter retries: what is sent after the first attempt; 0 sends once.
    package init(timeout: TimeAmount, retries: Int) {
        self.timeout = max(timeout, .milliseconds(1))
        attempts = max(0, min(retries, 100)) + 1
    }

    func wait(afterAttempt attempt: Int) -> TimeAmount {
        let (wait, overflow) = timeout.nanoseconds.multipliedReportingOverflow(by: Int64(attempt))
        return overflow ? .hours(24) : min(.nanoseconds(wait), .hours(24))
    }
}

/// Why a received datagram completes no request.
package enum SNMPDropReason: Hashable, Sendable, CaseIterable {
    case malformed
    case notAResponse
    /// Late, duplicate or forged.
    case unknownRequest
    case wrongPeer
    case wrongVersion
}
