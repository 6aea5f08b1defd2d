import Synchronization

/// What polls have brought since the last round of remote-write.
final class RemoteWriteIntake: SampleSink {
    /// Polls after which a round is due before its time.
    static let roundSize = 20_000
    /// Polls that are kept at most; more come only if no round is made.
    static let capacity = 100_000

    struct Contents: Sendable {
        fileprivate(set) var samples: [TelemetryStore.Sample] = []
        /// Those of the samples, by number.
        fileprivate(set) var cards: [Int64: Card] = [:]
    }

    private let contents = Mutex(Contents())
    private let full = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    func take(_ samples: [TelemetryStore.Sample], cards: [Int64: Card]) {
        let count = contents.withLock { contents in
            contents.samples += samples.prefix(max(0, Self.capacity - contents.samples.count))
            for sample in samples { contents.cards[sample.card] = cards[sample.card] }
            return contents.samples.count
        }
        if count >= Self.roundSize { full.continuation.yield() }
    }

    /// Yields when a round is due before its time.
    var isFull: AsyncStream<Void> { full.stream }

    /// Hands out what has come in, and begins anew.
    func empty() -> Contents {
        contents.withLock { contents in
            defer { contents = Contents() }
            return contents
        }
    }
}
