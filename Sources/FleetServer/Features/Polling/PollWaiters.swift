/// Who waits for the end of a poll that began after they asked.
struct PollWaiters: Sendable {
    private struct Waiter: Sendable {
        let since: Double
        let end: AsyncStream<Void>.Continuation
    }

    private var waiters: [Int64: [Waiter]] = [:]

    /// Yields once.
    mutating func wait(for card: Int64, since: Double) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        waiters[card, default: []].append(Waiter(since: since, end: continuation))
        return stream
    }

    mutating func ended(_ card: Int64, begunAt: Double) {
        guard let waiting = waiters.removeValue(forKey: card) else { return }
        let others = waiting.filter { $0.since > begunAt }
        for waiter in waiting where waiter.since <= begunAt {
            waiter.end.yield()
            waiter.end.finish()
        }
        if !others.isEmpty { waiters[card] = others }
    }

    mutating func endAll() {
        for waiter in waiters.values.joined() { waiter.end.finish() }
        waiters = [:]
    }
}
