import FoundationEssentials
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
        var monitor = CardMonitor()
    }

    /// A card is asked who it is this often, and whenever it comes back after a silence.
    static let identityInterval = 600.0

    private(set) var members: [Int64: Member] = [:]
    private(set) var schedule = PollSchedule()

    /// Takes over the inventory: new cards are polled at once, known ones keep what is known, the others are forgotten.
    mutating func replace(with cards: [(card: Card, target: SNMPTarget)], now: Double) {
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

    mutating func takeDue(now: Double, limit: Int) -> [PollSchedule.Entry] { schedule.takeDue(now: now, limit: limit) }

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

    /// Polls the card at once, out of turn.
    mutating func hurry(_ id: Int64, now: Double) {
        guard members[id] != nil else { return }
        update(id) { $0.allDue = 0 }
        schedule.plan(id, at: now)
    }
}
