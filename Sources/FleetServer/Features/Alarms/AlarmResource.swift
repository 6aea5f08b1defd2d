import Alarming
import FoundationEssentials
import Hummingbird
import PowerDevice

/// An alarm as the API shows it.
struct AlarmResource: ResponseEncodable, Sendable {
    let id: Int64
    @Nullable var card: Int64?
    @Nullable var cardName: String?
    @Nullable var cardStatus: String?
    @Nullable var site: String?
    let name: String
    let title: String
    let severity: Severity
    let source: AlarmReport.Source
    @Nullable var detail: String?
    let state: AlarmState
    let since: Date
    @Nullable var clearedAt: Date?
    @Nullable var acknowledgedAt: Date?
    @Nullable var acknowledgedBy: String?
    let flapping: Bool
    let occurrences: Int
    @Nullable var shelvedUntil: Date?
    @Nullable var shelvedBy: String?
    @Nullable var shelvedReason: String?
    @Nullable var incident: Int64?
    let changedAt: Date
    /// Of a single alarm: what happened to it.
    var events: [AlarmEventResource]?

    init(_ row: SQLRow) throws {
        self.init(
            try AlarmRecord(row), cardName: row.text("card_name"), cardStatus: row.text("card_status"), site: row.text("card_site"),
            incident: row.integer("incident"))
    }

    init(_ alarm: AlarmRecord, cardName: String?, cardStatus: String?, site: String?, incident: Int64?) {
        (id, card, name, title, severity, source) = (alarm.id, alarm.card, alarm.name, alarm.title, alarm.severity, alarm.source)
        (self.cardName, self.cardStatus, self.site, self.incident) = (cardName, alarm.card == nil ? nil : cardStatus, site, incident)
        (detail, state, since, clearedAt) = (alarm.detail, alarm.state, alarm.since, alarm.clearedAt)
        (acknowledgedAt, acknowledgedBy) = (alarm.acknowledgedAt, alarm.acknowledgedBy)
        (flapping, occurrences) = (alarm.isFlapping, alarm.occurrences)
        (shelvedUntil, shelvedBy, shelvedReason) = (alarm.shelvedUntil, alarm.shelvedBy, alarm.shelvedReason)
        changedAt = alarm.changedAt
    }
}

/// An event of an alarm as the API shows it.
struct AlarmEventResource: Encodable, Sendable {
    let id: Int64
    let at: Date
    let kind: AlarmEvent.Kind
    let severity: Severity
    @Nullable var source: AlarmReport.Source?
    @Nullable var user: String?
    @Nullable var text: String?

    init(_ event: AlarmEvent) {
        (id, at, kind, severity, source) = (event.id, event.at, event.kind, event.severity, event.source)
        (user, text) = (event.username, event.text)
    }
}

/// What happened to a card: an event of one of its alarms, or a message that it has sent.
struct CardEventResource: Encodable, Sendable {
    /// The word for a message; else the kind of the alarm's event.
    static let message = "message"

    let at: Date
    let kind: String
    @Nullable var alarm: Int64?
    @Nullable var name: String?
    @Nullable var title: String?
    let severity: String
    /// Who said it; of a message its protocol.
    @Nullable var source: String?
    @Nullable var user: String?
    @Nullable var text: String?

    init(_ row: SQLRow) throws {
        at = try row.requiredDate("at")
        kind = try row.required("kind")
        alarm = row.integer("alarm_id")
        (name, title) = (row.text("name"), row.text("title"))
        severity = try row.required("severity")
        (source, user, text) = (row.text("source"), row.text("username"), row.text("text"))
    }
}

/// How many alarms are open. What is shelved is counted as that only.
struct AlarmSummary: ResponseEncodable, Sendable, Equatable {
    private(set) var raised = 0
    private(set) var acknowledged = 0
    private(set) var shelved = 0
    private(set) var bySeverity: [String: Int] = Dictionary(uniqueKeysWithValues: Severity.allCases.map { ($0.rawValue, 0) })
    private(set) var unacknowledgedCritical = 0

    mutating func add(_ count: Int, _ severity: Severity, isKnown: Bool, isShelved: Bool) {
        guard !isShelved else { return shelved += count }
        bySeverity[severity.rawValue, default: 0] += count
        if isKnown { acknowledged += count } else { raised += count }
        if severity == .critical, !isKnown { unacknowledgedCritical += count }
    }
}
