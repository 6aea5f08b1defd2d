import NIOCore

/// The requests to all agents: per agent one is under way and the others wait their turn, so that an agent answers them in order.
///
///     submitted ──► queued ──► under way ──response: same peer, same id──► completed, the next one starts
///                               │  ▲  ▲
///                     deadline  │  │  └── asked anew: another id (the security model had to learn something first)
///                               │  └───── attempts left: resend
///                               └──────── none left: fail, the next one starts        (cancelled: forgotten)
///
/// `Request` is whatever the caller needs to act on an entry; the table only carries it. Ids are the caller's random numbers, time is an
/// argument. At most `capacity` requests are held.
struct RequestTable<Request: Sendable>: Sendable {
    enum SubmittedAction: Equatable, Sendable {
        /// Send it now.
        case start
        /// It starts when those before it are over.
        case wait
        case refuse
    }

    enum DeadlineAction: Sendable {
        /// - Parameter attempt: Counted from 1; the first is never resent.
        case resend(Request, to: PeerAddress, id: Int32, attempt: Int)
        case fail(Request, peer: PeerAddress, attempts: Int)
        case none
    }

    private struct Lane: Sendable {
        let peer: PeerAddress
        var current: Request?
        var id: Int32 = 0
        var retry = RetryPolicy(timeout: .seconds(1), retries: 0)
        var attempt = 0
        var begunAt = NIODeadline.distantPast
        var deadline = NIODeadline.distantFuture
        var waiting: [(request: Request, retry: RetryPolicy)] = []
    }

    let capacity: Int
    /// Lanes that are idle beyond this number are given up.
    private let maximumLanes: Int
    private var lanes: [Lane] = []
    private var laneOfPeer: [PeerAddress: Int] = [:]
    private(set) var count = 0
    /// May hold deadlines of attempts that are over; `popStale` and `compact` remove them.
    private var deadlines = DeadlineQueue<Int>()

    init(capacity: Int) {
        self.capacity = capacity
        maximumLanes = 4 * capacity
    }

    /// Stale ones included.
    var pendingDeadlines: Int { deadlines.count }

    /// - Parameter id: What the request is matched by, if it starts now.
    mutating func submitted(_ request: Request, id: Int32, to peer: PeerAddress, retry: RetryPolicy, now: NIODeadline) -> SubmittedAction {
        guard count < capacity else { return .refuse }
        let lane = lane(of: peer)
        count += 1
        guard lanes[lane].current == nil else {
            lanes[lane].waiting.append((request, retry))
            return .wait
        }
        start(request, retry, in: lane, id: id, now: now)
        return .start
    }

    /// The request that a datagram from `peer` may answer. It stays under way until `completed`.
    func request(from peer: PeerAddress, id: Int32) -> Request? {
        guard let lane = laneOfPeer[peer], lanes[lane].id == id else { return nil }
        return lanes[lane].current
    }

    func request(underWayWith peer: PeerAddress) -> Request? { laneOfPeer[peer].flatMap { lanes[$0].current } }

    /// How often the request under way with `peer` has been sent, and when it was for the first time.
    func progress(with peer: PeerAddress) -> (attempts: Int, begunAt: NIODeadline)? {
        guard let lane = laneOfPeer[peer], lanes[lane].current != nil else { return nil }
        return (lanes[lane].attempt, lanes[lane].begunAt)
    }

    /// Ends the request under way, and starts the next one, which is to be sent.
    mutating func completed(_ peer: PeerAddress, nextID: Int32, now: NIODeadline) -> (ended: Request?, next: (request: Request, id: Int32)?)
    {
        guard let lane = laneOfPeer[peer], let ended = lanes[lane].current else { return (nil, nil) }
        end(lane)
        guard let (request, retry) = lanes[lane].waiting.popFirst() else { return (ended, nil) }
        start(request, retry, in: lane, id: nextID, now: now)
        return (ended, (request, nextID))
    }

    /// Gives the request under way another id, and its attempts anew.
    ///
    /// - Parameter isLast: It had all its attempts, and gets one more.
    mutating func askedAnew(_ peer: PeerAddress, id: Int32, isLast: Bool, now: NIODeadline) {
        guard let lane = laneOfPeer[peer], let request = lanes[lane].current else { return }
        start(request, lanes[lane].retry, in: lane, id: id, now: now)
        if isLast { lanes[lane].attempt = lanes[lane].retry.attempts }
    }

