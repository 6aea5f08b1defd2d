import CDatagram
import Glibc
import Synchronization

/// How other threads reach the client's: what they leave here is fetched at its next turn, and wakes it if it sleeps.
final class ClientMailbox: Sendable {
    enum Message: Sendable {
        case submit(OutstandingRequest)
        case cancel(PeerAddress, RequestCancellation)
        /// Note what becomes of this peer's requests; nil ends that.
        case observe(PeerAddress, RequestJournal?)
    }

    private struct State: Sendable {
        var messages: [Message] = []
        var isAsleep = false
        var isClosed = false
        var conflicts: [EngineID: [PeerAddress]] = [:]
        var statistics = ClientStatistics()
    }

    enum Acceptance: Sendable { case accepted, full, closed }

    /// An eventfd, readable while the thread is to wake up.
    let wakeup: CInt
    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        self.capacity = capacity
        wakeup = wakeup_open()
    }

    deinit { Glibc.close(wakeup) }

    func post(_ message: Message) -> Acceptance {
        let (acceptance, isAsleep) = state.withLock { state -> (Acceptance, Bool) in
            guard !state.isClosed else { return (.closed, false) }
            guard state.messages.count < capacity else { return (.full, false) }
            state.messages.append(message)
            defer { state.isAsleep = false }
            return (.accepted, state.isAsleep)
        }
        if isAsleep { wakeup_signal(wakeup) }
        return acceptance
    }

    /// Refuses further messages, and has the thread end.
    func close() {
        state.withLock { $0.isClosed = true }
        wakeup_signal(wakeup)
    }

    // MARK: The thread's side

    /// Exchanges `messages` for those that have come: two arrays take turns, and keep their memory. False when the thread is to end.
    func fetch(into messages: inout [Message]) -> Bool {
        messages.removeAll(keepingCapacity: true)
        return state.withLock { state in
            swap(&state.messages, &messages)
            return !state.isClosed
        }
    }

    /// False if something has come meanwhile. If true, the next message wakes the thread.
    func fallAsleep() -> Bool {
        state.withLock { state in
            state.isAsleep = state.messages.isEmpty && !state.isClosed
            return state.isAsleep
        }
    }

    func wakeUp() {
        let wasWoken = state.withLock { state in
            defer { state.isAsleep = false }
            return !state.isAsleep
        }
        guard wasWoken else { return }
        wakeup_clear(wakeup)
    }

    // MARK: What the thread shows

    var statistics: ClientStatistics { state.withLock { $0.statistics } }
    var conflicts: [EngineID: [PeerAddress]] { state.withLock { $0.conflicts } }

    func publish(_ statistics: ClientStatistics) { state.withLock { $0.statistics = statistics } }
    func publish(_ conflicts: [EngineID: [PeerAddress]]) { state.withLock { $0.conflicts = conflicts } }
}
