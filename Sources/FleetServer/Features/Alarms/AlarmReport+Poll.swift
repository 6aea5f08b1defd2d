import FoundationEssentials
import NetVision
import PowerDevice

extension Alarm {
    /// The card does not answer, or something else does in its place.
    static let cardUnreachable = Alarm("cardUnreachable", "The card does not answer", .critical)
    /// What was reported of alarms could not be kept.
    static func alarmsLost(instance: String?) -> Alarm {
        Alarm(["alarmsLost", instance].compactMap(\.self).joined(separator: "."), "Reports of alarms were lost", .critical)
    }

    /// What traps tell of and no poll can see: a poll's silence about it says nothing.
    static let unseenByPolls: Set<String> = Set(
        [
            sensorTemperatureLow, sensorTemperatureHigh, sensorHumidityLow, sensorHumidityHigh, sensorInput1, sensorInput2, unitCritical,
            alternateSource,
        ].map(\.name))
}

extension AlarmReport {
    /// What a poll that was answered tells of the card's alarms.
    ///
    /// A card that has lost its device, or names not all of its alarms, tells which there are, and of none that it is over.
    static func answered(_ card: Int64, _ monitor: CardMonitor, at: Date, askedAt: Date) -> AlarmReport {
        let alarms = monitor.deviceAlarms
        let isComplete = !alarms.contains(.communicationLost) && !alarms.contains(.unidentified)
        var claims: [Claim] = isComplete ? [.all(alarms)] : alarms.map { .raised($0) }
        if monitor.status.transfer?.load == .preferredSource { claims.append(.cleared(Alarm.alternateSource.name)) }
        // It stands for alarms of the unit's parts, which are in the table.
        if isComplete, alarms.isEmpty { claims.append(.cleared(Alarm.unitCritical.name)) }
        return AlarmReport(card: card, source: .poll, at: at, askedAt: askedAt, claims: claims)
    }

    /// What the server knows of a card beside what it says.
    ///
    /// - Parameter hasAnswered: this very poll. A card of which nothing is known, or known any more, keeps its alarms.
    static func communication(_ card: Int64, _ monitor: CardMonitor, hasAnswered: Bool, at: Date) -> AlarmReport {
        var claims: [Claim] = []
        if hasAnswered {
            claims.append(.cleared(Alarm.cardUnreachable.name))
        } else if monitor.status.status == .unreachable {
            claims.append(.raised(.cardUnreachable, detail: monitor.status.problem))
        }
        let conflict = Alarm.addressConflict
        claims.append(monitor.alarms.contains(conflict) ? .raised(conflict) : .cleared(conflict.name))
        return AlarmReport(card: card, source: .communication, at: at, claims: claims)
    }

    /// What a trap tells of the card's alarms; nil: nothing.
    static func trap(_ trap: CardTrap, of card: Int64, at: Date) -> AlarmReport? {
        let text = trap.text.map(AlarmStore.clean)
        let claims: [Claim] = trap.raises.map { .raised($0, detail: text) } + trap.clears.map { .cleared($0.name) }
        return claims.isEmpty ? nil : AlarmReport(card: card, source: .trap, at: at, claims: claims)
    }
}
