import AsyncAlgorithms
import FoundationEssentials
import HTTPTypes
import Logging
import NetVision
import ServiceLifecycle
import Synchronization

/// Runs the searches, one after the other: those that are asked for, and the standing ones of the configuration.
final class DiscoveryRunner: Service {
    /// Searches that may wait; more are refused.
    static let maximumWaiting = 16

    private let search: DiscoverySearch
    private let discoveries: DiscoveryStore
    /// Searched at the start and at every `interval` after it; nil when nothing is configured.
    private let standing: DiscoveryOrder?
    private let interval: Duration
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let waiting = AsyncStream.makeStream(of: Job.self, bufferingPolicy: .bufferingOldest(maximumWaiting))
    private let shared = Mutex(Shared())

    private struct Job: Sendable {
        let discovery: Discovery
        let order: DiscoveryOrder
    }

    private struct Shared: Sendable {
        /// The search under way, and what ends it.
        var running: (id: Int64, cancellation: AsyncStream<Never>.Continuation)?
        /// Searches that wait, and shall not begin.
        var cancelled: Set<Int64> = []
    }

    /// Somebody has cancelled the search.
    private struct Cancelled: Error {}

    init(
        search: DiscoverySearch, discoveries: DiscoveryStore, standing: DiscoveryOrder?, interval: Duration,
        now: @Sendable @escaping () -> Date, logger: Logger
    ) {
        self.search = search
        self.discoveries = discoveries
        self.standing = standing
        self.interval = interval
        self.now = now
        self.logger = logger
    }

    func progress(of discovery: Int64) -> DiscoveryProgress { search.progress.value(discovery) }

    /// Queues a search; it runs after those before it.
    func start(_ order: DiscoveryOrder) async throws -> Discovery {
        let discovery = try await discoveries.start(
            methods: order.methods, ranges: order.ranges.map(\.text), accept: order.accept, now: now())
        if case .dropped = waiting.continuation.yield(Job(discovery: discovery, order: order)) {
            try await discoveries.finish(discovery.id, state: .failed, error: "Too many searches were waiting.", now: now())
            throw Problem(.tooManyRequests, "\(Self.maximumWaiting) searches are waiting already. Try again when they are done.")
        }
        return discovery
    }

    /// Ends a search that runs or waits; what it has found stays. One that is over stays as it is.
    func cancel(_ discovery: Int64) async throws {
        guard try await discoveries.discovery(discovery)?.state == .running else { return }
        let running = shared.withLock { shared in
            if let running = shared.running, running.id == discovery { return running.cancellation as AsyncStream<Never>.Continuation? }
            shared.cancelled.insert(discovery)
            return nil
        }
        if let running { return running.finish() }
        try await discoveries.finish(discovery, state: .cancelled, error: nil, now: now())
        await search.publish(discovery)
    }

    func run() async throws {
        await withDiscardingTaskGroup { group in
            if let standing {
                group.addTask { await self.keepLooking(standing) }
            }
            for await job in waiting.stream.cancelOnGracefulShutdown() {
                await run(job)
            }
            group.cancelAll()
        }
    }

    private func keepLooking(_ order: DiscoveryOrder) async {
        do {
            _ = try await start(order)
            for await _ in AsyncTimerSequence(interval: interval, clock: .continuous).cancelOnGracefulShutdown() {
                _ = try await start(order)
            }
        } catch {
            logger.error("standing search failed", metadata: ["error": "\(error)"])
        }
    }

    private func run(_ job: Job) async {
        let id = job.discovery.id
        do {
            do {
                guard let found = try await searchUnlessCancelled(job) else { return }
                try await discoveries.finish(id, state: .done, error: nil, now: now())
                logger.info("search done", metadata: ["discovery": "\(id)", "found": "\(found)"])
            } catch is Cancelled {
                try await discoveries.finish(id, state: .cancelled, error: nil, now: now())
            } catch is CancellationError {
                try await discoveries.finish(id, state: .cancelled, error: "The server was stopped.", now: now())
            } catch {
                logger.error("search failed", metadata: ["discovery": "\(id)", "error": "\(error)"])
                try await discoveries.finish(id, state: .failed, error: "\(error)", now: now())
            }
            await search.publish(id)
        } catch {
            logger.error("a search's end can't be stored", metadata: ["discovery": "\(id)", "error": "\(error)"])
        }
    }

    /// Nil if it was cancelled before it began.
    private func searchUnlessCancelled(_ job: Job) async throws -> Int? {
        let id = job.discovery.id
        let (signal, cancellation) = AsyncStream.makeStream(of: Never.self)
        let isCancelled = shared.withLock { shared in
            shared.running = (id, cancellation)
            return shared.cancelled.remove(id) != nil
        }
        defer { shared.withLock { $0.running = nil } }
        guard !isCancelled else { return nil }
        return try await withThrowingTaskGroup(of: Int.self) { tasks in
            tasks.addTask {
                try await cancelWhenGracefulShutdown { try await self.search.run(job.discovery, job.order) }
            }
            tasks.addTask {
                for await _ in signal {}
                try Task.checkCancellation()
                throw Cancelled()
            }
            defer { tasks.cancelAll() }
            return try await tasks.next() ?? 0
        }
    }
}
