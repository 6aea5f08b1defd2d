import Alarming
import FoundationEssentials
import PowerDevice

/// Alarms and their events. What others make of events they read by their numbers, which grow in the order of the commits.
struct AlarmStore: Sendable {
    /// Steps of one transaction.
    static let batch = 500
    /// Characters of a detail.
    static let maximumDetail = 500

    let database: FleetDatabase

    struct Written: Sendable {
        var events: [AlarmEvent] = []
        /// Cards that are not in the inventory any more: nothing is written of them.
        var gone: Set<Int64> = []
    }

    /// Writes the steps in one transaction. What another server has written already is not written again.
    func write(_ edges: [AlarmEdge]) async throws -> Written {
        try await database.write { try Self.write(edges, $0) }
    }

    /// What is open, and the number of the last event, of one moment.
    func open() async throws -> (alarms: [AlarmRecord], lastEvent: Int64) {
        try await database.read { transaction in
            let alarms = try transaction.rows("SELECT * FROM alarm WHERE cleared_at IS NULL ORDER BY id").map(AlarmRecord.init)
            let last = try transaction.row("SELECT MAX(id) AS last FROM alarm_event")?.integer("last")
            return (alarms, last ?? 0)
        }
    }

    /// The events after the number `last`, in their order.
    func events(after last: Int64, limit: Int = 1000) async throws -> [AlarmEvent] {
        try await database.read { transaction in
            try transaction.rows(
                "\(Self.selectEvents) WHERE e.id > ? ORDER BY e.id LIMIT \(limit)", [.integer(last)]
            ).map { try AlarmEvent($0, alarm: AlarmRecord($0)) }
        }
    }

    static let selectEvents = """
        SELECT a.*, e.id AS event_id, e.at AS event_at, e.kind AS event_kind, e.severity AS event_severity, e.source AS event_source,
          e.username AS event_username, e.text AS event_text
        FROM alarm_event e JOIN alarm a ON a.id = e.alarm_id
        """

    /// Ends the shelving of what has been shelved for long enough.
    func endShelving(now: Date) async throws -> [AlarmEvent] {
        let due = try await database.read { transaction in
            try transaction.row("SELECT 1 AS due FROM alarm WHERE shelved_until <= ? LIMIT 1", [SQLValue(now)]) != nil
        }
        guard due else { return [] }
        return try await database.write { transaction in
            let rows = try transaction.rows(
                """
                UPDATE alarm SET shelved_until = NULL, shelved_by = NULL, shelved_reason = NULL, changed_at = ?
                WHERE shelved_until <= ? RETURNING *
                """, [SQLValue(now), SQLValue(now)])
            let open = try rows.map(AlarmRecord.init).filter { $0.clearedAt == nil }
            let drafts = open.map { Draft(.unshelved, of: $0, AlarmDeed(username: nil, at: now, text: "The time is over.")) }
            return try Self.record(drafts, transaction)
        }
    }

    /// Forgets alarms that have been over since before `date`, a few at a time. Returns how many.
    func prune(before date: Date, limit: Int = 500) async throws -> Int {
        let isDue = try await database.read { transaction in
            try transaction.row(
                "SELECT 1 AS due FROM alarm WHERE since < ? AND cleared_at < ? LIMIT 1", [SQLValue(date), SQLValue(date)]) != nil
        }
        guard isDue else { return 0 }
        return try await database.write { transaction in
            try transaction.rows(
                """
                DELETE FROM alarm WHERE id IN (
                  SELECT id FROM alarm WHERE since < ? AND cleared_at < ? ORDER BY since, id LIMIT \(limit)) RETURNING id
                """, [SQLValue(date), SQLValue(date)]
            ).count
        }
    }
}

// MARK: - Steps

extension AlarmStore {
    /// An event that has no number yet.
    struct Draft {
        let kind: AlarmEvent.Kind
        let alarm: AlarmRecord
        let at: Date
        let source: AlarmReport.Source?
        let username: String?
        let text: String?

