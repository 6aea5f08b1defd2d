import CDatagram
import NIOCore
import Synchronization

/// One method of a search at work: sends what its schedule says within the search's packet budget, and tells what comes back.
///
///     broadcasts (three times, a second apart) ─┐
///     questions of the schedule ────────────────┼─► send ─► receive ─► refusals ─► sleep until something is due
///     answers to answers ───────────────────────┘
///
/// Runs on a thread of its own; `cancel` ends it within some milliseconds.
final class ProbeLoop: Sendable {
    /// Where broadcasts go, by an interface's own socket.
    struct Outlet: Sendable {
        let interface: String?
        let destinations: [UInt32]
    }

    static let broadcastRounds = 3
    static let broadcastInterval = TimeAmount.seconds(1)
    /// Datagrams that are sent between two looks at what has arrived.
    private static let burst = 32
    private static let tick: CInt = 5
    /// Ticks that a datagram waits for room: a second.
    private static let maximumBusy = 200

    struct Shared: Sendable {
        var schedule: ProbeSchedule
        var progress = MethodProgress()
        var isCancelled = false
        /// Of the datagrams that could not be sent, the last one's error.
        var lastErrno: CInt?
    }

    let method: DiscoveryMethod
    private let pace: PacketPace
    private let isSpare: Bool
    private let outlets: [Outlet]
    private let mustSend: Bool
    private let shared: Mutex<Shared>
    private let tell: @Sendable (ProbeNews) -> Void

    /// - Parameters:
    ///   - isSpare: its questions take only what other methods leave of the budget.
    ///   - mustSend: whether it is an error if not one datagram can be sent.
    ///   - tell: called on the loop's thread with all that was seen.
    init(
        _ method: DiscoveryMethod, schedule: ProbeSchedule, outlets: [Outlet], pace: PacketPace, isSpare: Bool, mustSend: Bool,
        tell: @Sendable @escaping (ProbeNews) -> Void
    ) {
        self.method = method
        self.pace = pace
        self.isSpare = isSpare
        self.outlets = outlets
        self.mustSend = mustSend
        self.tell = tell
        shared = Mutex(Shared(schedule: schedule))
        shared.withLock { $0.progress.total = schedule.addresses.count }
    }

    var progress: MethodProgress { shared.withLock { $0.progress } }

    func cancel() { shared.withLock { $0.isCancelled = true } }

    /// Changes what the schedule knows.
    func inform(_ change: (inout ProbeSchedule) -> Void) { shared.withLock { change(&$0.schedule) } }

    /// Returns when all is asked and the last answers have had their time, or it was cancelled.
    ///
    /// Throws `SearchError` if there is no socket to be had, or every datagram was refused.
    func run(_ dialogue: some ProbeDialogue) throws(SearchError) {
        var run = Run(self, dialogue)
        try run.open()
        while run.turn() {}
        try run.check()
        shared.withLock { $0.progress.isDone = true }
    }

    fileprivate struct Waiting {
        let socket: Int
        let datagram: ByteBuffer
        let peer: ProbePeer
        /// A question of the schedule: it can wait for other methods.
        var isQuestion = false
    }

    /// What belongs to the loop's thread.
    fileprivate struct Run<Dialogue: ProbeDialogue> {
        let loop: ProbeLoop
        var dialogue: Dialogue
        /// The first goes by the routes; then one for each outlet, in their order.
        var sockets: [ProbeSocket] = []
        var descriptors: [CInt] = []
        var broadcastsLeft = ProbeLoop.broadcastRounds
        var nextBroadcast = NIODeadline.uptimeNanoseconds(0)
        var broadcastEnd = NIODeadline.uptimeNanoseconds(0)
        /// Datagrams that wait for the budget, or for room.
        var waiting: [Waiting] = []
        /// How often in a row there was no room.
        var busy = 0
        var accepted = 0
        var refused = 0

        init(_ loop: ProbeLoop, _ dialogue: Dialogue) {
            self.loop = loop
            self.dialogue = dialogue
        }
    }
}

extension ProbeLoop.Run {
    mutating func open() throws(SearchError) {
        sockets.append(try socket(interface: nil))
        for outlet in loop.outlets { sockets.append(try socket(interface: outlet.interface)) }
        descriptors = sockets.map(\.descriptor)
        if loop.outlets.isEmpty || dialogue.broadcastQuestion(round: 0) == nil { broadcastsLeft = 0 }
    }

    /// On the port that answers come to, if that can be had.
    private func socket(interface: String?) throws(SearchError) -> ProbeSocket {
        if let port = dialogue.answersPort, let socket = try? ProbeSocket(interface: interface, port: port) { return socket }
        return try ProbeSocket(interface: interface)
    }

