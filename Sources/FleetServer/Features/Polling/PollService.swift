import AsyncAlgorithms
import FoundationEssentials
import Logging
import NIOCore
import NetVision
import PowerDevice
import SNMP
import ServiceLifecycle
import Synchronization

/// Polls all cards, each at its time.
///
/// One task per poll under way, `maximumPolls` at most; never two of one card. What a silent card costs is its own retries.
final class PollService: Service {
    static let maximumPolls = 1024
    /// Seconds between looks at which cards share an engine id.
    static let cloneInterval = 5.0

    private let reader: CardReader
    private let cards: CardStore
    private let recorder: PollRecorder
    private let metrics: MetricsRegistry
    private let profile: PollProfile
    private let portOffset: Int
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let roster = Mutex(PollRoster())
    /// Cards whose poll is under way, and whether they are to be polled again at once after it.
    private let underWay = Mutex<[Int64: Bool]>([:])
    private let isStale = Mutex(true)
    private let hasRead = Mutex(false)
    private let wake = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    private let start = ContinuousClock.now
    private let engineConflicts: @Sendable () -> [EngineID: [SocketAddress]]
    private let userChanges = AsyncStream.makeStream(of: Set<USMUser>.self, bufferingPolicy: .bufferingNewest(1))

    init(
        reader: CardReader, cards: CardStore, recorder: PollRecorder, metrics: MetricsRegistry, profile: PollProfile, portOffset: Int,
        engineConflicts: @Sendable @escaping () -> [EngineID: [SocketAddress]], now: @Sendable @escaping () -> Date, logger: Logger
    ) {
        self.reader = reader
        self.cards = cards
        self.recorder = recorder
        self.metrics = metrics
        self.profile = profile
        self.portOffset = portOffset
        self.engineConflicts = engineConflicts
        self.now = now
        self.logger = logger
    }

    /// The inventory or credentials changed.
    func inventoryChanged() {
        isStale.withLock { $0 = true }
        wake.continuation.yield()
    }

    /// The SNMPv3 users of the inventory: when it has been read for the first time, and whenever there are others. For one watcher.
    var users: AsyncStream<Set<USMUser>> { userChanges.stream }

    /// The card of the inventory at an address.
    func card(at address: String) -> Card? { roster.withLock { $0.card(at: address) } }

    /// Looks at a card at once: something happened to it. However often this is said, a card is polled once a second at most.
    func hurry(_ card: Int64) {
        let isUnderWay = underWay.withLock { underWay in
            guard underWay[card] != nil else { return false }
            underWay[card] = true
            return true
        }
        guard !isUnderWay else { return }
        roster.withLock { $0.hurry(card, now: monotonic) }
        wake.continuation.yield()
    }

    /// How many cards are in each status.
    var statusCounts: [OperatingStatus: Int] {
        roster.withLock { roster in
            roster.members.values.reduce(into: [:]) { $0[$1.monitor.status.status, default: 0] += 1 }
        }
    }

    private var monotonic: Double { (ContinuousClock.now - start) / .seconds(1) }

    func run() async throws {
        await reloadIfStale()
        let ticks = AsyncTimerSequence(interval: .milliseconds(50), clock: .continuous).map { _ in }
        let looks = merge(wake.stream, ticks).cancelOnGracefulShutdown()
        var clonesDue = 0.0
        await withDiscardingTaskGroup { group in
            for await _ in looks {
                await reloadIfStale()
                if monotonic >= clonesDue {
                    clonesDue = monotonic + Self.cloneInterval
                    lookForClones()
                }
                startDue(&group)
            }
            group.cancelAll()
        }
    }

    private func reloadIfStale() async {
        let wasStale = isStale.withLock { isStale in
            defer { isStale = false }
            return isStale
        }
        guard wasStale else { return }
        do {
            let targets = try await cards.cardsWithCredentials().compactMap { card, credentials in
                (try? SNMPTarget(card: card, access: credentials.snmp, portOffset: portOffset)).map { (card: card, target: $0) }
            }
            let (before, after) = roster.withLock { roster in
                let before = roster.users
                roster.replace(with: targets, now: monotonic)
                return (before, roster.users)
            }
            let isFirst = hasRead.withLock { hasRead in
                defer { hasRead = true }
                return !hasRead
            }
            if after != before || isFirst { userChanges.continuation.yield(after) }
        } catch is CancellationError {
            return
        } catch {
            logger.error("the inventory can't be read", metadata: ["error": "\(error)"])
        }
    }

