import Synchronization

/// What a listener has received and nobody has fetched yet: filled by the listener's thread, emptied by one consumer, bounded.
final class NotificationMailbox: Sendable {
    private struct State: Sendable {
        var waiting: [ReceivedNotification] = []
        var consumer: CheckedContinuation<[ReceivedNotification]?, Never>?
        var isFinished = false
    }

    private enum NextAction {
        case wait
        case resume([ReceivedNotification]?)
    }

    let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) { self.capacity = max(capacity, 1) }

    /// How many more it takes. Only the listener adds, so that there is at least as much room until it does.
    var room: Int { state.withLock { capacity - $0.waiting.count } }

    /// Adds what was received, in order; there has to be room.
    func add(_ notifications: [ReceivedNotification]) {
        guard !notifications.isEmpty else { return }
        let consumer = state.withLock { state in
            guard let consumer = state.consumer.take() else {
                state.waiting.append(contentsOf: notifications)
                return Optional<CheckedContinuation<[ReceivedNotification]?, Never>>.none
            }
            return consumer
        }
        consumer?.resume(returning: notifications)
    }

    /// The consumer gets what is left, and then the end.
    func finish() {
        let consumer = state.withLock { state in
            state.isFinished = true
            return state.consumer.take()
        }
        consumer?.resume(returning: nil)
    }

    /// All that is there, at least one; nil at the end, or when the task is cancelled. For one consumer at a time.
    func next() async -> [ReceivedNotification]? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let action: NextAction = state.withLock { state in
                    if !state.waiting.isEmpty { return .resume(exchange(&state.waiting, with: [])) }
                    if state.isFinished || Task.isCancelled { return .resume(nil) }
                    precondition(state.consumer == nil, "notifications have one consumer")
                    state.consumer = continuation
                    return .wait
                }
                if case .resume(let batch) = action { continuation.resume(returning: batch) }
            }
        } onCancel: {
            state.withLock { $0.consumer.take() }?.resume(returning: nil)
        }
    }
}

private func exchange<Value>(_ place: inout Value, with value: Value) -> Value {
    let old = place
    place = value
    return old
}

/// The notifications of a listener, in batches: all that came in since the last one was fetched, in order. It has one consumer.
///
/// It ends when the listener's `run()` does.
package struct NotificationBatches: AsyncSequence, Sendable {
    package typealias Element = [ReceivedNotification]

    let mailbox: NotificationMailbox

    package struct Iterator: AsyncIteratorProtocol {
        let mailbox: NotificationMailbox

        package mutating func next() async -> [ReceivedNotification]? { await mailbox.next() }

        package mutating func next(isolation actor: isolated (any Actor)?) async -> [ReceivedNotification]? { await mailbox.next() }
    }

    package func makeAsyncIterator() -> Iterator { Iterator(mailbox: mailbox) }
}
