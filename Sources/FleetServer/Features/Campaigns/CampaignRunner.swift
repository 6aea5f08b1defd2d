import AsyncAlgorithms
import FoundationEssentials
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// Runs the campaigns that have work to do; after a restart of the server it goes on with them where they were.
final class CampaignRunner: Service {
    /// A campaign belongs to a server for so long after its last sign of life.
    static let lease: TimeInterval = 30

    private let execution: CampaignExecution
    private let campaigns: CampaignStore
    private let leases: LeaseStore
    private let clock: SteadyClock
    private let logger: Logger
    private let active = Mutex<Set<Int64>>([])
    private let wake = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    init(
        execution: CampaignExecution, campaigns: CampaignStore, leases: LeaseStore, clock: SteadyClock = .process, logger: Logger
    ) {
        self.execution = execution
        self.campaigns = campaigns
        self.leases = leases
        self.clock = clock
        self.logger = logger
    }

    /// A campaign was started, stopped or changed: look at once.
    func campaignsChanged() { wake.continuation.yield() }

    /// The part of the image that a card has received, 0 to 1; nil when it is not being transferred.
    func progress(campaign: Int64, card: Int64) -> Double? { execution.progress.value(campaign: campaign, card: card) }

    func run() async throws {
        let ticks = AsyncTimerSequence(interval: .seconds(2), clock: .continuous).map { _ in () }
        let looks = merge(wake.stream, ticks).cancelOnGracefulShutdown()
        await withDiscardingTaskGroup { group in
            await startCampaigns(&group)
            for await _ in looks { await startCampaigns(&group) }
            group.cancelAll()
        }
    }

    private func startCampaigns(_ group: inout DiscardingTaskGroup) async {
        do {
            for campaign in try await campaigns.campaignsWithWork() where !active.withLock({ $0.contains(campaign.id) }) {
                guard try await leases.claim("campaign/\(campaign.id)", for: Self.lease, now: clock.now) else { continue }
                active.withLock { _ = $0.insert(campaign.id) }
                group.addTask { await self.work(on: campaign) }
            }
        } catch is CancellationError {
            return
        } catch {
            logger.error("campaigns can't be read", metadata: ["error": "\(error)"])
        }
    }

    private func work(on campaign: Campaign) async {
        defer { active.withLock { _ = $0.remove(campaign.id) } }
        do {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    try await self.execution.run(campaign)
                    return true
                }
                group.addTask {
                    try await self.keepLease(of: campaign.id)
                    return false
                }
                _ = try await group.next()
                group.cancelAll()
            }
            try await leases.release("campaign/\(campaign.id)")
        } catch is CancellationError {
            logger.info("campaign interrupted by shutdown", metadata: ["campaign": "\(campaign.id)"])
        } catch {
            logger.error("campaign interrupted", metadata: ["campaign": "\(campaign.id)", "error": "\(error)"])
        }
    }

    private func keepLease(of campaign: Int64) async throws {
        while true {
            try await Task.sleep(for: .seconds(Self.lease / 3))
            guard try await leases.claim("campaign/\(campaign)", for: Self.lease, now: clock.now) else { throw LeaseLost() }
        }
    }

    private struct LeaseLost: Error {}
}
