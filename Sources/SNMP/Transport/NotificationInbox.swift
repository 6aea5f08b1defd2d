import Synchronization

/// Where other threads leave what a sender is to send, and find its counters. Bounded.
final class NotificationInbox: Sendable {
    typealias Entry = (notification: SNMPNotification, receiver: NotificationReceiver)

    private struct State: Sendable {
        var entries: [Entry] = []
        var isClosed = false
        /// Of what never came to the outbox.
        var lost = NotificationSendStatistics()
        var statistics = NotificationSendStatistics()
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) { self.capacity = capacity }

    /// Whether the event loop has to be told: it has been already if something was there before.
    func add(_ notification: SNMPNotification, _ receiver: NotificationReceiver) -> Bool {
        state.withLock { state in
            guard !state.isClosed, state.entries.count < capacity else {
                state.lost.submitted &+= 1
                state.lost.count(state.isClosed ? .closed : .queueFull)
                return false
            }
            state.entries.append((notification, receiver))
            return state.entries.count == 1
        }
    }

    var statistics: NotificationSendStatistics { state.withLock { $0.statistics + $0.lost } }

    // MARK: The event loop's side

    func take() -> [Entry] {
        state.withLock { state in
            let entries = state.entries
            state.entries.removeAll(keepingCapacity: true)
            return entries
        }
    }

    func publish(_ statistics: NotificationSendStatistics) { state.withLock { $0.statistics = statistics } }

    /// Refuses what comes from now on.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.lost.submitted &+= UInt64(state.entries.count)
            state.lost.count(.closed, state.entries.count)
            state.entries.removeAll()
        }
    }
}
