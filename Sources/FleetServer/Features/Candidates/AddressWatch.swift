import AsyncAlgorithms
import FoundationEssentials
import Logging
import NetVision
import ServiceLifecycle
import Synchronization

/// Finds out which cards have the same address, and tells it where it shows: as an alarm of the cards, and a warning of candidates.
final class AddressWatch: Service {
    private let cards: CardStore
    private let candidates: CandidateStore
    private let interval: Duration
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let sightings = Mutex(AddressSightings())
    private let told: @Sendable ([Int64: String]) -> Void

    /// - Parameter told: gets a sentence for each card of the inventory that shares its address, and names the other, whenever there are others.
    init(
        cards: CardStore, candidates: CandidateStore, interval: Duration = .seconds(1), told: @Sendable @escaping ([Int64: String]) -> Void,
        now: @Sendable @escaping () -> Date, logger: Logger
    ) {
        self.cards = cards
        self.candidates = candidates
        self.interval = interval
        self.told = told
        self.now = now
        self.logger = logger
    }

    /// Something was found at an address.
    func saw(_ finding: CardFinding, by method: DiscoveryMethod, in discovery: Int64?, at date: Date) {
        guard finding.identity.mac != nil || finding.identity.tellingSerial != nil else { return }
        sightings.withLock {
            $0.saw(finding.candidateKey, at: finding.address, on: date, isAnnounced: method == .lan, search: discovery)
        }
    }

    /// The card answered at its address.
    func saw(_ card: Card, at date: Date) {
        guard let key = card.identityKey else { return }
        sightings.withLock { $0.saw(key, at: card.address, on: date) }
    }

    func run() async throws {
        var before: Set<AddressSightings.Conflict> = []
        for await _ in AsyncTimerSequence(interval: interval, clock: .continuous).cancelOnGracefulShutdown() {
            do {
                try await noteAnswers(of: before)
                let current = sightings.withLock { $0.current(now()) }
                guard current != before else { continue }
                try await tell(current)
                before = current
            } catch is CancellationError {
                return
            } catch {
                logger.error("address conflicts can't be told", metadata: ["error": "\(error)"])
            }
        }
    }

    /// A card that goes on answering is not told as seen again and again: its polls are.
    private func noteAnswers(of conflicts: Set<AddressSightings.Conflict>) async throws {
        for conflict in conflicts {
            for card in try await cards.cards(at: conflict.address, answeringSince: now().addingTimeInterval(-60)) { saw(card, at: now()) }
        }
    }

    private func tell(_ conflicts: Set<AddressSightings.Conflict>) async throws {
        var sentences: [Int64: String] = [:]
        var warnings: [String: String] = [:]
        for conflict in conflicts.sorted(by: { $0.address < $1.address }) {
            let known = try await cards.cards(withIdentities: conflict.cards)
            for (key, card) in zip(conflict.cards, conflict.cards.map { known[$0] }) {
                let others = conflict.cards.filter { $0 != key }.map { Self.name($0, known[$0]) }.joined(separator: ", ")
                let sentence = "Has the same address as \(others): \(conflict.address). Give one of them another."
                if let card { sentences[card.id] = sentence } else { warnings[key] = sentence }
            }
            logger.warning("cards have the same address", metadata: ["address": "\(conflict.address)", "cards": "\(conflict.cards)"])
        }
        try await candidates.noteConflicts(warnings)
        told(sentences)
    }

    private static func name(_ key: String, _ card: Card?) -> String {
        guard let card else { return "a card that is not in the inventory (\(key))" }
        return "\(card.name) (\(key))"
    }
}

extension Card {
    /// What it is known by, as of a candidate; nil of a card that is its address.
    var identityKey: String? {
        if let mac { return "mac \(mac)" }
        return identity.tellingSerial.map { "serial \($0)" }
    }
}

extension CardStore {
    /// The cards of these identities, by them.
    func cards(withIdentities keys: [String]) async throws -> [String: Card] {
        try await database.read { transaction in
            var found: [String: Card] = [:]
            for key in keys {
                guard let space = key.firstIndex(of: " ") else { continue }
                let (column, value) = (key[..<space] == "mac" ? "mac" : "serial", String(key[key.index(after: space)...]))
                found[key] = try transaction.row(
                    "\(Self.select) WHERE c.\(column) = ? AND c.retired_at IS NULL ORDER BY c.id", [.text(value)]
                ).map(Card.init)
            }
            return found
        }
    }

    /// The cards that have answered at an address since then.
    func cards(at address: String, answeringSince date: Date) async throws -> [Card] {
        try await database.read { transaction in
            try transaction.rows(
                """
                \(Self.select) JOIN card_status s ON s.card_id = c.id WHERE c.address = ? AND c.retired_at IS NULL AND s.last_seen >= ?
                  AND s.status <> 'unreachable'
                """, [.text(address), SQLValue(date)]
            ).map(Card.init)
        }
    }
}

extension CandidateStore {
    /// Replaces what is said of candidates that share their address with another card.
    func noteConflicts(_ warnings: [String: String]) async throws {
        try await database.write { transaction in
            try transaction.execute("UPDATE candidate SET conflict = NULL WHERE conflict IS NOT NULL")
            for (identity, warning) in warnings {
                try transaction.execute("UPDATE candidate SET conflict = ? WHERE identity = ?", [.text(warning), .text(identity)])
            }
        }
    }
}
