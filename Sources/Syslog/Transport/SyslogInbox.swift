import Synchronization

/// What listeners have received and nobody has fetched yet: filled by any number of them, emptied by one consumer; bounded in messages and in
/// octets.
package final class SyslogInbox: Sendable {
    fileprivate struct State: Sendable {
        var waiting: [SyslogArrival] = []
        var cost = 0
        var consumer: CheckedContinuation<[SyslogArrival]?, Never>?
        var isFinished = false
    }

    private struct Taken {
        var count: Int
        var isOver = false
        var consumer: CheckedContinuation<[SyslogArrival]?, Never>?
        var batch: [SyslogArrival] = []
    }

    private enum NextAction {
        case wait
        case resume([SyslogArrival]?)
    }

    private let capacity: Int
    private let maximumCost: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - capacity: the most messages that wait.
    ///   - octets: the most memory that they take, roughly.
    package init(capacity: Int = 32_768, octets: Int = 64 << 20) {
        self.capacity = max(capacity, 1)
        maximumCost = max(octets, 1)
    }

    var hasRoom: Bool { state.withLock { $0.isFinished || $0.waiting.count < capacity && $0.cost < maximumCost } }

    /// Takes as many as there is room for, in order; the others stay. False if nothing is taken any more.
    @discardableResult
    func offer(_ arrivals: inout [SyslogArrival]) -> Bool {
        guard !arrivals.isEmpty else { return true }
        let taken: Taken = state.withLock { state in
            var count = 0
            guard !state.isFinished else { return Taken(count: 0, isOver: true) }
            while count < arrivals.count, state.waiting.count < capacity, state.cost < maximumCost {
                state.waiting.append(arrivals[count])
                state.cost += arrivals[count].cost
                count += 1
            }
            guard count > 0, let consumer = state.consumer.take() else { return Taken(count: count) }
            return Taken(count: count, consumer: consumer, batch: state.takeAll())
        }
        arrivals.removeFirst(taken.count)
        taken.consumer?.resume(returning: taken.batch)
        return !taken.isOver
    }

    /// The consumer gets what is left, and then the end.
    package func finish() {
        let consumer = state.withLock { state in
            state.isFinished = true
            return state.consumer.take()
        }
        consumer?.resume(returning: nil)
    }

    /// All that is there, at least one; nil at the end, or when the task is cancelled. For one consumer at a time.
    package func next() async -> [SyslogArrival]? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let action: NextAction = state.withLock { state in
                    if !state.waiting.isEmpty { return .resume(state.takeAll()) }
                    if state.isFinished || Task.isCancelled { return .resume(nil) }
                    precondition(state.consumer == nil, "an inbox has one consumer")
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

extension SyslogInbox.State {
    fileprivate mutating func takeAll() -> [SyslogArrival] {
        let all = waiting
        waiting = []
        cost = 0
        return all
    }
}
