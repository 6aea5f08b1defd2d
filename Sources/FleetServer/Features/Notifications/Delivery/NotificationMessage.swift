import Alarming
import FoundationEssentials
import PowerDevice

/// What somebody is told, as channels get it and as it is kept.
struct NotificationMessage: Sendable, Equatable, Codable {
    /// The same on every attempt, so that a receiver can drop a repetition.
    var messageId: String
    /// A tell's kind, or `digest` or `test`.
    var kind: String
    var severity: Severity
    /// One line.
    var title: String
    var text: String
    var at: Date
    var site: String?
    var cause: String?
    var incident: Int64?
    var alarm: Int64?
    var alarmName: String?
    var card: Int64?
    var cardName: String?
    /// How many cards it is about.
    var cards: Int
    /// The same of all messages about one incident.
    var thread: String?
    /// Of an escalation: which step, from 1.
    var step: Int?
    /// Of an end: how much else the channel was told of the same card, or else of the same site, that is not over.
    var remaining: Int?

    /// Whether it says that something is over.
    var isEnd: Bool { kind == Tell.Kind.ended.rawValue || kind == Tell.Kind.singleEnded.rawValue }

    /// Whether what it is about, its card or else its site, is well again.
    var isAllWell: Bool { isEnd && (remaining ?? 0) == 0 }

    static func test(channel: String, id: String, at: Date) -> NotificationMessage {
        NotificationMessage(
            messageId: id, kind: "test", severity: .information, title: "Test of the channel \(channel)",
            text: "NVFleet can reach you by this channel. Nothing is the matter.", at: at, cards: 0)
    }
}

/// The times that notifications go by.
struct NotificationTime: Sendable {
    /// What people read, and what hours and windows mean.
    let wall: Date
    /// What is due: goes on evenly however the clock is set.
    let steady: Date

    static var now: NotificationTime { NotificationTime(wall: Date(), steady: SteadyClock.process.now) }

    var wallSeconds: Int64 { Int64(wall.timeIntervalSince1970.rounded(.down)) }
}

enum DeliveryState: String, Sendable, Codable, CaseIterable {
    case waiting, sending, delivered, failed, suppressed, digested
}

/// A message to one channel, and its fate.
struct Delivery: Sendable, Equatable {
    let id: Int64
    let tell: Int64?
    let channel: Int64?
    let channelName: String?
    let route: Int64?
    let state: DeliveryState
    let reason: String?
    let createdAt: Date
    let dueAt: Date
    let attempts: Int
    let attemptedAt: Date?
    let endedAt: Date?
    let answer: String?
    let message: NotificationMessage
}

extension Delivery {
    init(_ row: SQLRow) throws {
        guard let state = DeliveryState(rawValue: try row.required("state")) else { throw SQLShapeError(column: "state") }
        self.init(
            id: try row.required("id"), tell: row.integer("tell_id"), channel: row.integer("channel_id"),
            channelName: row.text("channel_name"),
            route: row.integer("route_id"), state: state, reason: row.text("reason"), createdAt: try row.requiredDate("created_at"),
            dueAt: try row.requiredDate("due_at"), attempts: Int(row.integer("attempts") ?? 0), attemptedAt: row.date("attempted_at"),
            endedAt: row.date("ended_at"), answer: row.text("answer"),
            message: try JSONCoding.value(NotificationMessage.self, from: try row.required("message")))
    }
}
