import Alarming
import FoundationEssentials
import PowerDevice

/// What waits to be sent.
///
/// A delivery is claimed before it is attempted. One that a server has left claimed when it died is sent again under the same message id: a
/// message comes at least once.
struct DeliveryQueue: Sendable {
    static let longestAnswer = 2000
    /// Messages that one digest takes in, and lines that it shows.
    private static let digestSize = 500
    private static let digestLines = 50

    struct Claim: Sendable, Equatable {
        let id: Int64
        let channel: Int64
        let attempts: Int
        let plannedAt: Date
        let message: NotificationMessage
    }

    let database: FleetDatabase

    /// When a server takes the work over: nothing is under way, and what was planned by a clock that was ahead is planned anew.
    func takeOver(_ time: NotificationTime) async throws {
        let now = SQLValue(time.steady)
        let limit = SQLValue(time.steady.addingTimeInterval(60))
        try await database.write { transaction in
            try transaction.execute("UPDATE delivery SET state = 'waiting', due_at = ? WHERE state = 'sending'", [now])
            try transaction.execute(
                """
                UPDATE delivery SET due_at = due_at - steady_at + ?, planned_at = planned_at - steady_at + ?, steady_at = ?
                WHERE steady_at > ? AND (state = 'waiting' OR state = 'suppressed' AND is_held = 1)
                """, [now, now, now, limit])
        }
    }

    /// The channels that something is due for.
    func dueChannels(_ time: NotificationTime) async throws -> [Int64] {
        try await database.read { transaction in
            try transaction.rows(
                """
                SELECT DISTINCT channel_id FROM delivery WHERE state = 'waiting' AND due_at <= ? AND is_held = 0 AND channel_id IS NOT NULL
                """, [SQLValue(time.steady)]
            ).compactMap { $0.integer("channel_id") }
        }
    }

    /// Claims the next message of a channel. What belongs to an incident goes in its order: while one of it is under way or has to be sent
    /// again, those after it wait.
    func claim(_ channel: Int64, _ time: NotificationTime) async throws -> Claim? {
        try await database.write { transaction in
            while let row = try Self.next(of: channel, time, transaction) {
                let id: Int64 = try row.required("id")
                if (row.integer("step") ?? 0) > 0, let reason = try Self.reasonNotToEscalate(row, transaction) {
                    try transaction.execute(
                        "UPDATE delivery SET state = 'suppressed', reason = ? WHERE id = ?", [.text(reason), .integer(id)])
                    continue
                }
                let attempts = (row.integer("attempts") ?? 0) + 1
                try transaction.execute(
                    "UPDATE delivery SET state = 'sending', attempts = ?, attempted_at = ? WHERE id = ?",
                    [.integer(attempts), SQLValue(time.wall), .integer(id)])
                return Claim(
                    id: id, channel: channel, attempts: Int(attempts), plannedAt: try row.requiredDate("planned_at"),
                    message: try JSONCoding.value(NotificationMessage.self, from: try row.required("message")))
            }
            return nil
        }
    }

    private static func next(of channel: Int64, _ time: NotificationTime, _ transaction: SQLTransaction) throws -> SQLRow? {
        try transaction.row(
            """
            SELECT * FROM delivery WHERE channel_id = ? AND state = 'waiting' AND due_at <= ? AND is_held = 0
            AND NOT EXISTS (SELECT 1 FROM delivery AS earlier WHERE earlier.incident_id = delivery.incident_id
              AND earlier.channel_id = delivery.channel_id AND earlier.id < delivery.id AND earlier.state IN ('waiting', 'sending')
              AND earlier.is_held = 0 AND earlier.step = 0)
            ORDER BY id LIMIT 1
            """, [.integer(channel), SQLValue(time.steady)])
    }

    private static func reasonNotToEscalate(_ row: SQLRow, _ transaction: SQLTransaction) throws -> String? {
        let alarm = row.integer("alarm_id")
        let state =
            if let alarm {
                try transaction.row("SELECT cleared_at AS over_at, acknowledged_at FROM alarm WHERE id = ?", [.integer(alarm)])
            } else {
                try transaction.row(
                    "SELECT closed_at AS over_at, acknowledged_at FROM incident WHERE id = ?", [SQLValue(row.integer("incident_id"))])
            }
        if state?.integer("over_at") != nil { return "ended" }
        return state?.integer("acknowledged_at") == nil ? nil : "acknowledged"
    }

