import AsyncAlgorithms
import FoundationEssentials
import Logging
import ServiceLifecycle
import SwiftProtobuf
import Synchronization

/// Sends what the polls bring to a store that takes Prometheus remote-write 1.0 (https://prometheus.io/docs/specs/prw/remote_write_spec/).
///
/// One request at a time, so that the samples of a series come in the order of time. Nobody waits for the far end: what it does not take is
/// kept up to a bound, and then lost, the oldest first.
final class RemoteWriteService: Service {
    typealias Transport = @Sendable ([UInt8]) async -> RemoteWriteOutcome

    /// Series in a request.
    static let batchSize = 2000
    /// How long the last samples may take when the server stops.
    static let farewell = Duration.seconds(3)

    private struct Sending: Sendable {
        var queue: RemoteWriteQueue
        var statistics = RemoteWriteStatistics()
        /// What was complained about last, and when.
        var complaint: (words: String, at: Date)?
    }

    private let intake: RemoteWriteIntake
    private let interval: Duration
    private let transport: Transport
    private let figures: @Sendable () -> [CardFigures]
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let series = Mutex(RemoteWriteSeries())
    private let sending: Mutex<Sending>
    /// Something waits to be sent.
    private let filled = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// - Parameters:
    ///   - transport: sends a body, and tells what became of it. - figures: the cards that this server polls, as they are now.
    init(
        intake: RemoteWriteIntake, settings: RemoteWriteSettings, transport: @escaping Transport,
        figures: @escaping @Sendable () -> [CardFigures],
        now: @escaping @Sendable () -> Date, logger: Logger
    ) {
        self.intake = intake
        interval = settings.interval
        self.transport = transport
        self.figures = figures
        self.now = now
        self.logger = logger
        sending = Mutex(Sending(queue: RemoteWriteQueue(capacity: settings.queueBytes)))
    }

    var statistics: RemoteWriteStatistics {
        let now = now()
        return sending.withLock { sending in
            var statistics = sending.statistics
            statistics.waitingSamples = sending.queue.samples
            statistics.waitingBytes = sending.queue.bytes
            statistics.lag = sending.queue.oldest.map { max(0, now.timeIntervalSince($0)) } ?? 0
            return statistics
        }
    }

    func run() async {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { tasks in
                tasks.addTask { await self.collectRounds() }
                tasks.addTask { await self.sendAll() }
            }
        }
        collect()
        await sendLast()
    }

    // MARK: - Rounds

    private func collectRounds() async {
        let ticks = AsyncTimerSequence(interval: interval, clock: .continuous).map { _ in }
        for await _ in merge(ticks, intake.isFull) { collect() }
    }

    /// Makes batches of what has come in since the last round.
    func collect() {
        let input = intake.empty()
        let now = now()
        let round = series.withLock { $0.round(samples: input.samples, cards: input.cards, figures: figures(), at: now) }
        for start in stride(from: 0, to: round.count, by: Self.batchSize) {
            guard let batch = Self.batch(round[start..<min(start + Self.batchSize, round.count)]) else { continue }
            let dropped = sending.withLock { sending in
                let dropped = sending.queue.add(batch)
                sending.statistics.dropped += UInt64(dropped)
                return dropped
            }
            if dropped > 0 { complain("samples lost: the far end has taken nothing for too long") }
        }
        if !round.isEmpty { filled.continuation.yield() }
    }

    static func batch(_ series: ArraySlice<Prometheus_TimeSeries>) -> RemoteWriteBatch? {
        var request = Prometheus_WriteRequest()
        request.timeseries = Array(series)
        guard let oldest = series.compactMap(\.samples.first?.timestamp).min(), let bytes: [UInt8] = try? request.serializedBytes(),
            let body = Snappy.compressed(bytes)
        else { return nil }
        return RemoteWriteBatch(
            body: body, samples: series.reduce(0) { $0 + $1.samples.count }, oldest: Date(timeIntervalSince1970: Double(oldest) / 1000))
    }

    // MARK: - Sending

    private func sendAll() async {
        var backOff = RemoteWriteBackOff()
        for await _ in filled.stream {
            while !Task.isCancelled, let outcome = await sendNext() {
                if case .later(_, let asked) = outcome {
                    try? await Task.sleep(for: .seconds(backOff.failed(asked: asked)))
                } else {
                    backOff.succeeded()
                }
            }
        }
    }

    /// Sends the oldest batch. Nil when there is none.
    private func sendNext() async -> RemoteWriteOutcome? {
        guard let batch = sending.withLock({ $0.queue.take() }) else { return nil }
        let outcome = await transport(batch.body)
        sending.withLock { sending in
            sending.statistics.requests += 1
            switch outcome {
            case .accepted:
                sending.statistics.sent += UInt64(batch.samples)
                sending.queue.finish()
            case .refused:
                sending.statistics.failed += UInt64(batch.samples)
                sending.queue.finish()
            case .later:
                sending.statistics.retries += 1
                sending.queue.putBack()
            }
        }
        switch outcome {
        case .accepted: break
        case .refused(let words): complain("samples refused, they are lost: \(words)")
        case .later(let words, _): complain("samples not taken, trying again: \(words)")
        }
        return outcome
    }

    /// When the server stops: once more what there is, and not for long.
    private func sendLast() async {
        // A task group, so that the time limit ends with it.
        await withTaskGroup { tasks in
            tasks.addTask {
                while !Task.isCancelled, await self.sendNext() == .accepted {}
            }
            tasks.addTask { try? await Task.sleep(for: Self.farewell) }
            await tasks.next()
            tasks.cancelAll()
        }
    }

    /// The same complaint once a minute.
    private func complain(_ words: String) {
        let now = now()
        let isNew = sending.withLock { sending in
            if let last = sending.complaint, last.words == words, now.timeIntervalSince(last.at) < 60 { return false }
            sending.complaint = (words, now)
            return true
        }
        if isNew { logger.warning("remote-write: \(words)") }
    }
}
