import FoundationEssentials
import NetVision
import PowerDevice

@testable import FleetServer

/// Cards as metrics see them.
enum MeasuredCard {
    static let moment = Date(timeIntervalSince1970: 1_700_000_000)

    static func card(_ id: Int64 = 1, name: String = "rack 3", site: String? = "Lyon") -> Card {
        Card(
            CardIdentity(generation: .netVision8, kind: .ups, firmware: "8.00", model: "MASTERYS BC+", serial: "P\(id)"), id: id,
            name: name,
            site: site)
    }

    static func figures(
        _ card: Card = card(), status: OperatingStatus = .normal, isFresh: Bool = true, readings: [Variable: Double] = [.batteryCharge: 98]
    ) -> CardFigures {
        var known = CardStatus.unknown
        (known.status, known.lastSeen, known.readingsAt, known.readings, known.alarmCount) = (status, moment, moment, readings, 2)
        return CardFigures(card: card, status: known, isFresh: isFresh)
    }
}

extension Card {
    fileprivate init(_ identity: CardIdentity, id: Int64, name: String, site: String?) {
        self.init(
            id: id, name: name, mac: nil, serial: identity.serial, address: "10.1.0.\(id)", generation: identity.generation,
            kind: identity.kind, model: identity.model, firmware: identity.firmware, agent: nil, location: nil, site: site, tags: [],
            snmpVersion: .v2c, createdAt: MeasuredCard.moment)
    }
}