    private func lookForClones() {
        let conflicts = engineConflicts()
        roster.withLock { $0.noteClones(conflicts) }
    }

    private func startDue(_ group: inout DiscardingTaskGroup) {
        let now = monotonic
        let free = Self.maximumPolls - underWay.withLock { $0.count }
        guard free > 0 else { return }
        for entry in roster.withLock({ $0.takeDue(now: now, limit: free) }) {
            metrics.observeLateness(now - entry.due)
            underWay.withLock { $0[entry.card] = false }
            group.addTask { await self.poll(entry) }
        }
    }

    private func poll(_ entry: PollSchedule.Entry) async {
        let id = entry.card
        if let member = roster.withLock({ $0.members[id] }) { await poll(member, at: monotonic) }
        let isHurried = underWay.withLock { $0.removeValue(forKey: id) } ?? false
        roster.withLock { roster in
            let failures = roster.members[id]?.monitor.failures ?? 0
            roster.planNext(id, after: entry.due, interval: profile.interval(afterFailures: failures), now: monotonic)
            if isHurried { roster.hurry(id, now: monotonic) }
        }
    }

    private func poll(_ member: PollRoster.Member, at start: Double) async {
        do {
            var member = member
            if member.plan?.kind != member.card.kind || start >= member.identityDue || member.monitor.failures > 0 {
                guard try await checkIdentity(&member, at: start) else { return }
            }
            guard let plan = member.plan else { return }
            let scope: ReadPlan.Scope = start >= member.allDue ? .all : .status
            let reading = try await reader.read(scope, of: member.card.identity, by: plan, at: member.target)
            member.plan = reading.plan
            if scope == .all { member.allDue = start + profile.allSeconds - 0.5 }
            if reading.isOutdated { member.identityDue = 0 }
            finish(member, scope) { $0.answered(reading.state, scope: scope, at: now()) }
        } catch is CancellationError {
            return
        } catch {
            finish(member) { $0.silent(PollProblem.sentence(error, member.target)) }
        }
    }

    /// Asks the card who it is. False if it is another card than the inventory's: its answers are not recorded.
    private func checkIdentity(_ member: inout PollRoster.Member, at start: Double) async throws -> Bool {
        guard let identity = try await reader.identify(member.target) else {
            finish(member) { $0.impostor("What answers at \(member.card.address) is no card of a UPS or a transfer switch.") }
            return false
        }
        if let difference = member.card.difference(to: identity) {
            finish(member) { $0.impostor("Another card answers at \(member.card.address): \(difference).") }
            return false
        }
        let finding = CardFinding(address: member.card.address, identity: identity, access: nil)
        if member.card.isOutdated(by: identity) {
            try await cards.refresh(member.card.id, with: finding)
            let card = try await cards.card(member.card.id) ?? member.card
            member.card = card
            roster.withLock { $0.update(card.id) { $0.card = card } }
        }
        member.identityDue = start + PollRoster.identityInterval
        let card = member.card
        if member.plan.map({ $0.kind != card.kind || $0.generation != card.generation || $0.agent != card.agent }) ?? true {
            member.plan = try await reader.plan(for: member.card.identity, at: member.target)
            member.allDue = 0
        }
        return true
    }

    /// Notes the poll's outcome in the roster, and hands it to the recorder.
    private func finish(_ member: PollRoster.Member, _ scope: ReadPlan.Scope? = nil, _ change: (inout CardMonitor) -> Void) {
        let before = member.monitor.status
        var monitor = member.monitor
        change(&monitor)
        let card = roster.withLock { roster in
            monitor.warn(roster.warnings[member.card.address].map { [$0] } ?? [])
            roster.update(member.card.id) { stored in
                stored.plan = member.plan
                stored.allDue = member.allDue
                stored.identityDue = member.identityDue
                stored.monitor = monitor
            }
            return roster.members[member.card.id]?.card
        }
        // The card was retired meanwhile: nobody wants to know.
        guard let card else { return }
        let status = monitor.status
        let isAnswer = monitor.failures == 0
        let isFull = isAnswer && scope == .all
        let at = now()
        recorder.submit(
            PollRecord(
                card: card,
                change: .init(card: card.id, at: at, status: status, alarms: isAnswer ? monitor.alarms : nil),
                sample: isFull ? .init(card: card.id, at: at, readings: status.readings) : nil,
                isNews: isFull || before.looksDifferent(from: status)))
    }
}
