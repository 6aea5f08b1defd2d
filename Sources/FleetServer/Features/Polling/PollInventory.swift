import AsyncAlgorithms
import FoundationEssentials
import Logging
import NetVision
import SNMP
import ServiceLifecycle
import Synchronization

/// Brings what the poller has to know of the inventory: all of it at the start and from time to time, else only the cards that changed.
///
/// However many changes come, they are read together: named cards at most ten times a second, everything at most every two seconds. Polls go
/// on meanwhile.
final class PollInventory: Sendable {
    enum Change: Sendable {
        case all([PollOrder])
        /// Those of the keys that have no order are not in the inventory any more.
        case some([Int64], [PollOrder])
    }

    /// The intervals of a group that has its own, and the cards that are in it at the moment.
    struct GroupIntervals: Sendable {
        let name: String
        let intervals: PollIntervals
        let cards: Set<Int64>
    }

    /// Between reading everything: another server may have changed it, and groups may have other cards.
    static let interval = Duration.seconds(60)
    static let pauseAfterAll = Duration.seconds(2)
    static let pauseAfterSome = Duration.milliseconds(100)
    /// More changed cards than this are read with all others.
    static let manyCards = 500

    private struct Pending: Sendable {
        var isAll = false
        var cards: Set<Int64> = []
    }

    private let cards: CardStore
    private let timing: PollTiming
    private let portOffset: Int
    /// In the order in which they count.
    private let groups: @Sendable () async throws -> [GroupIntervals]
    private let logger: Logger
    private let pending = Mutex(Pending())
    private let known = Mutex<(groups: [GroupIntervals], loads: Int)>(([], 0))
    private let wake = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// - Parameter timing: of cards that have no intervals of their own and are in no group that has.
    init(
        cards: CardStore, timing: PollTiming, portOffset: Int,
        groups: @Sendable @escaping () async throws -> [GroupIntervals] = { [] }, logger: Logger
    ) {
        self.cards = cards
        self.timing = timing
        self.portOffset = portOffset
        self.groups = groups
        self.logger = logger
    }

    /// Whether what was read last was read for the first time.
    var isFirst: Bool { known.withLock { $0.loads <= 1 } }

    func changed() {
        pending.withLock { $0.isAll = true }
        wake.continuation.yield()
    }

    func changed(_ cards: [Int64]) {
        pending.withLock { $0.cards.formUnion(cards) }
        wake.continuation.yield()
    }

    /// Reads everything.
    func load(_ take: @Sendable (Change) -> Void) async {
        let asked = pending.withLock { pending in
            defer { pending = Pending() }
            return pending
        }
        do {
            let groups = try await groups()
            known.withLock { $0.groups = groups }
            let orders = try await cards.cardsWithCredentials().compactMap { order($0.card, $0.credentials, groups) }
            known.withLock { $0.loads += 1 }
            take(.all(orders))
        } catch {
            failed(error, Pending(isAll: true, cards: asked.cards))
        }
    }

    /// Reads what has changed, until the server stops.
    func keepLoaded(_ take: @Sendable (Change) -> Void) async {
        let ticks = AsyncTimerSequence(interval: Self.interval, clock: .continuous).map { _ in self.pending.withLock { $0.isAll = true } }
        for await _ in merge(wake.stream, ticks).cancelOnGracefulShutdown() {
            let (isAll, some) = pending.withLock { pending in (pending.isAll || pending.cards.count > Self.manyCards, pending.cards) }
            if isAll {
                await load(take)
            } else if !some.isEmpty {
                await load(Array(some), take)
            }
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: isAll ? Self.pauseAfterAll : Self.pauseAfterSome) }
        }
    }

    private func load(_ ids: [Int64], _ take: @Sendable (Change) -> Void) async {
        pending.withLock { $0.cards = $0.cards.subtracting(ids) }
        do {
            let groups = known.withLock { $0.groups }
            let orders = try await cards.cardsWithCredentials(ids).compactMap { order($0.card, $0.credentials, groups) }
            take(.some(ids, orders))
        } catch {
            failed(error, Pending(cards: Set(ids)))
        }
    }

    private func failed(_ error: any Error, _ asked: Pending) {
        guard !(error is CancellationError) else { return }
        logger.error("the inventory can't be read; trying again", metadata: ["error": "\(error)"])
        pending.withLock { pending in
            pending.isAll = pending.isAll || asked.isAll
            pending.cards.formUnion(asked.cards)
        }
        wake.continuation.yield()
    }

    private func order(_ card: Card, _ credentials: CardCredentials, _ groups: [GroupIntervals]) -> PollOrder? {
        guard let target = try? SNMPTarget(card: card, access: credentials.snmp, portOffset: portOffset) else { return nil }
        if let own = card.polling { return PollOrder(card: card, target: target, timing: PollTiming(own), origin: .card) }
        guard let group = groups.first(where: { $0.cards.contains(card.id) }) else {
            return PollOrder(card: card, target: target, timing: timing)
        }
        return PollOrder(card: card, target: target, timing: PollTiming(group.intervals), origin: .group(group.name))
    }
}
