import AsyncAlgorithms
import FoundationEssentials
import Logging
import ServiceLifecycle
import Synchronization

/// Shares the cards with the other servers on the database, and tells the poller which are this server's.
final class PollLeaseService: Service {
    private static let shardPrefix = "polling/"
    private static let serverPrefix = "poller/"

    private let leases: LeaseStore
    private let clock: SteadyClock
    private let own: @Sendable (Set<Int>, Double) -> Void
    private let logger: Logger
    private let state: Mutex<PollLeases>
    /// Whether it has been said that the database does not answer.
    private let isTold = Mutex(false)

    /// - Parameter own: told the shards of this server after each round, and when others may claim them: seconds of the monotonic clock.
    init(leases: LeaseStore, clock: SteadyClock = .process, own: @Sendable @escaping (Set<Int>, Double) -> Void, logger: Logger) {
        self.leases = leases
        self.clock = clock
        self.own = own
        self.logger = logger
        state = Mutex(PollLeases(server: leases.owner))
    }

    /// The shards that no other server holds at the moment.
    static func unclaimed(_ leases: LeaseStore, now: Date) async throws -> Set<Int> {
        let holders = try await leases.holders(of: shardPrefix, now: now)
        let foreign = holders.filter { $0.value != leases.owner }.keys.compactMap { Int($0.dropFirst(shardPrefix.count)) }
        return Set(0..<PollShards.count).subtracting(foreign)
    }

    func run() async throws {
        await round()
        let rounds = AsyncTimerSequence(interval: .seconds(PollLeases.round), clock: .continuous).cancelOnGracefulShutdown()
        for await _ in rounds { await round() }
        await release()
    }

    /// Renews, gives back and claims.
    func round() async {
        let before = state.withLock { $0.held }
        let begin = clock.seconds
        do {
            _ = try await leases.claim(Self.serverPrefix + leases.owner, for: PollLeases.life, now: clock.now)
            let view = try await view()
            let step = state.withLock { $0.step(view) }
            if !step.release.isEmpty { try await leases.release(step.release.map(Self.name)) }
            let wanted = state.withLock { $0.held }.subtracting(step.release).union(step.claim)
            let got = try await leases.claim(wanted.sorted().map(Self.name), for: PollLeases.life, now: clock.now)
            let shards = Set(got.compactMap(Self.shard))
            state.withLock { $0.renewed(shards, now: begin) }
            isTold.withLock { $0 = false }
        } catch is CancellationError {
            return
        } catch {
            state.withLock { $0.failed(now: clock.seconds) }
            let isNews = isTold.withLock { isTold in
                defer { isTold = true }
                return !isTold
            }
            if isNews { logger.error("the cards can't be shared with other servers", metadata: ["error": "\(error)"]) }
        }
        let (shards, end) = state.withLock { ($0.held, $0.heldUntil) }
        if shards != before {
            logger.info("polling", metadata: ["shards": "\(shards.count) of \(PollShards.count)"])
        }
        own(shards, end)
    }

    /// The others take over at once.
    private func release() async {
        let held = state.withLock { $0.held }
        try? await leases.release(held.map(Self.name) + [Self.serverPrefix + leases.owner])
    }

    private func view() async throws -> PollLeases.View {
        let now = clock.now
        let shards = try await leases.holders(of: Self.shardPrefix, now: now)
        let servers = try await leases.holders(of: Self.serverPrefix, now: now)
        let holders = shards.compactMap { name, owner in Self.shard(name).map { ($0, owner) } }
        return PollLeases.View(servers: Set(servers.values), holders: Dictionary(holders) { first, _ in first })
    }

    private static func name(_ shard: Int) -> String { "\(shardPrefix)\(shard)" }
    private static func shard(_ name: String) -> Int? { Int(name.dropFirst(shardPrefix.count)) }
}