    /// False when it is over.
    mutating func turn() -> Bool {
        let now = NIODeadline.now()
        guard !loop.shared.withLock({ $0.isCancelled }) else { return false }
        broadcast(now)
        var isFinished = false
        var sent = 0
        while sent < ProbeLoop.burst {
            if waiting.isEmpty {
                switch loop.shared.withLock({ $0.schedule.next(now: now) }) {
                case .send(let index, let pass):
                    let address = loop.shared.withLock { $0.schedule.addresses[index] }
                    let peer = ProbePeer(address: address, port: dialogue.port)
                    waiting.append(.init(socket: 0, datagram: dialogue.question(index, pass: pass), peer: peer, isQuestion: true))
                case .wait: sent = .max
                case .finished:
                    isFinished = true
                    sent = .max
                }
            }
            guard !waiting.isEmpty, sendFirst(now) else { break }
            sent += 1
        }
        let received = receive(now)
        take(dialogue.elapsed(now: now), socket: 0)
        report()
        if isFinished, waiting.isEmpty, broadcastsLeft == 0, now >= broadcastEnd, !dialogue.isBusy { return false }
        if !received, sent < ProbeLoop.burst || sent == .max {
            datagram_await_any(descriptors, UInt32(descriptors.count), ProbeLoop.tick)
        }
        return true
    }

    private mutating func broadcast(_ now: NIODeadline) {
        guard broadcastsLeft > 0, now >= nextBroadcast,
            let question = dialogue.broadcastQuestion(round: ProbeLoop.broadcastRounds - broadcastsLeft)
        else { return }
        broadcastsLeft -= 1
        nextBroadcast = now + ProbeLoop.broadcastInterval
        broadcastEnd = now + ProbeLoop.broadcastInterval * 2
        for (number, outlet) in loop.outlets.enumerated() {
            let destinations = (dialogue.usesBroadcast ? outlet.destinations : []) + [dialogue.multicastGroup].compactMap(\.self)
            for destination in destinations {
                let peer = ProbePeer(address: destination, port: dialogue.port)
                waiting.append(.init(socket: number + 1, datagram: question, peer: peer))
            }
        }
    }

    /// False if it has to wait.
    private mutating func sendFirst(_ now: NIODeadline) -> Bool {
        guard let first = waiting.first, loop.pace.take(now: now, isSpare: loop.isSpare && first.isQuestion) else { return false }
        switch sockets[first.socket].send(first.datagram, to: first.peer) {
        case .busy:
            // The table of neighbours is full, or the device's queue is: that passes, or the next round will do.
            busy += 1
            guard busy >= ProbeLoop.maximumBusy else { return false }
        case .sent: accepted += 1
        case .refused(let errno):
            refused += 1
            loop.shared.withLock { shared in
                shared.lastErrno = errno
                if let index = shared.schedule.addresses.index(of: first.peer.address) { shared.schedule.refused(index) }
            }
        }
        busy = 0
        waiting.removeFirst()
        return true
    }

    private mutating func receive(_ now: NIODeadline) -> Bool {
        var hasReceived = false
        for number in sockets.indices {
            var arrivals: [(ByteBuffer, ProbePeer)] = []
            if sockets[number].receive({ arrivals.append(($0, $1)) }) > 0 { hasReceived = true }
            for (datagram, peer) in arrivals { take(dialogue.received(datagram, from: peer, now: now), socket: number) }
            let refusals = sockets[number].takeRefusals()
            guard !refusals.isEmpty else { continue }
            loop.shared.withLock { shared in
                for address in refusals {
                    if let index = shared.schedule.addresses.index(of: address) { shared.schedule.refused(index) }
                }
            }
        }
        return hasReceived
    }

    private mutating func take(_ reaction: ProbeReaction, socket: Int) {
        waiting += reaction.replies.map { .init(socket: socket, datagram: $0.datagram, peer: $0.peer) }
        var isNew = true
        if let address = reaction.answered {
            isNew = loop.shared.withLock { shared in
                guard let index = shared.schedule.addresses.index(of: address) else {
                    shared.progress.answered += reaction.news.isEmpty ? 0 : 1
                    return true
                }
                let isNew = shared.schedule.answered(index, pass: reaction.pass ?? 0)
                if isNew { shared.progress.answered += 1 }
                // Whose datagrams don't tell which question they answer, asks by one way only.
                if isNew, reaction.pass == nil { shared.schedule.isCard(by: 0, foundIn: max(0, shared.schedule.pass)) }
                return isNew
            }
        }
        for news in reaction.news {
            // An agent that answers twice is one agent.
            if case .agent = news, !isNew { continue }
            loop.tell(news)
        }
    }

    private func report() {
        loop.shared.withLock { shared in
            let (asked, total) = shared.schedule.progress
            shared.progress.sent = accepted
            shared.progress.probed = shared.schedule.pass == 0 ? asked : shared.schedule.pass < 0 ? 0 : shared.progress.total
            if shared.schedule.pass == 0 { shared.progress.total = max(total, shared.progress.total) }
        }
    }

    /// Interfaces that nobody has named may be such that nothing can be sent by.
    func check() throws(SearchError) {
        guard accepted == 0, refused > 0, loop.mustSend, let errno = loop.shared.withLock({ $0.lastErrno }) else { return }
        throw SearchError.nothingSent(method: loop.method, errno: errno)
    }
}
