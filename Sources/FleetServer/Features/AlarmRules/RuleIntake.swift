import PowerDevice
import Synchronization

/// What polls have brought since the rules looked last.
final class RuleIntake: SampleSink {
    /// Polls that are kept at most, the newest; more come only if nobody looks.
    static let capacity = 100_000

    struct Poll: Sendable {
        let card: Int64
        /// Seconds of the monotonic clock: whatever the wall clock says.
        let at: Double
        let readings: [Variable: Double]
    }

    private struct Contents: Sendable {
        var polls: [Poll] = []
        var dropped: UInt64 = 0
    }

    private let clock: SteadyClock
    private let contents = Mutex(Contents())
    private let filled = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    init(clock: SteadyClock = .process) { self.clock = clock }

    /// Polls that no rule has seen.
    var dropped: UInt64 { contents.withLock { $0.dropped } }

    /// Yields when something has come in. For one watcher.
    var wakes: AsyncStream<Void> { filled.stream }

    func take(_ samples: [TelemetryStore.Sample], cards: [Int64: Card]) {
        let now = clock.seconds
        contents.withLock { contents in
            contents.polls += samples.map { Poll(card: $0.card, at: now, readings: $0.readings) }
            let excess = contents.polls.count - Self.capacity
            guard excess > 0 else { return }
            contents.polls.removeFirst(excess)
            contents.dropped += UInt64(excess)
        }
        filled.continuation.yield()
    }

    /// Hands out what has come in, and begins anew.
    func empty() -> [Poll] {
        contents.withLock { contents in
            defer { contents.polls = [] }
            return contents.polls
        }
    }
}
