import AsyncAlgorithms
import FoundationEssentials
import HTTPTypes
import Logging
import NIOCore
import NetVision
import PowerDevice
import SNMP
import ServiceLifecycle
import Synchronization

/// Polls the cards of this server's shards, each at its time.
///
/// One task per poll under way; never two of one card. How many begin at once is limited by `PollGate`, not how many wait: what a silent
/// card costs is its own retries.
final class PollService: Service {
    /// Between looks at what is due.
    static let tick = Duration.milliseconds(50)
    /// Seconds between looks at which cards share an engine id.
    static let cloneInterval = 5.0
    /// Seconds between looks for answers that have grown too old.
    static let fadeInterval = 1.0
    /// How long somebody waits for a poll that was ordered.
    static let patience = Duration.seconds(30)

    private let card: CardPoll
    private let inventory: PollInventory
    private let recorder: PollRecorder
    /// Told what polls tell of alarms.
    private let report: @Sendable ([AlarmReport]) -> Void
    private let metrics: MetricsRegistry
    private let client: SNMPClient
    let clock: SteadyClock
    private let now: @Sendable () -> Date
    private let logger: Logger
    let roster = Mutex(PollRoster())
    private let looks = Mutex(PollLooks())
    private let waiters = Mutex(PollWaiters())
    private let wake = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    private let userChanges = AsyncStream.makeStream(of: Set<USMUser>.self, bufferingPolicy: .bufferingNewest(1))
    private let seen = AsyncStream.makeStream(of: PollSighting.self, bufferingPolicy: .bufferingNewest(10_000))

    /// - Parameter isSharing: no card is polled before `own` is called.
    init(
        card: CardPoll, inventory: PollInventory, recorder: PollRecorder, report: @Sendable @escaping ([AlarmReport]) -> Void = { _ in },
        metrics: MetricsRegistry, client: SNMPClient, isSharing: Bool = false, clock: SteadyClock = .process,
        now: @Sendable @escaping () -> Date, logger: Logger
    ) {
        self.card = card
        self.inventory = inventory
        self.recorder = recorder
        self.report = report
        self.metrics = metrics
        self.client = client
        self.clock = clock
        self.now = now
        self.logger = logger
        if isSharing { roster.withLock { $0.own([], now: 0) } }
    }

    /// The SNMPv3 users of the inventory: when it has been read for the first time, and whenever there are others. For one watcher.
    var users: AsyncStream<Set<USMUser>> { userChanges.stream }

    /// What polls tell of where cards are. For one watcher.
    var sightings: AsyncStream<PollSighting> { seen.stream }

    /// The card of the inventory at an address.
    func card(at address: String) -> Card? { roster.withLock { $0.card(at: address) } }

    /// How many cards of this server are in each status.
    var statusCounts: [OperatingStatus: Int] {
        roster.withLock { roster in
            roster.members.reduce(into: [:]) { counts, entry in
                guard roster.isOwn(entry.key) else { return }
                counts[entry.value.monitor.status.status, default: 0] += 1
            }
        }
    }

    func run() async throws {
        await inventory.load { self.take($0) }
        await withDiscardingTaskGroup { group in
            group.addTask { await self.inventory.keepLoaded { self.take($0) } }
            group.addTask { await self.fadeWhatIsOld() }
            await startPolls(&group)
            group.cancelAll()
        }
        waiters.withLock { $0.endAll() }
    }

    private func startPolls(_ group: inout DiscardingTaskGroup) async {
        let ticks = AsyncTimerSequence(interval: Self.tick, clock: .continuous).map { _ in }
        var clonesDue = 0.0
        looks.withLock { $0.last = clock.seconds }
        for await _ in merge(wake.stream, ticks).cancelOnGracefulShutdown() {
            let now = clock.seconds
            noticePause(now)
            if now >= clonesDue {
                clonesDue = now + Self.cloneInterval
                let conflicts = client.engineConflicts
                roster.withLock { $0.noteClones(conflicts) }
            }
            for entry in roster.withLock({ $0.takeDue(now: now) }) {
                metrics.observeLateness(now - entry.due)
                group.addTask { await self.poll(entry.card, at: now) }
            }
        }
    }

