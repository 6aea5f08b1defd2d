/// A search, with the names of the API.
struct DiscoveryRecord: Codable, Sendable, Equatable {
    let id: Int
    let state: String
    @Nullable var methods: [String]? = nil
    @Nullable var ranges: [String]? = nil
    @Nullable var accept: Bool? = nil
    /// RFC 3339.
    @Nullable var startedAt: String? = nil
    @Nullable var finishedAt: String? = nil
    @Nullable var probed: Int? = nil
    @Nullable var total: Int? = nil
    @Nullable var found: Int? = nil
    @Nullable var error: String? = nil

    static let running = "running"
}

/// What a search found, with the names of the API.
struct DiscoveredCard: Codable, Sendable, Equatable {
    @Nullable var number: Int? = nil
    let address: String
    @Nullable var mac: String? = nil
    @Nullable var serial: String? = nil
    @Nullable var model: String? = nil
    let generation: String
    @Nullable var firmware: String? = nil
    /// new, known, accepted or ignored; nil without a server.
    @Nullable var state: String? = nil
    /// The card's number at the server.
    @Nullable var card: Int? = nil
    /// Only known without a server.
    @Nullable var name: String? = nil
    @Nullable var dhcp: Bool? = nil
}

/// A search and what it found.
struct DiscoveryReport: Encodable, Sendable {
    @Nullable var discovery: DiscoveryRecord?
    let cards: [DiscoveredCard]
}

/// A search that is repeated, with the names of the API.
struct ScheduleRecord: NamedRecord {
    static let kind = RecordKind(path: "discovery-schedules", one: "schedule", command: "schedules")

    let id: Int
    let name: String
    /// Nil: the usual ones.
    @Nullable var methods: [String]? = nil
    let ranges: [String]
    let interfaces: [String]
    /// Whether what is found goes into the inventory at once.
    let accept: Bool
    /// From the begin of a search to that of the next one.
    let minutes: Int
    let isEnabled: Bool
    /// RFC 3339.
    @Nullable var nextAt: String? = nil
    @Nullable var lastDiscovery: Int? = nil
}

/// What is done with cards of a kind that a search finds, with the names of the API.
struct RuleRecord: NamedRecord {
    static let kind = RecordKind(path: "discovery-rules", one: "rule", command: "rules")

    let id: Int
    /// The first rule that matches decides.
    let position: Int
    let name: String
    let ranges: [String]
    let generations: [String]
    @Nullable var model: String? = nil
    let methods: [String]
    /// accept or ignore.
    let action: String
    @Nullable var site: String? = nil
    let tags: [String]
}