    /// Writes down what became of an attempt; of one that is not this server's any more, nothing. Returns the state that follows.
    func finish(_ claim: Claim, _ outcome: DeliveryOutcome, _ time: NotificationTime) async throws -> DeliveryState {
        let age = Int64(max(0, time.steady.timeIntervalSince(claim.plannedAt)))
        var state = DeliveryState.delivered
        var (reason, due) = (String?.none, time.steady)
        switch outcome {
        case .delivered: break
        case .refused, .failed:
            var isRefused = false
            if case .refused = outcome { isRefused = true }
            reason = isRefused ? "refused" : "retry"
            let pause = RetrySchedule.pause(attempts: claim.attempts, age: age, isRefused: isRefused)
            state = pause == nil ? .failed : .waiting
            due = time.steady.addingTimeInterval(Double(pause ?? 0))
        }
        let (next, why, dueAt) = (state, reason, due)
        let answer = String(outcome.answer.prefix(Self.longestAnswer)).replacing("\0", with: " ")
        try await database.write { transaction in
            try transaction.execute(
                """
                UPDATE delivery SET state = ?, reason = ?, due_at = ?, ended_at = ?, answer = ?
                WHERE id = ? AND state = 'sending' AND attempts = ?
                """,
                [
                    .text(next.rawValue), SQLValue(why), SQLValue(dueAt), SQLValue(next == .waiting ? nil : time.wall), .text(answer),
                    .integer(claim.id), SQLValue(claim.attempts),
                ])
            guard next == .delivered else { return }
            // The far end is back: what waited for that goes at once.
            try transaction.execute(
                "UPDATE delivery SET due_at = ? WHERE channel_id = ? AND state = 'waiting' AND reason = 'retry' AND due_at > ?",
                [SQLValue(time.steady), .integer(claim.channel), SQLValue(time.steady)])
        }
        return next
    }

    // MARK: - Digests

    /// Puts together what was held back and is due now. One message alone goes as it is.
    func gatherDigests(_ time: NotificationTime) async throws {
        let due = try await database.read { transaction in
            try transaction.row(
                "SELECT id FROM delivery WHERE state = 'waiting' AND is_held = 1 AND due_at <= ? LIMIT 1", [SQLValue(time.steady)]) != nil
        }
        guard due else { return }
        try await database.write { transaction in
            let channels = try transaction.rows(
                "SELECT DISTINCT channel_id FROM delivery WHERE state = 'waiting' AND is_held = 1 AND due_at <= ?", [SQLValue(time.steady)])
            for channel in channels.compactMap({ $0.integer("channel_id") }) { try Self.gather(channel, time, transaction) }
        }
    }

    private static func gather(_ channel: Int64, _ time: NotificationTime, _ transaction: SQLTransaction) throws {
        let rows = try transaction.rows(
            """
            SELECT id, message FROM delivery WHERE channel_id = ? AND state = 'waiting' AND is_held = 1 AND (due_at <= ? OR reason = 'digest')
            ORDER BY id LIMIT \(digestSize)
            """, [.integer(channel), SQLValue(time.steady)])
        let ids: [Int64] = try rows.map { try $0.required("id") }
        guard ids.count > 1 else {
            for id in ids {
                try transaction.execute(
                    "UPDATE delivery SET is_held = 0, due_at = ? WHERE id = ?", [SQLValue(time.steady), .integer(id)])
            }
            return
        }
        let messages = try rows.map { try JSONCoding.value(NotificationMessage.self, from: try $0.required("message")) }
        let id = try transaction.nextKey(for: "delivery")
        let digest = digest(of: messages, id: "nvfleet-\(try DeliveryDesk.instance(transaction))-digest-\(id)", at: time.wall)
        try transaction.execute(
            """
            INSERT INTO delivery (id, message_id, channel_id, kind, severity, state, created_at, due_at, planned_at, steady_at, message)
            VALUES (?, ?, ?, 'digest', ?, 'waiting', ?, ?, ?, ?, ?)
            """,
            [
                .integer(id), .text(digest.messageId), .integer(channel), .text(digest.severity.rawValue), SQLValue(time.wall),
                SQLValue(time.steady), SQLValue(time.steady), SQLValue(time.steady), .text(try JSONCoding.text(digest)),
            ])
        for member in ids {
            try transaction.execute(
                "UPDATE delivery SET state = 'digested', reason = ?, is_held = 0, ended_at = ? WHERE id = ?",
                [.text("digest \(id)"), SQLValue(time.wall), .integer(member)])
        }
    }

    static func digest(of messages: [NotificationMessage], id: String, at: Date) -> NotificationMessage {
        var lines = messages.prefix(digestLines).map { message in
            "\(JSONCoding.timeStyle.format(message.at))  \(message.severity.rawValue)  \(message.title)"
        }
        if messages.count > digestLines { lines.append("… and \(messages.count - digestLines) more") }
        return NotificationMessage(
            messageId: id, kind: "digest", severity: messages.map(\.severity).max() ?? .information,
            title: "\(messages.count) messages that were held back", text: lines.joined(separator: "\n"), at: at, cards: 0)
    }
}
