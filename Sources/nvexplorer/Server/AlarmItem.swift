/// An alarm over its life, with the names of the API.
struct AlarmItem: Decodable, Sendable, Equatable {
    static let path = "alarms"
    static let raised = "raised"
    static let acknowledged = "acknowledged"
    static let cleared = "cleared"

    let id: Int
    /// Nil: the server's own.
    var card: Int?
    var cardName: String?
    var site: String?
    let name: String
    let title: String
    let severity: String
    /// Who said so: poll, trap, syslog, communication, rule or server.
    var source: String?
    var detail: String?
    let state: String
    /// RFC 3339, as all times here.
    let since: String
    var clearedAt: String?
    var acknowledgedAt: String?
    var acknowledgedBy: String?
    var flapping: Bool?
    var occurrences: Int?
    var shelvedUntil: String?
    var shelvedBy: String?
    var shelvedReason: String?
    var changedAt: String?

    /// `Rack 3`; of the server's own alarms `the server`.
    var place: String { cardName ?? card.map { "card \($0)" } ?? "the server" }
}

/// A line of an alarm's or an incident's timeline.
struct TimelineEntry: Decodable, Sendable, Equatable {
    let at: String
    let kind: String
    var severity: String?
    var source: String?
    /// Who did it; nil: nobody.
    var user: String?
    var username: String?
    var text: String?

    /// `12:00:03  acknowledged  by olga: on my way`
    var words: String {
        let who = (user ?? username).map { " by \($0)" } ?? ""
        let more = text.flatMap { $0.isEmpty ? nil : ": \($0)" } ?? ""
        return "\(at)  \(kind)\(who)\(more)"
    }
}

/// An alarm with what happened to it.
struct AlarmHistory: Decodable, Sendable, Equatable {
    let alarm: AlarmItem
    let events: [TimelineEntry]

    private enum CodingKeys: CodingKey { case events }

    init(from decoder: any Decoder) throws {
        alarm = try AlarmItem(from: decoder)
        events = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent([TimelineEntry].self, forKey: .events) ?? []
    }
}

/// What became of acknowledging several alarms.
struct AcknowledgementReport: Codable, Sendable, Equatable {
    struct Skipped: Codable, Sendable, Equatable {
        let id: Int
        let reason: String
    }

    var acknowledged: Int
    var skipped: [Skipped]
}
