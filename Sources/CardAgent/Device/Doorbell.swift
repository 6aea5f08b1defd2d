import NIOCore
import Synchronization

/// Lets one task sleep until a time, or until somebody rings. A ring while nobody sleeps ends the next sleep at once.
final class Doorbell: Sendable {
    private struct State {
        var hasRung = false
        var sleeper: CheckedContinuation<Void, Never>?
        /// Counts the sleeps, so that the alarm of one does not end another.
        var sleep = 0
    }

    private let state = Mutex(State())

    func ring() { wake(nil) }

    /// Returns after `duration`, when somebody rings, or when the task is cancelled. One task at a time.
    func sleep(_ duration: TimeAmount, on loop: any EventLoop) async {
        let sleep = state.withLock { state in
            state.sleep += 1
            return state.sleep
        }
        let alarm = loop.scheduleTask(in: duration) { self.wake(sleep) }
        await withTaskCancellationHandler {
            await withCheckedContinuation { lieDown($0) }
        } onCancel: {
            ring()
        }
        alarm.cancel()
        // An alarm that is under way already comes too late.
        state.withLock { $0.sleep += 1 }
    }

    private func lieDown(_ continuation: CheckedContinuation<Void, Never>) {
        let isAwake = state.withLock { state in
            guard !state.hasRung, !Task.isCancelled else {
                state.hasRung = false
                return true
            }
            state.sleeper = continuation
            return false
        }
        if isAwake { continuation.resume() }
    }

    /// - Parameter sleep: the sleep that an alarm was set for; nil wakes whoever sleeps.
    private func wake(_ sleep: Int?) {
        let sleeper = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if let sleep, sleep != state.sleep { return nil }
            guard let sleeper = state.sleeper else {
                state.hasRung = true
                return nil
            }
            state.sleeper = nil
            return sleeper
        }
        sleeper?.resume()
    }
}
