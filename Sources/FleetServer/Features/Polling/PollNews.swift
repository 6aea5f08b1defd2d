import FoundationEssentials
import NetVision
import PowerDevice
import SNMP

/// What a poll changed, as far as others have to know. Pure.
struct PollNews: Sendable, Equatable {
    /// Whether lists show something else than before.
    var isNews = false
    /// Whether the card answered as before: only the times of its answer are new.
    var isTimeOnly = false
    /// Whether alarms are told although the card did not answer: those that it does not know of itself.
    var isAlarming = false
    /// Nothing is to be recorded.
    var isNothing = false
    /// When the card answered; nil if it did not.
    var sampleAt: Date?

    init(isNews: Bool, isAlarming: Bool = false) {
        self.isNews = isNews
        self.isAlarming = isAlarming
    }

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

extension PollRoster.Member {
    /// What a poll learnt of the card. What was changed meanwhile (the order, by the inventory) stays.
    mutating func learn(from polled: PollRoster.Member) {
        plan = polled.plan
        modbusPlan = polled.modbusPlan
        fullAt = max(fullAt, polled.fullAt)
        fullDue = polled.fullDue
        identityDue = order.target == polled.order.target ? polled.identityDue : 0
        if order.card.address == polled.order.card.address { order.card.learn(from: polled.order.card) }
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
