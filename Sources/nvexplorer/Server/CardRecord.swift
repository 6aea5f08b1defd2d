/// A card, with the names of the API; without a server made from what the card answers itself.
struct CardRecord: Codable, Sendable, Equatable {
    var id: Int?
    var name: String
    var mac: String?
    var serial: String?
    /// IPv4, without a port.
    var address: String
    var generation: String
    var kind: String?
    var model: String?
    var firmware: String?
    var agent: String?
    var status: String
    /// Why the card is unreachable or its state unknown.
    var problem: String?
    var site: String?
    var tags: [String]?
    var location: String?
    /// RFC 3339.
    var lastSeen: String?
    var alarmCount: Int?
    var summary: [String: Double]?
    /// Whether the address comes from DHCP; only known without a server.
    var dhcp: Bool?

    private enum CodingKeys: String, CodingKey {
        case id, name, mac, serial, address, generation, kind, model, firmware, agent, status, problem, site, tags, location, lastSeen
        case alarmCount, summary, dhcp
    }

    /// Writes what is absent as null: a program finds every key.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(name, forKey: .name)
        try container.encode(mac, forKey: .mac)
        try container.encode(serial, forKey: .serial)
        try container.encode(address, forKey: .address)
        try container.encode(generation, forKey: .generation)
        try container.encode(kind, forKey: .kind)
        try container.encode(model, forKey: .model)
        try container.encode(firmware, forKey: .firmware)
        try container.encode(agent, forKey: .agent)
        try container.encode(status, forKey: .status)
        try container.encode(problem, forKey: .problem)
        try container.encode(site, forKey: .site)
        try container.encode(tags, forKey: .tags)
        try container.encode(location, forKey: .location)
        try container.encode(lastSeen, forKey: .lastSeen)
        try container.encode(alarmCount, forKey: .alarmCount)
        try container.encode(summary, forKey: .summary)
        try container.encode(dhcp, forKey: .dhcp)
    }

    init(name: String, address: String, generation: String, status: String) {
        self.name = name
        self.address = address
        self.generation = generation
        self.status = status
    }
}

/// An alarm of a card, with the names of the API.
struct AlarmRecord: Codable, Sendable, Equatable {
    let name: String
    let title: String
    let severity: String
    /// RFC 3339; only a server knows.
    var since: String?
}

/// A card with all that it tells.
struct CardDocument: Codable, Sendable, Equatable {
    let card: CardRecord
    /// RFC 3339: when the values were read.
    let at: String?
    let readings: [String: Double]
    let alarms: [AlarmRecord]
}
