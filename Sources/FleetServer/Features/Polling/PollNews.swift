import FoundationEssentials
import NetVision
import PowerDevice
import SNMP

/// What a poll changed, as far as others have to know. Pure.
struct PollNews: Sendable {
    /// Whether lists show something else than before.
    var isNews = false
    /// Whether the card answered as before: only the times of its answer are new.
    var isTimeOnly = false
    /// Nothing is to be recorded.
    var isNothing = false
    /// What this poll measured, of a card that answered.
    var sample: TelemetryStore.Sample?

    init(isNews: Bool) { self.isNews = isNews }

    /// - Parameter isFirst: nothing was recorded of the card before.
    init(_ before: CardMonitor, _ after: CardMonitor, _ outcome: CardPoll.Outcome, isFirst: Bool) {
        let isDifferent = before.status.looksDifferent(from: after.status)
        switch outcome {
        case .answered(_, let scope):
            isNews = scope == .all || isDifferent
            isTimeOnly =
                !isFirst && !isDifferent && before.alarms == after.alarms && before.status.readings == after.status.readings
                && before.status.outputSource == after.status.outputSource && before.status.batteryStatus == after.status.batteryStatus
        case .silent, .stranger, .cancelled, .merged:
            isNews = isDifferent
            isNothing = !isDifferent && !isFirst
        }
    }
}

extension PollRoster {
    /// A poll's outcome as it is to be told.
    struct Noted: Sendable {
        let member: Member
        let news: PollNews
        let sighting: PollSighting?
    }

    /// Takes over what a poll brought. Nil if nobody is to know: the card was retired meanwhile, or is read in another way by now, or another
    /// server polls it, and tells of it.
    ///
    /// - Parameter order: how the card was to be polled when the poll began.
    mutating func note(
        _ outcome: CardPoll.Outcome, of polled: Member, begunBy order: PollOrder, at end: Double, _ date: Date
    ) -> Noted? {
        guard let before = members[polled.card.id] else { return nil }
        var member = before
        guard member.learn(from: polled, begunBy: order) else {
            update(member.card.id) { $0 = member }
            return nil
        }
        let sighting = member.take(outcome, at: end, date)
        warn(&member)
        var news = PollNews(before.monitor, member.monitor, outcome, isFirst: !before.record.isRecorded)
        if case .answered(let state, _) = outcome {
            news.sample = .init(card: member.card.id, at: date, readings: state.isCommunicating ? state.readings : [:])
        }
        member.record.isRecorded = isOwn(member.card.id)
        update(member.card.id) { $0 = member }
        return member.record.isRecorded ? Noted(member: member, news: news, sighting: sighting) : nil
    }
}

extension PollRoster.Member {
    /// What a poll learnt of the card. What was changed meanwhile (the order, by the inventory) stays.
    ///
    /// Returns false if the card is to be read in another way by now than when the poll began: then its outcome does not count.
    mutating func learn(from polled: PollRoster.Member, begunBy begun: PollOrder) -> Bool {
        guard !order.isReadDifferently(from: begun) || !order.isReadDifferently(from: polled.order) else {
            (plan, modbusPlan, identityDue) = (nil, nil, 0)
            return false
        }
        plan = polled.plan
        modbusPlan = polled.modbusPlan
        fullAt = max(fullAt, polled.fullAt)
        fullDue = polled.fullDue
        identityDue = order.target == polled.order.target ? polled.identityDue : 0
        (clock, clockDue) = (polled.clock, polled.clockDue)
        if order.card.address == polled.order.card.address { order.card.learn(from: polled.order.card) }
        return true
    }

    /// What an outcome makes of the card's status.
    mutating func take(_ outcome: CardPoll.Outcome, at end: Double, _ date: Date) -> PollSighting? {
        let failuresBefore = monitor.failures
        switch outcome {
        case .cancelled, .merged: return nil
        case .answered(let state, let scope):
            monitor.answered(state, scope: scope, asked: plan?.statusVariables ?? ReadPlan.statusVariables, at: date)
            freshUntil = end + order.timing.freshness
            record.lastAnswerAt = date
            record.lossWhenWell = journal?.tally.loss ?? 0
            return failuresBefore > 0 ? .returned(card: card.id, address: card.address) : nil
        case .silent(let words, let isLoss):
            record.failed(words, date)
            let isDoubtful = isLoss && failuresBefore + 1 < record.failuresToName && freshUntil.isFinite && freshUntil > end
            if isDoubtful {
                monitor.doubt()
            } else {
                monitor.silent(words)
                freshUntil = .infinity
            }
            return monitor.failures >= 3 ? .silent(card: card.id, address: card.address, polls: monitor.failures) : nil
        case .stranger(let identity, let words):
            record.failed(words, date)
            monitor.impostor(words)
            freshUntil = .infinity
            return .stranger(card: card.id, address: card.address, identity: identity)
        }
    }
}

extension Card {
    /// Takes over what the card says of itself.
    fileprivate mutating func learn(from polled: Card) {
        (generation, kind, model, firmware) = (polled.generation, polled.kind, polled.model, polled.firmware)
        (agent, mac, serial, location) = (polled.agent, polled.mac, polled.serial, polled.location)
    }
}
