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
    /// Between two looks at the books.
    static let round = Duration.seconds(5)

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
        /// The searches that run or wait here.
        var underWay: Set<Int64> = []
        /// Searches that are over, and whose ends are still to be stored.
        var ends: [Int64: End] = [:]
    }

    private struct End: Sendable {
        let state: Discovery.State
        var error: String?
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
        shared.withLock { _ = $0.underWay.insert(discovery.id) }
        if case .dropped = waiting.continuation.yield(Job(discovery: discovery, order: order)) {
            await end(discovery.id, End(state: .failed, error: "Too many searches were waiting."))
            throw Problem(.tooManyRequests, "\(Self.maximumWaiting) searches are waiting already. Try again when they are done.")
        }
        return discovery
    }

    /// Ends a search that runs or waits, here or on another server; what it has found stays. One that is over stays as it is.
    func cancel(_ discovery: Int64) async throws {
        guard try await discoveries.discovery(discovery)?.state == .running else { return }
        // What waits here or runs elsewhere is ended by who finds it ended.
        defer { shared.withLock { $0.running.flatMap { $0.id == discovery ? $0.cancellation : nil } }?.finish() }
        try await discoveries.finish(discovery, state: .cancelled, error: nil, now: now())
        await search.publish(discovery)
    }

    /// Whether a search runs or waits: of this server's what is stored may be late.
    func isUnderWay(_ discovery: Int64) async throws -> Bool {
        guard let stored = try await discoveries.discovery(discovery), stored.state == .running else { return false }
        return stored.owner != discoveries.leases.owner || shared.withLock { $0.underWay.contains(discovery) }
    }

    func run() async throws {
        await withDiscardingTaskGroup { group in
            if let standing {
                group.addTask { await self.keepLooking(standing) }
            }
            group.addTask {
                let rounds = AsyncTimerSequence(interval: Self.round, clock: .continuous).cancelOnGracefulShutdown()
                for await _ in rounds { await self.keepBooks() }
            }
            for await job in waiting.stream.cancelOnGracefulShutdown() {
                await run(job)
            }
            group.cancelAll()
        }
        try? await discoveries.leave()
    }

    private func keepLooking(_ order: DiscoveryOrder) async {
        await look(order)
        let times = AsyncTimerSequence(interval: interval, clock: .continuous).cancelOnGracefulShutdown()
        for await _ in times { await look(order) }
    }

    private func look(_ order: DiscoveryOrder) async {
        do {
            _ = try await start(order)
        } catch {
            logger.error("standing search can't start", metadata: ["error": "\(error)"])
        }
    }

    /// Stores the ends that could not be stored before, tells the other servers that this one is there, and ends what was ended on another.
    func keepBooks() async {
        do {
            try await storeEnds()
            try await discoveries.giveSignOfLife(now: now())
            guard let running = shared.withLock({ $0.running }) else { return }
            if try await discoveries.discovery(running.id)?.state != .running { running.cancellation.finish() }
        } catch {
            logger.error("searches can't be looked after", metadata: ["error": "\(error)"])
        }
    }

    private func run(_ job: Job) async {
        let id = job.discovery.id
        do {
            let found = try await searchUnlessCancelled(job)
            logger.info("search done", metadata: ["discovery": "\(id)", "found": "\(found)"])
            await end(id, End(state: .done))
        } catch is Cancelled {
            await end(id, End(state: .cancelled))
        } catch is CancellationError {
            await end(id, End(state: .cancelled, error: "The server was stopped."))
        } catch {
            logger.error("search failed", metadata: ["discovery": "\(id)", "error": "\(error)"])
            await end(id, End(state: .failed, error: "\(error)"))
        }
        await search.publish(id)
    }

    private func end(_ discovery: Int64, _ end: End) async {
        shared.withLock { shared in
            shared.underWay.remove(discovery)
            shared.ends[discovery] = end
        }
        do {
            try await storeEnds()
        } catch {
            logger.error("a search's end can't be stored yet", metadata: ["discovery": "\(discovery)", "error": "\(error)"])
        }
    }

    private func storeEnds() async throws {
        for (discovery, end) in shared.withLock({ $0.ends }) {
            try await discoveries.finish(discovery, state: end.state, error: end.error, now: now())
            shared.withLock { $0.ends[discovery] = nil }
        }
    }

    /// Returns how many cards were found.
    private func searchUnlessCancelled(_ job: Job) async throws -> Int {
        let id = job.discovery.id
        let (signal, cancellation) = AsyncStream.makeStream(of: Never.self)
        shared.withLock { $0.running = (id, cancellation) }
        defer { shared.withLock { $0.running = nil } }
        guard try await discoveries.discovery(id)?.state == .running else { throw Cancelled() }
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