        init(_ kind: AlarmEvent.Kind, of alarm: AlarmRecord, _ deed: AlarmDeed, source: AlarmReport.Source? = nil) {
            self.kind = kind
            self.alarm = alarm
            (at, username, text) = (deed.at, deed.username, deed.text)
            self.source = source
        }
    }

    static func write(_ edges: [AlarmEdge], _ transaction: SQLTransaction) throws -> Written {
        let cards = Set(edges.compactMap(\.card))
        let known = try inventory(cards, transaction)
        var written = Written(gone: cards.subtracting(known))
        let raises = edges.count { $0.step.change == .raised }
        var key = raises > 0 ? try transaction.nextKeys(for: "alarm", count: raises) : 0
        let shelved = raises > 0 ? try shelved(transaction) : [:]
        var drafts: [Draft] = []
        for edge in edges where edge.card.map(known.contains) ?? true {
            if edge.step.change == .raised {
                if let draft = try raise(edge, id: key, shelved, transaction) { drafts.append(draft) }
                key += 1
            } else {
                drafts += try change(edge, transaction)
            }
        }
        written.events = try record(drafts, transaction)
        return written
    }

    /// What comes from outside, in one line that every database takes.
    static func clean(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(maximumDetail).map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }

    private static func inventory(_ cards: Set<Int64>, _ transaction: SQLTransaction) throws -> Set<Int64> {
        guard !cards.isEmpty else { return [] }
        let places = cards.map { _ in "?" }.joined(separator: ", ")
        let rows = try transaction.rows(
            "SELECT id FROM card WHERE retired_at IS NULL AND id IN (\(places))", cards.map(SQLValue.integer))
        return Set(try rows.map { try $0.required("id") })
    }

    private struct Place: Hashable {
        let card: Int64?
        let name: String
    }

    /// What is shelved: an alarm that comes again meanwhile is shelved too.
    private static func shelved(_ transaction: SQLTransaction) throws -> [Place: AlarmRecord] {
        let rows = try transaction.rows("SELECT * FROM alarm WHERE shelved_until IS NOT NULL ORDER BY id").map(AlarmRecord.init)
        return Dictionary(rows.map { (Place(card: $0.card, name: $0.name), $0) }) { $1 }
    }

    /// Nil where the alarm is open already: another server was faster.
    private static func raise(
        _ edge: AlarmEdge, id: Int64, _ shelved: [Place: AlarmRecord], _ transaction: SQLTransaction
    ) throws -> Draft? {
        let (alarm, step, at) = (edge.step.alarm, edge.step, SQLValue(edge.at))
        let detail = step.detail.map(clean)
        let shelf = shelved[Place(card: edge.card, name: alarm.name)]
        let row = try transaction.row(
            """
            INSERT INTO alarm (id, card_id, name, title, severity, source, detail, since, flapping, occurrences, shelved_until, shelved_by,
              shelved_reason, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING *
            """,
            [
                .integer(id), SQLValue(edge.card), .text(alarm.name), .text(alarm.title), .text(alarm.severity.rawValue),
                .text(step.source.rawValue), SQLValue(detail), at, .integer(Int64(step.occurrences)), SQLValue(shelf?.shelvedUntil),
                SQLValue(shelf?.shelvedBy), SQLValue(shelf?.shelvedReason), at,
            ])
        return try row.map {
            try Draft(.raised, of: AlarmRecord($0), AlarmDeed(username: nil, at: edge.at, text: detail), source: .init(step.source))
        }
    }

