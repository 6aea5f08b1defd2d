import Synchronization

extension PollService {
    /// What is known of each card that this server polls, in the order of their numbers. Even if polls hang, an old answer is not fresh.
    var figures: [CardFigures] {
        let now = clock.seconds
        let members = roster.withLock { roster in roster.members.values.filter { roster.isOwn($0.card.id) } }
        return members.map { member in
            CardFigures(
                card: member.card, status: member.monitor.status, isFresh: member.freshUntil.isFinite && member.freshUntil > now)
        }.sorted { $0.card.id < $1.card.id }
    }
}
