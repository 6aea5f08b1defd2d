import PowerDevice

/// A card, with the names of the API; without a server made from what the card answers itself.
struct CardRecord: Codable, Sendable, Equatable {
    @Nullable var id: Int? = nil
    var name: String
    @Nullable var mac: String? = nil
    @Nullable var serial: String? = nil
    /// IPv4, without a port.
    var address: String
    var generation: String
    @Nullable var kind: String? = nil
    @Nullable var model: String? = nil
    @Nullable var firmware: String? = nil
    @Nullable var agent: String? = nil
    var status: String
    /// Why the card is unreachable or its state unknown.
    @Nullable var problem: String? = nil
    /// What is wrong though the card can be read, a sentence each; only a server knows.
    @Nullable var warnings: [String]? = nil
    /// The port of the card's own web pages; nil where it has none.
    @Nullable var webPort: Int? = nil
    @Nullable var site: String? = nil
    @Nullable var tags: [String]? = nil
    @Nullable var location: String? = nil
    /// RFC 3339.
    @Nullable var lastSeen: String? = nil
    @Nullable var alarmCount: Int? = nil
    /// What feeds the load; nil where the card does not tell.
    @Nullable var outputSource: String? = nil
    /// What a transfer switch does; nil of a UPS.
    @Nullable var transfer: TransferRecord? = nil
    @Nullable var summary: [String: Double]? = nil
    /// Whether the address comes from DHCP; only known without a server.
    @Nullable var dhcp: Bool? = nil
    /// snmp or modbus: how the server reads it.
    @Nullable var `protocol`: String? = nil
    /// The profile that it is read by; nil: that of its generation.
    @Nullable var profile: String? = nil
    /// Nil: as its group or the configuration says.
    @Nullable var polling: PollingRecord? = nil
    /// The silent card whose place it seems to have taken, while nobody has decided.
    @Nullable var place: PlaceRecord? = nil
    /// The card whose place it has taken, and the one that has taken its place; their ids.
    @Nullable var predecessor: Int? = nil
    @Nullable var successor: Int? = nil
    /// RFC 3339; nil of a card in use.
    @Nullable var retiredAt: String? = nil

    init(name: String, address: String, generation: String, status: String) {
        self.name = name
        self.address = address
        self.generation = generation
        self.status = status
    }

    /// Why what it measures is not known at the moment, a sentence; nil where it is known. What it told before is old.
    var silence: String? {
        if retiredAt != nil { return "The card is retired." }
        switch OperatingStatus(rawValue: status) {
        case .unreachable: return problem ?? "The card does not answer."
        case .unknown: return problem ?? "Nothing has been heard of the card."
        default: return nil
        }
    }

    /// Without a number of alarms where nobody knows whether there are any.
    var withoutGuesses: CardRecord {
        var record = self
        if silence != nil, alarmCount == 0 { record.alarmCount = nil }
        return record
    }

    /// What somebody should look after, a sentence each.
    var remarks: [String] { (warnings ?? []) + [place.map { "Seems to be \($0.words)." }].compactMap(\.self) }
}

/// What a transfer switch does, with the names of the API.
struct TransferRecord: Codable, Sendable, Equatable {
    let source1: String
    let source2: String
    /// 1 or 2.
    @Nullable var preferredSource: Int?
    let interaction: String
    let load: String
    let output: String
}

/// An alarm of a card, with the names of the API.
struct AlarmRecord: Codable, Sendable, Equatable {
    let name: String
    let title: String
    let severity: String
    /// RFC 3339; only a server knows.
    @Nullable var since: String? = nil
}

/// A card with all that it tells.
struct CardDocument: Codable, Sendable, Equatable {
    let card: CardRecord
    /// RFC 3339: when the values were read.
    @Nullable var at: String?
    let readings: [String: Double]
    /// Nil where nobody knows whether there are any.
    @Nullable var alarms: [AlarmRecord]?
}

extension CardDocument {
    /// As a server tells it: that no alarm stands means something only of a card that tells its state.
    init(card: CardRecord, at: String?, readings: [String: Double], standing alarms: [AlarmRecord]) {
        let isUnknown = alarms.isEmpty && card.silence != nil
        self.init(card: card.withoutGuesses, at: at, readings: readings, alarms: isUnknown ? nil : alarms)
    }
}
