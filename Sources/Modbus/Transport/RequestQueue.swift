import Synchronization

/// Lets one task at a time use a link, in the order they came.
final class RequestQueue: Sendable {
    private struct Waiter {
        let id: UInt64
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var isTaken = false
        var waiters: [Waiter] = []
        var nextID: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Waits for the link. False when the task was cancelled; then there is nothing to give back.
    func take() async -> Bool {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                self.enqueue(Waiter(id: id, continuation: continuation))
            }
        } onCancel: {
            self.cancel(id)
        }
    }

    /// Passes the link on to the next task.
    func giveBack() {
        let next = state.withLock { state -> Waiter? in
            guard !state.waiters.isEmpty else {
                state.isTaken = false
                return nil
            }
            return state.waiters.removeFirst()
        }
        next?.continuation.resume(returning: true)
    }

    /// A cancellation comes either before the check (seen by it) or after it (then `cancel` finds the waiter).
    private func enqueue(_ waiter: Waiter) {
        let outcome = state.withLock { state -> Bool? in
            if Task.isCancelled { return false }
            if state.isTaken {
                state.waiters.append(waiter)
                return nil
            }
            state.isTaken = true
            return true
        }
        if let outcome { waiter.continuation.resume(returning: outcome) }
    }

    private func cancel(_ id: UInt64) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiters.firstIndex(where: { $0.id == id }) else { return nil }
            return state.waiters.remove(at: index)
        }
        waiter?.continuation.resume(returning: false)
    }
}
