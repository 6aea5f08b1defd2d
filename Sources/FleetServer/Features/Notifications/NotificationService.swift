import AsyncAlgorithms
import FoundationEssentials
import Logging
import ServiceLifecycle
import Synchronization

/// Tells people what is worth telling, by the channels that routes name.
///
/// One server on a database does it at a time. Each channel has lanes of its own: one whose far end is silent delays no other.
final class NotificationService: Service {
    static let lease = "notifications"
    private static let leaseSeconds: TimeInterval = 15
    /// A channel that has failed rests for so many seconds before anything else is tried on it; the last goes on.
    private static let rests: [Double] = [5, 15, 60]
    /// Between two looks for what is to be forgotten.
    private static let pruneInterval: TimeInterval = 3600

    private struct Lanes: Sendable {
        var running = 0
        var failures = 0
        /// Nothing is tried before, by the steady clock.
        var restUntil = Date.distantPast
    }

    private let intake: DeliveryIntake
    private let queue: DeliveryQueue
    private let archive: DeliveryArchive
    private let pool: ChannelPool
    private let leases: LeaseStore
    private let hub: EventHub
    private let time: @Sendable () -> NotificationTime
    private let logger: Logger
    private let wakes = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    private let lanes = Mutex<[Int64: Lanes]>([:])
    /// Until when the lease is this server's, by the steady clock; nil: it is not.
    private let heldUntil = Mutex<Date?>(nil)
    private let tally = Mutex(NotificationTally())
    private let lastPrune = Mutex(Date.distantPast)

    init(
        intake: DeliveryIntake, queue: DeliveryQueue, archive: DeliveryArchive, pool: ChannelPool, leases: LeaseStore, hub: EventHub,
        time: @escaping @Sendable () -> NotificationTime = { .now }, logger: Logger
    ) {
        self.intake = intake
        self.queue = queue
        self.archive = archive
        self.pool = pool
        self.leases = leases
        self.hub = hub
        self.time = time
        self.logger = logger
    }

    var figures: NotificationTally { tally.withLock { $0 } }