    private static func change(_ edge: AlarmEdge, _ transaction: SQLTransaction) throws -> [Draft] {
        let (step, at) = (edge.step, SQLValue(edge.at))
        let deed = AlarmDeed(username: nil, at: edge.at, text: step.detail.map(clean))
        func update(_ columns: String, _ values: [SQLValue]) throws -> AlarmRecord? {
            try transaction.row(
                """
                UPDATE alarm SET \(columns), changed_at = ? WHERE COALESCE(card_id, 0) = ? AND name = ? AND cleared_at IS NULL RETURNING *
                """, values + [at, .integer(edge.card ?? 0), .text(step.alarm.name)]
            ).map(AlarmRecord.init)
        }
        func draft(_ kind: AlarmEvent.Kind, _ alarm: AlarmRecord?) -> [Draft] {
            alarm.map { [Draft(kind, of: $0, deed, source: .init(step.source))] } ?? []
        }
        switch step.change {
        case .raised: return []
        case .cleared:
            // A clock that was set back must not end it before it began.
            return draft(.cleared, try update("cleared_at = CASE WHEN since > ? THEN since ELSE ? END", [at, at]))
        case .severity: return try regrade(step, update, draft)
        case .flapping: return draft(.flapping, try update("flapping = 1, occurrences = ?", [.integer(Int64(step.occurrences))]))
        case .counted:
            _ = try update("occurrences = ?", [.integer(Int64(step.occurrences))])
            return []
        case .settled: return draft(.settled, try update("flapping = 0", []))
        }
    }

    /// What has become worse is to be acknowledged anew.
    private static func regrade(
        _ step: AlarmStep, _ update: (String, [SQLValue]) throws -> AlarmRecord?, _ draft: (AlarmEvent.Kind, AlarmRecord?) -> [Draft]
    ) throws -> [Draft] {
        guard let before = try update("occurrences = occurrences", []), before.severity != step.alarm.severity else { return [] }
        let isWorse = before.severity < step.alarm.severity
        let columns =
            "severity = ?, title = ?, detail = COALESCE(?, detail)" + (isWorse ? ", acknowledged_at = NULL, acknowledged_by = NULL" : "")
        let after = try update(columns, [.text(step.alarm.severity.rawValue), .text(step.alarm.title), SQLValue(step.detail.map(clean))])
        return draft(.severity, after) + (isWorse && before.acknowledgedAt != nil ? draft(.unacknowledged, after) : [])
    }

    /// Writes the events, and returns them with their numbers.
    static func record(_ drafts: [Draft], _ transaction: SQLTransaction) throws -> [AlarmEvent] {
        guard !drafts.isEmpty else { return [] }
        let first = try transaction.nextKeys(for: "alarm_event", count: drafts.count)
        return try drafts.enumerated().map { index, draft in
            let id = first + Int64(index)
            try transaction.execute(
                "INSERT INTO alarm_event (id, alarm_id, at, kind, severity, source, username, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    .integer(id), .integer(draft.alarm.id), SQLValue(draft.at), .text(draft.kind.rawValue),
                    .text(draft.alarm.severity.rawValue), SQLValue(draft.source?.rawValue), SQLValue(draft.username), SQLValue(draft.text),
                ])
            return AlarmEvent(
                id: id, kind: draft.kind, at: draft.at, severity: draft.alarm.severity, source: draft.source, username: draft.username,
                text: draft.text, alarm: draft.alarm)
        }
    }
}

extension SQLTransaction {
    /// The first of so many keys in a row for records of one kind.
    func nextKeys(for kind: String, count: Int) throws -> Int64 {
        let row = try row(
            """
            INSERT INTO sequence (kind, last) VALUES (?, ?)
            ON CONFLICT (kind) DO UPDATE SET last = sequence.last + excluded.last RETURNING last
            """, [.text(kind), .integer(Int64(count))])
        guard let last = row?.integer("last") else { throw SQLShapeError(column: "last") }
        return last - Int64(count) + 1
    }
}

extension AlarmReport.Source {
    init(_ source: AlarmSource) { self = Self(rawValue: source.rawValue) ?? .server }
}

extension AlarmEvent {
    init(_ row: SQLRow, alarm: AlarmRecord) throws {
        self.init(
            id: try row.required("event_id"), kind: Kind(rawValue: try row.required("event_kind")) ?? .commented,
            at: try row.requiredDate("event_at"), severity: Severity(rawValue: try row.required("event_severity")) ?? .warning,
            source: row.text("event_source").flatMap(AlarmReport.Source.init), username: row.text("event_username"),
            text: row.text("event_text"), alarm: alarm)
    }
}
