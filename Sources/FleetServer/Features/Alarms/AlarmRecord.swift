import Alarming
import FoundationEssentials
import PowerDevice

/// An alarm as it is stored: one for each time that it was raised.
struct AlarmRecord: Sendable, Equatable {
    let id: Int64
    /// Nil: the server's own.
    let card: Int64?
    let name: String
    let title: String
    let severity: Severity
    /// Who raised it.
    let source: AlarmReport.Source
    let detail: String?
    let since: Date
    let clearedAt: Date?
    let acknowledgedAt: Date?
    let acknowledgedBy: String?
    let isFlapping: Bool
    /// How often it was raised while it flapped; else 1.
    let occurrences: Int
    let shelvedUntil: Date?
    let shelvedBy: String?
    let shelvedReason: String?
    let changedAt: Date

    var state: AlarmState {
        if clearedAt != nil { return .cleared }
        return acknowledgedAt == nil ? .raised : .acknowledged
    }

    var alarm: Alarm { Alarm(name, title, severity) }
}

extension AlarmRecord {
    init(_ row: SQLRow) throws {
        self.init(
            id: try row.required("id"), card: row.integer("card_id"), name: try row.required("name"), title: try row.required("title"),
            severity: Severity(rawValue: try row.required("severity")) ?? .warning,
            source: AlarmReport.Source(rawValue: try row.required("source")) ?? .poll, detail: row.text("detail"),
            since: try row.requiredDate("since"), clearedAt: row.date("cleared_at"), acknowledgedAt: row.date("acknowledged_at"),
            acknowledgedBy: row.text("acknowledged_by"), isFlapping: row.bool("flapping"),
            occurrences: Int(row.integer("occurrences") ?? 1), shelvedUntil: row.date("shelved_until"), shelvedBy: row.text("shelved_by"),
            shelvedReason: row.text("shelved_reason"), changedAt: try row.requiredDate("changed_at"))
    }
}

/// A moment of an alarm's life, as it is stored.
struct AlarmEvent: Sendable, Equatable {
    enum Kind: String, Sendable, Codable, CaseIterable {
        case raised, cleared, severity, acknowledged, unacknowledged, commented, shelved, unshelved, flapping, settled

        /// Whether it is a step of the alarm, which watchers are told, and not what somebody says of it.
        var isToldToWatchers: Bool { self != .commented }
    }

    let id: Int64
    let kind: Kind
    let at: Date
    let severity: Severity
    let source: AlarmReport.Source?
    /// Who did it; nil: the server.
    let username: String?
    let text: String?
    /// The alarm as it is after it, or later.
    let alarm: AlarmRecord
}

/// A step of an alarm that is to be stored.
struct AlarmEdge: Sendable, Equatable {
    /// Nil: the server's own.
    let card: Int64?
    let at: Date
    let step: AlarmStep
}

/// Who does something to an alarm, and when.
struct AlarmDeed: Sendable {
    let username: String?
    let at: Date
    var text: String?
}
