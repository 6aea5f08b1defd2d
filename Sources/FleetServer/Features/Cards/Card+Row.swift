import FoundationEssentials
import NetVision
import PowerDevice

extension Card {
    init(_ row: SQLRow) throws {
        self.init(
            id: try row.required("id"), name: try row.required("name"), mac: row.text("mac"), serial: row.text("serial"),
            address: try row.required("address"), generation: CardGeneration(rawValue: try row.required("generation")) ?? .unknown,
            kind: DeviceKind(rawValue: try row.required("kind")) ?? .ups, model: row.text("model"), firmware: row.text("firmware"),
            agent: row.text("agent"), location: row.text("location"), site: row.text("site"),
            tags: try JSONCoding.value([String].self, from: try row.required("tags")),
            snmpVersion: SNMPAccess.Version(rawValue: try row.required("snmp_version")) ?? .v2c, predecessor: row.integer("predecessor"),
            place: CardPlace(row), polling: PollIntervals(row),
            protocol: CardProtocol(rawValue: try row.required("protocol")) ?? .snmp, profile: row.text("profile"),
            gateway: CardGateway(row), createdAt: try row.requiredDate("created_at"), retiredAt: row.date("retired_at"),
            successor: row.integer("successor"))
    }
}

extension CardPlace {
    fileprivate init?(_ row: SQLRow) {
        guard let card = row.integer("place"), let name = row.text("place_name") else { return nil }
        self.init(card: card, name: name)
    }
}

extension PollIntervals {
    fileprivate init?(_ row: SQLRow) {
        guard let status = row.integer("poll_status_seconds"), let full = row.integer("poll_full_seconds") else { return nil }
        self.init(statusSeconds: Int(status), fullSeconds: Int(full))
    }
}

extension CardGateway {
    fileprivate init?(_ row: SQLRow) {
        guard row.integer("gateway_writes") != nil else { return nil }
        self.init(
            port: row.integer("gateway_port").map { Int($0) }, unit: row.integer("gateway_unit").map { Int($0) },
            writes: row.bool("gateway_writes"))
    }
}

extension CardMatch.Entry {
    /// A row of `card` with `status` and `last_seen` of its `card_status`.
    init(_ row: SQLRow, now: Date) throws {
        let lastSeen = row.date("last_seen")
        let status = row.text("status").flatMap(OperatingStatus.init)
        let isSilent = status == nil || status == .unreachable || status == .unknown
        self.init(
            id: try row.required("id"), mac: row.text("mac"), serial: row.text("serial").flatMap(CardIdentity.telling),
            engine: row.text("engine"), address: try row.required("address"),
            generation: CardGeneration(rawValue: try row.required("generation")) ?? .unknown,
            model: row.text("model"), isRetired: row.integer("retired_at") != nil, hasAnswered: lastSeen != nil,
            isAnswering: !isSilent && lastSeen.map { now.timeIntervalSince($0) < Self.freshness } ?? false)
    }

    /// Seconds in which a card that has answered can't have been carried to another UPS.
    private static let freshness = 60.0
}
