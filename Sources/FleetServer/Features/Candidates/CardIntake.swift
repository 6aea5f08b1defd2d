import FoundationEssentials
import NetVision

/// The one door for everything that is found: by a search, by the locator, in a file, or because it sent a trap.
struct CardIntake: Sendable {
    struct Outcome: Sendable, Equatable {
        /// The card of the inventory that it is, if it is one.
        let card: Int64?
        let state: DiscoveredCard.State
    }

    /// What a finding came to, for those who have to be told.
    private enum Result: Sendable {
        case known(Card, changed: [Int64])
        case taken(Card, rule: String?)
        case noted(candidate: Int64, state: DiscoveredCard.State, isNews: Bool)
    }

    let cards: CardStore
    let candidates: CandidateStore
    let rules: RuleStore
    let watch: AddressWatch
    let changes: CardChanges
    let audit: AuditLog
    let hub: EventHub
    /// Told which card of the inventory has been seen in the network.
    let seen: @Sendable (Int64) -> Void
    let now: @Sendable () -> Date

    /// Known cards get what was found of them, their new address first of all. Of others a rule decides if there is one, else `accept`
    /// whether they go into the inventory; they are candidates in any case. What somebody has ignored stays out.
    func take(
        _ finding: CardFinding, by method: DiscoveryMethod, in discovery: Int64?, accept: Bool
    ) async throws -> Outcome {
        let finding = finding.withCheckedMAC
        let at = now()
        let result = try await decide(finding, by: method, accept: accept, at: at)
        // What is only heard of a card that answers elsewhere says nothing of who is here.
        let place = if case .known(let card, _) = result { card.address } else { finding.address }
        if place == finding.address { watch.saw(finding, by: method, in: discovery, at: at) }
        switch result {
        case .known(let card, let changed):
            await changes.tell(changed)
            if method != .import { seen(card.id) }
            return Outcome(card: card.id, state: .known)
        case .taken(let card, let rule):
            if let rule { try await audit.record("candidate.accept", by: "rule \(rule)", target: card.name) }
            await changes.tell([card.id])
            return Outcome(card: card.id, state: .accepted)
        case .noted(let candidate, let state, let isNews):
            if isNews, let stored = try await candidates.candidate(candidate) {
                hub.publish(.candidate(CandidateResource(stored), at: at))
            }
            return Outcome(card: nil, state: state)
        }
    }

    private func decide(
        _ finding: CardFinding, by method: DiscoveryMethod, accept: Bool, at: Date
    ) async throws -> Result {
        let secrets = cards.secrets
        let rules = try await rules.rules()
        return try await cards.database.write { transaction in
            let verdict = try CardStore.verdict(finding, now: at, transaction)
            if case .card(let id, let duplicate) = verdict, try !Self.isRetired(id, transaction) {
                let before = try CardStore.card(id, transaction)
                try CardStore.recognise(
                    id, as: finding, hasAnswered: finding.access != nil, absorbing: duplicate, now: at, transaction, secrets)
                let card = try CardStore.card(id, transaction)
                return .known(card, changed: card != before || duplicate != nil ? [id] + [duplicate].compactMap(\.self) : [])
            }
            let warning = try Self.warning(verdict, finding, transaction)
            let noted = try CandidateStore.note(finding, by: method, warning: warning, now: at, transaction, secrets)
            guard noted.state != .ignored else { return .noted(candidate: noted.id, state: .ignored, isNews: false) }
            let rule = accept ? nil : rules.first { $0.matches(finding, by: method) }
            if rule?.action == .ignore {
                try CandidateStore.decide(noted.id, .ignored, card: nil, transaction)
                return .noted(candidate: noted.id, state: .ignored, isNews: true)
            }
            guard accept || rule != nil, warning == nil else {
                // What it had become was retired, or is another card now.
                if noted.state == .accepted { try CandidateStore.decide(noted.id, .new, card: nil, transaction) }
                return .noted(candidate: noted.id, state: .new, isNews: noted.isNew || noted.state == .accepted)
            }
            let card = try Self.admit(finding, verdict, at: at, transaction, secrets)
            if let rule { try rule.dress(card.id, now: at, transaction) }
            try CandidateStore.decide(noted.id, .accepted, card: card.id, transaction)
            return .taken(try CardStore.card(card.id, transaction), rule: rule?.name)
        }
    }

    /// Takes a candidate into the inventory, on somebody's word.
    func accept(_ candidate: Candidate) async throws -> Card {
        let enrolment = try await cards.enroll(candidate.finding, now: now())
        try await candidates.decide(candidate.id, .accepted, card: enrolment.card.id)
        return enrolment.card
    }

    private static func admit(
        _ finding: CardFinding, _ verdict: CardMatch.Verdict, at: Date, _ transaction: SQLTransaction, _ secrets: SecretBox
    ) throws -> Card {
        guard case .card(let id, let duplicate) = verdict else { return try CardStore.add(finding, now: at, transaction, secrets) }
        try CardStore.recognise(
            id, as: finding, hasAnswered: finding.access != nil, absorbing: duplicate, now: at, transaction, secrets)
        return try CardStore.card(id, transaction)
    }

    private static func isRetired(_ id: Int64, _ transaction: SQLTransaction) throws -> Bool {
        try transaction.row("SELECT id FROM card WHERE id = ? AND retired_at IS NOT NULL", [.integer(id)]) != nil
    }

    /// Why the finding can't be a card of its own as it is.
    private static func warning(
        _ verdict: CardMatch.Verdict, _ finding: CardFinding, _ transaction: SQLTransaction
    ) throws -> String? {
        guard case .double(let id) = verdict, let mac = finding.identity.mac else { return nil }
        let card = try CardStore.card(id, transaction)
        guard card.mac == mac else { return nil }
        return CardStore.clone(finding, of: card).detail
    }
}

extension CardFinding {
    /// MACs are compared as texts: upper case with colons, whoever has written them.
    var withCheckedMAC: CardFinding {
        var finding = self
        finding.identity.mac = identity.mac.flatMap { HardwareAddress($0) }?.description
        return finding
    }
}