    private func noticePause(_ now: Double) {
        guard let gap = looks.withLock({ $0.look(at: now) }) else { return }
        roster.withLock { $0.resume(now: now) }
        logger.warning("the server was suspended or starved; polls go on in their turn", metadata: ["seconds": "\(Int(gap))"])
    }

    /// Even if polls hang: a card whose last answer is too old is told to be unknown.
    private func fadeWhatIsOld() async {
        let looks = AsyncTimerSequence(interval: .seconds(Self.fadeInterval), clock: .continuous).cancelOnGracefulShutdown()
        for await _ in looks {
            let now = clock.seconds
            let faded = roster.withLock { roster in roster.fade(now: now).compactMap { roster.members[$0] } }
            for member in faded { record(member, .init(isNews: true)) }
        }
    }
}

// MARK: - Orders

extension PollService {
    /// The inventory or credentials changed; which cards, nobody says.
    func inventoryChanged() { inventory.changed() }

    /// These cards were changed, added or retired: what is known of the others is not read again.
    func cardsChanged(_ cards: [Int64]) { inventory.changed(cards) }

    /// Looks at a card at once: something happened to it. However often this is said, a card is polled once a second at most.
    func hurry(_ card: Int64) {
        roster.withLock { $0.hurry(card, now: clock.seconds) }
        wake.continuation.yield()
    }

    /// The card has been seen in the network: if it was silent, it is asked at once.
    func revive(_ card: Int64) {
        guard roster.withLock({ $0.members[card]?.monitor.failures ?? 0 }) > 0 else { return }
        hurry(card)
    }

    /// Somebody looks at the card: for the next minute it is read fully as often as else its status.
    func attend(_ card: Int64) {
        roster.withLock { $0.attend(card, now: clock.seconds) }
        wake.continuation.yield()
    }

    /// What came of a poll that somebody ordered.
    struct Ordered: Sendable {
        var status = CardStatus.unknown
        /// Whether the card answered this poll; one silence alone changes no status.
        var isAnswered = false
    }

    /// Polls the card now, whatever its plan, and waits for what comes of it.
    ///
    /// Throws a `Problem` if the inventory has no such card, or the poll takes longer than a request may wait.
    func poll(_ card: Int64) async throws -> Ordered {
        let now = clock.seconds
        guard roster.withLock({ $0.members[card] }) != nil else { throw Problem.notFound("card \(card)") }
        let end = waiters.withLock { $0.wait(for: card, since: now) }
        roster.withLock { $0.hurry(card, now: now, isOrdered: true) }
        wake.continuation.yield()
        let hasEnded = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                for await _ in end { return true }
                return false
            }
            group.addTask {
                try? await Task.sleep(for: Self.patience)
                return false
            }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
        guard hasEnded else { throw Problem(.gatewayTimeout, "The card was not polled in time; it may not answer. Try again.") }
        guard let member = roster.withLock({ $0.members[card] }) else { throw Problem.notFound("card \(card)") }
        // A poll that was ordered reads all points.
        return Ordered(status: member.monitor.status, isAnswered: member.fullAt >= now)
    }

    /// Cards that share their address with another one: a sentence for each that names the other. Replaces what was said before. Each of them
    /// has the alarm `addressConflict` meanwhile.
    func noteAddressConflicts(_ conflicts: [Int64: String]) {
        let changed = roster.withLock { $0.noteConflicts(conflicts) }
        for member in changed where member.record.isRecorded { record(member, .init(isNews: true)) }
    }

    /// From now on this server polls the cards of these shards, and no others.
    ///
    /// - Parameter end: when others may poll them, unless this is said again before: seconds of the monotonic clock.
    func own(_ shards: Set<Int>, until end: Double) {
        roster.withLock { $0.own(shards, now: clock.seconds) }
        recorder.own(shards, until: end)
        wake.continuation.yield()
    }

    private func take(_ change: PollInventory.Change) {
        let now = clock.seconds
        let (arrived, before, after) = roster.withLock { roster in
            let before = roster.users
            let arrived =
                switch change {
                case .all(let orders): roster.replace(with: orders, now: now)
                case .some(let ids, let orders): roster.change(ids, to: orders, now: now)
                }
            return (arrived, before, roster.users)
        }
        for order in arrived {
            let journal = client.observe(order.target.address)
            roster.withLock { $0.update(order.card.id) { $0.journal = journal } }
        }
        if after != before || inventory.isFirst { userChanges.continuation.yield(after) }
        wake.continuation.yield()
    }
}

