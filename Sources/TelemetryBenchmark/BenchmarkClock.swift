import Synchronization

/// A steady clock that goes as fast as the benchmark.
final class BenchmarkClock: Sendable {
    private let seconds = Mutex(0.0)

    var now: Double { seconds.withLock { $0 } }

    func set(_ seconds: Double) { self.seconds.withLock { $0 = seconds } }
}
