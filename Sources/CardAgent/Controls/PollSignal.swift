import Synchronization

/// Tells whoever waits for it that the device has been polled once more.
final class PollSignal: Sendable {
    private struct State {
        var waiting: [Int: AsyncStream<Void>.Continuation] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    /// The polls from now on; those that nobody has looked at are one.
    func polls() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.next += 1
            state.waiting[state.next] = continuation
            return state.next
        }
        continuation.onTermination = { [weak self] _ in self?.forget(number) }
        return stream
    }

    func polled() {
        for continuation in state.withLock({ Array($0.waiting.values) }) { continuation.yield() }
    }

    private func forget(_ number: Int) { _ = state.withLock { $0.waiting.removeValue(forKey: number) } }
}
