import AsyncAlgorithms
import FoundationEssentials
import Logging
import NetVision
import ServiceLifecycle
import Synchronization

/// Looks for cards that do not answer where they were: by broadcast on the LAN, in the neighbour table, and by asking their networks.
final class CardLocator: Service {
    /// Addresses that one look may ask.
    static let maximumAddresses = 65_536
    /// Ways of asking beside the usual ones: those of the cards that are missing.
    static let maximumWays = 8

    private let cards: CardStore
    private let intake: CardIntake
    private let watch: AddressWatch
    private let network: NetworkSearch
    private let configured: [AddressRange]
    private let sightings: AsyncStream<PollSighting>
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let schedule = Mutex(LocatorSchedule())
    private let start = ContinuousClock.now

    /// - Parameters:
    ///   - sightings: what the poller notices. - configured: the ranges in which cards can be.
    init(
        cards: CardStore, intake: CardIntake, watch: AddressWatch, network: NetworkSearch, configured: [AddressRange],
        sightings: AsyncStream<PollSighting>, now: @Sendable @escaping () -> Date, logger: Logger
    ) {
        self.cards = cards
        self.intake = intake
        self.watch = watch
        self.network = network
        self.configured = configured
        self.sightings = sightings
        self.now = now
        self.logger = logger
    }

    func run() async throws {
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await sighting in self.sightings.cancelOnGracefulShutdown() { await self.take(sighting) }
            }
            for await _ in AsyncTimerSequence(interval: .seconds(1), clock: .continuous).cancelOnGracefulShutdown() { await look() }
            group.cancelAll()
        }
    }

    private var monotonic: Double { (ContinuousClock.now - start) / .seconds(1) }

    private func take(_ sighting: PollSighting) async {
        do {
            switch sighting {
            case .silent(let card, let address, _):
                schedule.withLock { $0.miss(card, at: address, now: monotonic) }
            case .returned(let card, _):
                schedule.withLock { $0.found(card) }
                if let card = try await cards.card(card) { watch.saw(card, at: now()) }
            case .stranger(let card, let address, let identity):
                try await meet(identity, at: address, insteadOf: card)
                schedule.withLock { $0.miss(card, at: address, now: monotonic) }
            }
        } catch {
            logger.error("a sighting can't be stored", metadata: ["error": "\(error)"])
        }
    }

    /// Another card answers where the card was: it has moved there, or is new.
    private func meet(_ identity: CardIdentity?, at address: String, insteadOf card: Int64) async throws {
        guard let missing = try await cards.card(card) else { return }
        if let last = try await cards.lastAnswer(of: card) { watch.saw(missing, at: last) }
        guard let identity else { return }
        let access = try await cards.credentials(card).snmp
        let finding = CardFinding(address: address, identity: identity, access: access)
        _ = try await intake.take(finding, by: .snmp, in: nil, accept: false)
    }

    private func look() async {
        let due = schedule.withLock { $0.takeDue(now: monotonic) }
        guard !due.isEmpty else { return }
        let ranges = LocatorSchedule.ranges(
            around: due.sorted { $0.key < $1.key }.map(\.value), configured: configured, limit: Self.maximumAddresses)
        do {
            let ways = try await ways(Array(due.keys))
            let plan = SearchPlan(methods: [.lan, .neighbours, .snmp], ranges: ranges, ways: ways.map(\.way))
            var found = 0
            var lost = LostFindings()
            try await network.run(plan) { finding in
                try await lost.keeping(finding.address) {
                    let outcome = try await intake.take(CardFinding(finding, ways: ways), by: finding.method, in: nil, accept: false)
                    // Of what has only been heard of a card, the poller has to see an answer first.
                    guard finding.way != nil, let card = outcome.card, let before = due[card], before != finding.address else { return }
                    found += 1
                    schedule.withLock { $0.found(card) }
                }
            }
            try lost.check()
            logger.info("looked for silent cards", metadata: ["missing": "\(due.count)", "found": "\(found)"])
        } catch is CancellationError {
            return
        } catch {
            logger.error("can't look for silent cards", metadata: ["error": "\(error)"])
        }
    }

    /// The ways by which the missing cards answered, the commonest first.
    private func ways(_ missing: [Int64]) async throws -> [SearchAccess] {
        var (order, counts): ([SNMPAccess], [Int]) = ([], [])
        for (_, credentials) in try await cards.cardsWithCredentials(missing) {
            if let place = order.firstIndex(of: credentials.snmp) {
                counts[place] += 1
            } else if order.count < 1000 {
                order.append(credentials.snmp)
                counts.append(1)
            }
        }
        let commonest = zip(order, counts).sorted { $0.1 > $1.1 }.prefix(Self.maximumWays).map { SearchAccess(access: $0.0) }
        return commonest.isEmpty ? SearchAccess.standard : commonest
    }
}

extension CardStore {
    func lastAnswer(of card: Int64) async throws -> Date? {
        try await database.read { transaction in
            try transaction.row("SELECT last_seen FROM card_status WHERE card_id = ?", [.integer(card)])?.date("last_seen")
        }
    }
}
