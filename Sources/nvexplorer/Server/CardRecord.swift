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
    /// The port of the card's own web pages; nil where it has none.
    @Nullable var webPort: Int? = nil
    @Nullable var site: String? = nil
    @Nullable var tags: [String]? = nil
    @Nullable var location: String? = nil
    /// RFC 3339.
    @Nullable var lastSeen: String? = nil
    @Nullable var alarmCount: Int? = nil
    /// What a transfer switch does; nil of a UPS.
    @Nullable var transfer: TransferRecord? = nil
    @Nullable var summary: [String: Double]? = nil
    /// Whether the address comes from DHCP; only known without a server.
    @Nullable var dhcp: Bool? = nil

    init(name: String, address: String, generation: String, status: String) {
        self.name = name
        self.address = address
        self.generation = generation
        self.status = status
    }
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
    let alarms: [AlarmRecord]
}