    /// What is due: call until `.none`. After `.fail` the next request of the peer is started by `completed`.
    ///
    /// - Parameter jitter: -1…1; spreads the attempts of requests that were sent together.
    mutating func deadlineReached(now: NIODeadline, jitter: Double) -> DeadlineAction {
        popStale()
        guard let due = deadlines.first, due.deadline <= now, let request = lanes[due.element].current else { return .none }
        deadlines.popFirst()
        let lane = due.element
        let peer = lanes[lane].peer
        guard lanes[lane].attempt < lanes[lane].retry.attempts else {
            lanes[lane].deadline = .distantFuture
            return .fail(request, peer: peer, attempts: lanes[lane].attempt)
        }
        lanes[lane].attempt += 1
        setDeadline(lane, now + lanes[lane].retry.wait(afterAttempt: lanes[lane].attempt, jitter: jitter))
        return .resend(request, to: peer, id: lanes[lane].id, attempt: lanes[lane].attempt)
    }

    /// When `deadlineReached` has to be called next.
    mutating func nextDeadline() -> NIODeadline? {
        popStale()
        return deadlines.first?.deadline
    }

    /// Forgets the first request of `peer` that `isIt` says of. If it was under way, `completed` has to start the next one.
    mutating func cancel(_ peer: PeerAddress, where isIt: (Request) -> Bool) -> (request: Request, wasUnderWay: Bool)? {
        guard let lane = laneOfPeer[peer] else { return nil }
        if let current = lanes[lane].current, isIt(current) { return (current, true) }
        guard let index = lanes[lane].waiting.firstIndex(where: { isIt($0.request) }) else { return nil }
        count -= 1
        return (lanes[lane].waiting.remove(at: index).request, false)
    }

    /// Forgets all requests.
    mutating func cancelAll() -> [Request] {
        let requests = lanes.flatMap { lane in (lane.current.map { [$0] } ?? []) + lane.waiting.map(\.request) }
        self = RequestTable(capacity: capacity)
        return requests
    }
}

// MARK: - Lanes

extension RequestTable {
    private mutating func lane(of peer: PeerAddress) -> Int {
        if let lane = laneOfPeer[peer] { return lane }
        if lanes.count >= maximumLanes { dropIdleLanes() }
        lanes.append(Lane(peer: peer))
        laneOfPeer[peer] = lanes.count - 1
        return lanes.count - 1
    }

    /// There are four times as many lanes as requests, hence at least three quarters of them are idle.
    private mutating func dropIdleLanes() {
        lanes.removeAll { $0.current == nil }
        laneOfPeer = Dictionary(uniqueKeysWithValues: lanes.indices.map { (lanes[$0].peer, $0) })
        compact()
    }

    private mutating func start(_ request: Request, _ retry: RetryPolicy, in lane: Int, id: Int32, now: NIODeadline) {
        lanes[lane].current = request
        lanes[lane].retry = retry
        lanes[lane].id = id
        lanes[lane].attempt = 1
        lanes[lane].begunAt = now
        setDeadline(lane, now + retry.wait(afterAttempt: 1, jitter: 0))
    }

    private mutating func end(_ lane: Int) {
        lanes[lane].current = nil
        lanes[lane].deadline = .distantFuture
        count -= 1
        if deadlines.count > 2 * count + 1024 { compact() }
    }

    private mutating func setDeadline(_ lane: Int, _ deadline: NIODeadline) {
        lanes[lane].deadline = deadline
        deadlines.insert(lane, at: deadline)
    }

    private mutating func popStale() {
        while let first = deadlines.first, lanes[first.element].deadline != first.deadline { deadlines.popFirst() }
    }

    private mutating func compact() {
        let pending = lanes.indices.filter { lanes[$0].deadline != .distantFuture }
        deadlines = DeadlineQueue(pending.map { DeadlineQueue.Entry(deadline: lanes[$0].deadline, element: $0) })
    }
}

extension Array {
    fileprivate mutating func popFirst() -> Element? { isEmpty ? nil : removeFirst() }
}
