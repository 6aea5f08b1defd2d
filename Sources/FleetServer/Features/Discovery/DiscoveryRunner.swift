import AsyncAlgorithms
import FoundationEssentials
import HTTPTypes
import Logging
import NetVision
import ServiceLifecycle
import Synchronization

/// How far a search is, in requests that were sent and will be.
struct DiscoveryProgress: Sendable, Equatable {
    /// By each method.
    var lan = 0
    var snmp = 0
    var total = 0

    var probed: Int { lan + snmp }
}

/// Runs the searches: those that are asked for, and the standing ones of the configuration.
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

    private struct Job: Sendable {
        let discovery: Discovery
        let order: DiscoveryOrder
    }

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
                let found = try await search.run(job.discovery, job.order)
                try await discoveries.finish(id, state: .done, error: nil, now: now())
                logger.info("search done", metadata: ["discovery": "\(id)", "found": "\(found)"])
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
}

/// The progress of the searches under way and of the last ones.
final class DiscoveryProgressBoard: Sendable {
    static let capacity = 64
    private let values = Mutex<[Int64: DiscoveryProgress]>([:])

    func value(_ discovery: Int64) -> DiscoveryProgress { values.withLock { $0[discovery] } ?? DiscoveryProgress() }

    func update(_ discovery: Int64, _ change: (inout DiscoveryProgress) -> Void) {
        values.withLock { values in
            change(&values[discovery, default: DiscoveryProgress()])
            if values.count > Self.capacity, let oldest = values.keys.min() { values[oldest] = nil }
        }
    }
}