    /// There is something new to tell, or something changed that decides whom.
    func wake() { wakes.continuation.yield() }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { tasks in
                tasks.addTask { await self.keepLease() }
                let ticks = AsyncTimerSequence(interval: .seconds(1), clock: .continuous).map { _ in }
                for await _ in merge(ticks, self.wakes.stream) {
                    guard !Task.isCancelled else { return }
                    if self.isOurs { await self.round(&tasks) }
                }
            }
        }
        await pool.closeAll()
        try? await leases.release(Self.lease)
    }

    // MARK: - The lease

    private var isOurs: Bool {
        let now = time().steady
        return heldUntil.withLock { $0.map { $0 > now } ?? false }
    }

    private func keepLease() async {
        while !Task.isCancelled {
            do {
                let now = time()
                let isClaimed = try await leases.claim(Self.lease, for: Self.leaseSeconds, now: now.steady)
                if isClaimed, !isOurs {
                    try await queue.takeOver(now)
                    logger.info("notifications are sent by this server")
                }
                heldUntil.withLock { $0 = isClaimed ? now.steady.addingTimeInterval(Self.leaseSeconds - 1) : nil }
                if isClaimed { wake() }
            } catch is CancellationError {
                return
            } catch {
                logger.error("notifications: the database does not answer", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(5))
        }
    }

    // MARK: - Rounds

    /// Makes deliveries of what is new, and starts to send what is due.
    private func round(_ tasks: inout DiscardingTaskGroup) async {
        do {
            try await takeIn()
            for channel in try await queue.dueChannels(time()) { start(channel, &tasks) }
            try await lookAfter()
        } catch is CancellationError {
            return
        } catch {
            logger.error("notifications can't be worked on", metadata: ["error": "\(error)"])
        }
    }

    /// The part of a round that sends nothing.
    func takeIn() async throws {
        while try await intake.takeTells(time()) == DeliveryIntake.batch {}
        while try await intake.reviewMaintenance(time()) == DeliveryIntake.batch {}
        try await queue.gatherDigests(time())
    }

    private func lookAfter() async throws {
        let waiting = try await archive.waiting()
        tally.withLock { $0.waiting = waiting }
        let now = time().steady
        let isDue = lastPrune.withLock { last in
            guard now.timeIntervalSince(last) >= Self.pruneInterval else { return false }
            last = now
            return true
        }
        if isDue { try await archive.prune(time()) }
    }

    private func start(_ channel: Int64, _ tasks: inout DiscardingTaskGroup) {
        let now = time().steady
        let isFree = lanes.withLock { lanes in
            guard lanes[channel, default: Lanes()].running == 0, lanes[channel, default: Lanes()].restUntil <= now else { return false }
            lanes[channel, default: Lanes()].running = 1
            return true
        }
        guard isFree else { return }
        tasks.addTask {
            await self.drain(channel)
            self.lanes.withLock { $0[channel, default: Lanes()].running = 0 }
        }
    }

    /// Sends what is due on a channel until nothing is, or it fails.
    func drain(_ id: Int64) async {
        do {
            guard let (kind, channel) = try await pool.channel(id) else { return }
            await withTaskGroup { group in
                for _ in 0..<kind.lanes { group.addTask { await self.drain(id, kind, channel) } }
            }
        } catch {
            rest(id)
            logger.error("a channel can't be used", metadata: ["channel": "\(id)", "error": "\(error)"])
        }
    }

    private func drain(_ id: Int64, _ kind: ChannelKind, _ channel: any NotificationChannel) async {
        do {
            while !Task.isCancelled, isOurs, !isResting(id), let claim = try await queue.claim(id, time()) {
                let outcome = await channel.send(claim.message)
                note(id, kind, outcome)
                let state = try await queue.finish(claim, outcome, time())
                publish(claim, state, outcome)
            }
        } catch is CancellationError {
            return
        } catch {
            rest(id)
            logger.error("a delivery can't be written down", metadata: ["channel": "\(id)", "error": "\(error)"])
        }
    }

    // MARK: - What became of it

    private func isResting(_ channel: Int64) -> Bool {
        let now = time().steady
        return lanes.withLock { ($0[channel]?.restUntil ?? .distantPast) > now }
    }

    private func rest(_ channel: Int64) {
        let now = time().steady
        lanes.withLock { lanes in
            let failures = lanes[channel, default: Lanes()].failures
            lanes[channel, default: Lanes()].failures = failures + 1
            let seconds = Self.rests[min(failures, Self.rests.count - 1)]
            lanes[channel, default: Lanes()].restUntil = now.addingTimeInterval(seconds)
        }
    }

    private func note(_ channel: Int64, _ kind: ChannelKind, _ outcome: DeliveryOutcome) {
        tally.withLock { $0.count(kind, outcome) }
        switch outcome {
        case .delivered: lanes.withLock { $0[channel]?.failures = 0 }
        case .refused: break
        case .failed: rest(channel)
        }
    }

    private func publish(_ claim: DeliveryQueue.Claim, _ state: DeliveryState, _ outcome: DeliveryOutcome) {
        if state == .failed {
            logger.error("a notification is given up", metadata: ["message": "\(claim.message.messageId)", "answer": "\(outcome.answer)"])
        }
        guard hub.isWatched else { return }
        hub.publish(
            FleetEvent(
                kind: .notification,
                encoding: NotificationStep(
                    card: claim.message.card, at: time().wall, notification: claim.id, messageId: claim.message.messageId,
                    channel: claim.channel, incident: claim.message.incident, alarm: claim.message.alarm, state: state,
                    attempts: claim.attempts)))
    }

    private struct NotificationStep: Encodable {
        @Nullable var card: Int64?
        let at: Date
        let notification: Int64
        let messageId: String
        let channel: Int64
        @Nullable var incident: Int64?
        @Nullable var alarm: Int64?
        let state: DeliveryState
        let attempts: Int
    }
}