// MARK: - Polls

extension PollService {
    private func poll(_ id: Int64, at start: Double) async {
        if var member = roster.withLock({ $0.members[id] }) {
            let order = member.order
            let outcome = await card.read(&member, at: start)
            let end = clock.seconds
            if looks.withLock({ !$0.isInterrupted(since: start, now: end) }) { note(outcome, of: member, begunBy: order, at: end) }
        }
        let jitter = Double.random(in: -1...1)
        roster.withLock { $0.ended(id, now: clock.seconds, jitter: jitter) }
        waiters.withLock { $0.ended(id, begunAt: start) }
    }

    /// Notes the poll's outcome in the roster, and hands it to the recorder.
    private func note(_ outcome: CardPoll.Outcome, of polled: PollRoster.Member, begunBy order: PollOrder, at end: Double) {
        switch outcome {
        case .cancelled: return
        case .merged: return inventory.changed()
        case .answered, .silent, .stranger: break
        }
        let date = now()
        let noted = roster.withLock { $0.note(outcome, of: polled, begunBy: order, at: end, date) }
        guard let noted else { return }
        if let sighting = noted.sighting { seen.continuation.yield(sighting) }
        record(noted.member, noted.news)
    }

    private func record(_ member: PollRoster.Member, _ news: PollNews) {
        let monitor = member.monitor
        let at = news.sample?.at ?? now()
        reportAlarms(of: member, hasAnswered: news.sample != nil, at: at)
        guard !news.isNothing else { return }
        let freshUntil = member.freshUntil.isFinite ? clock.date(at: member.freshUntil) : nil
        recorder.submit(
            PollRecord(
                card: member.card,
                change: .init(
                    card: member.card.id, at: at, status: monitor.status, freshUntil: freshUntil, isTimeOnly: news.isTimeOnly),
                sample: news.sample, isNews: news.isNews))
    }

    private func reportAlarms(of member: PollRoster.Member, hasAnswered: Bool, at date: Date) {
        let id = member.card.id
        var reports = [AlarmReport.communication(id, member.monitor, hasAnswered: hasAnswered, at: date)]
        if hasAnswered { reports.append(.answered(id, member.monitor, at: date, askedAt: clock.date(at: member.begunAt))) }
        report(reports)
    }

    /// How well the card can be polled; nil if it is not in the inventory.
    func health(_ id: Int64) -> PollHealth? {
        roster.withLock { roster in
            guard let member = roster.members[id] else { return nil }
            let tally = member.journal?.tally
            var health = PollHealth(
                latency: tally?.latency.map(PollHealth.Latency.init), lossPercent: tally?.loss.map { ($0 * 1000).rounded() / 10 },
                consecutiveFailures: member.monitor.failures, lastAnswerAt: member.record.lastAnswerAt,
                lastError: member.record.lastError, lastErrorAt: member.record.lastErrorAt, backOffSeconds: member.record.backOff.rounded(),
                isPolledByThisServer: roster.isOwn(id), timing: member.order.timing, origin: member.order.origin)
            health.nextPollAt = roster.schedule.due(of: id).map { now().addingTimeInterval(max(0, $0 - clock.seconds)) }
            return health
        }
    }
}

extension PollHealth.Latency {
    fileprivate init(_ latency: RequestTally.Latency) {
        func milliseconds(_ seconds: Double) -> Double { (seconds * 10_000).rounded() / 10 }
        self.init(last: milliseconds(latency.last), average: milliseconds(latency.average), worst: milliseconds(latency.worst))
    }
}
