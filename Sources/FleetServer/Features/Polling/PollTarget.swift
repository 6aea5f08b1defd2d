import FoundationEssentials
import NIOCore
import NetVision
import PowerDevice
import SNMP

extension SNMPTarget {
    /// Where and how a card's agent is asked: port 161 plus the fleet's offset.
    init(card: Card, access: SNMPAccess, portOffset: Int) throws {
        try self.init(address: card.address, access: access, portOffset: portOffset)
    }

    init(address: String, access: SNMPAccess, portOffset: Int) throws {
        self.init(
            try SocketAddress(ipAddress: address, port: 161 + portOffset), credentials: access.credentials)
    }
}

extension Card {
    /// The card as its answers are to be understood.
    var identity: CardIdentity {
        CardIdentity(generation: generation, kind: kind, firmware: firmware, agent: agent, model: model, serial: serial, mac: mac)
    }

    /// In what the card that answers differs so that it can't be this one; nil if it may be.
    ///
    /// What tells neither MAC nor serial number is told apart by its make and its model.
    func difference(to found: CardIdentity) -> String? {
        if let mac, let other = found.mac { return mac == other ? nil : "MAC \(other) instead of \(mac)" }
        if let serial = identity.tellingSerial, let other = found.tellingSerial {
            return serial == other ? nil : "serial number \(other) instead of \(serial)"
        }
        if let model, let other = found.model, model != other { return "model \(other) instead of \(model)" }
        guard agent != nil || model != nil, !generation.isLike(found.generation) else { return nil }
        return "a card of generation \(found.generation.rawValue) instead of \(generation.rawValue)"
    }

    /// Whether what answers tells the card's own MAC or, where one of them has none, its serial number.
    func isProven(by found: CardIdentity) -> Bool {
        difference(to: found) == nil && (mac != nil && found.mac != nil || serial != nil && found.serial != nil)
    }

    /// Whether the card tells something new of itself.
    func isOutdated(by found: CardIdentity) -> Bool {
        found.tellsKind && found.kind != kind || found.firmware ?? firmware != firmware || found.agent ?? agent != agent
            || found.model ?? model != model
            || generation.refined(by: found.generation) != generation
            || found.serial ?? serial != serial || found.mac ?? mac != mac || found.location ?? location != location
    }
}

extension CardStatus {
    /// Whether lists show the two differently, but for the time of the last answer.
    func looksDifferent(from other: CardStatus) -> Bool {
        status != other.status || problem != other.problem || warnings != other.warnings || alarmCount != other.alarmCount
            || transfer != other.transfer
            || CardResource.summaryVariables.contains { readings[$0] != other.readings[$0] }
    }
}

extension CardInspection {
    /// What lists would show of the card at this moment.
    func status(at date: Date) -> CardStatus {
        var monitor = CardMonitor()
        monitor.answered(state, at: date)
        return monitor.status
    }
}
