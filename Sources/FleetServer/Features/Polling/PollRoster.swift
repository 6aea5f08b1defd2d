import FoundationEssentials
import NIOCore
import NetVision
import PowerDevice
import SNMP

/// The cards that are polled, and what is known for polling them. Pure.
struct PollRoster: Sendable {
    struct Member: Sendable {
        var card: Card
        var target: SNMPTarget
        /// Learnt from the card's answers; nil until it has been identified.
        var plan: ReadPlan?
        /// When all points are read next, in seconds of the monotonic clock.
        var allDue = 0.0
        /// When the card's identity is checked next.
        var identityDue = 0.0
        /// When its last poll began.
        var begunAt = -Double.infinity
        var monitor = CardMonitor()
    }

    /// A card is asked who it is this often, and whenever it comes back after a silence.
    static let identityInterval = 600.0
    /// Seconds from the begin of a card's poll until the begin of one out of turn: what happens in between, a storm of traps, say, brings
    /// one more poll in all.
    static let hurryInterval = 1.0

    private(set) var members: [Int64: Member] = [:]
    private(set) var schedule = PollSchedule()
    private var addresses: [String: Int64] = [:]
    /// Of version 3.
    private(set) var users: Set<USMUser> = []
    /// What is wrong with a card beside its answers, by address.
    private(set) var warnings: [String: String] = [:]

    /// Takes over the inventory: new cards are polled at once, known ones keep what is known, the others are forgotten.
    mutating func replace(with cards: [(card: Card, target: SNMPTarget)], now: Double) {
        addresses = Dictionary(cards.map { ($0.card.address, $0.card.id) }) { first, _ in first }
        users = Set(cards.compactMap { $0.target.credentials.user })
        let kept = Set(cards.map(\.card.id))
        for id in members.keys where !kept.contains(id) {
            members[id] = nil
            schedule.forget(id)
        }
        for (card, target) in cards {
            if var member = members[card.id] {
                let isElsewhere = member.target != target
                member.card = card
                member.target = target
                if isElsewhere { member.identityDue = 0 }
                members[card.id] = member
                if isElsewhere { schedule.plan(card.id, at: now) }
            } else {
                members[card.id] = Member(card: card, target: target)
                schedule.plan(card.id, at: now)
            }
        }
    }

    /// The card at an address; of several the first.
    func card(at address: String) -> Card? { addresses[address].flatMap { members[$0]?.card } }

    /// Notes which agents share an engine id. The client also remembers agents that are not asked by version 3 any more: they don't count.
    mutating func noteClones(_ conflicts: [EngineID: [SocketAddress]]) {
        let asked = Set(members.values.filter { $0.target.version == .v3 }.map(\.card.address))
        let current = conflicts.mapValues { agents in agents.filter { $0.ipAddress.map(asked.contains) ?? false } }
        warnings = EngineClones.warnings(current) { address in card(at: address)?.name }
    }

    /// Takes out the cards that are due; their polls begin now.
    mutating func takeDue(now: Double, limit: Int) -> [PollSchedule.Entry] {
        let due = schedule.takeDue(now: now, limit: limit)
        for entry in due { update(entry.card) { $0.begunAt = now } }
        return due
    }

    mutating func update(_ id: Int64, _ change: (inout Member) -> Void) {
        guard var member = members[id] else { return }
        change(&member)
        members[id] = member
    }

    /// Plans the next poll after the one that was due at `due`: in step with it if that is still to come, else at once.
    mutating func planNext(_ id: Int64, after due: Double, interval: Double, now: Double) {
        guard members[id] != nil else { return }
        schedule.plan(id, at: max(due + interval, now))
    }

    /// Polls the card out of turn, and all its points: at once, unless its last poll has only just begun.
    mutating func hurry(_ id: Int64, now: Double) {
        guard let member = members[id] else { return }
        update(id) { $0.allDue = 0 }
        let due = max(now, member.begunAt + Self.hurryInterval)
        if let planned = schedule.due(of: id), planned <= due { return }
        schedule.plan(id, at: due)
    }
}

extension SNMPCredentials {
    fileprivate var user: USMUser? {
        if case .v3(let user, _) = self { return user }
        return nil
    }
}
