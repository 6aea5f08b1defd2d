import Alarming
import FoundationEssentials
import PowerDevice

/// Incidents, and how far the alarms' events were read.
///
/// What is made of events is stored in the transaction that stores how far they were read: nothing is lost and nothing is told twice
/// wherever a server is stopped.
struct IncidentStore: Sendable {
    /// Events that one transaction takes.
    static let batch = 1000
    /// The cursor's and the lease's name.
    static let reader = "incidents"
    /// Lines of an incident's timeline that are kept.
    static let maximumLines = 2000

    let database: FleetDatabase
    /// This server instance: only who has the lease may write.
    let owner: String

    /// What is known between two transactions. Another server's work makes it worthless.
    struct Progress: Sendable {
        var engine: IncidentEngine
        /// The last event read.
        var cursor: Int64
    }

    /// What one transaction has done.
    struct Step: Sendable {
        var progress: Progress
        var changed: [IncidentRecord] = []
        var tells = 0
        /// Whether there are more events.
        var hasMore = false
    }

    struct LeaseLost: Error {}

    // MARK: - The worker's

    /// What was left by whoever did this last.
    func restore(_ now: Moment, policy: IncidentPolicy = IncidentPolicy()) async throws -> Progress {
        try await database.read { transaction in
            let condition = """
                closed_at IS NULL OR id IN (SELECT incident_id FROM incident_member
                  WHERE cleared_at IS NULL OR singled_at IS NOT NULL AND single_ended_at IS NULL)
                """
            var incidents: [Int64: Incident] = [:]
            for row in try transaction.rows("SELECT * FROM incident WHERE \(condition)") {
                let incident = try Incident(row, now: now.steady)
                incidents[incident.id] = incident
            }
            let rows = try transaction.rows(
                "SELECT * FROM incident_member WHERE incident_id IN (SELECT id FROM incident WHERE \(condition))")
            for row in rows { incidents[try row.required("incident_id")]?.put(try IncidentMember(row, now: now.steady)) }
            let cursor = try transaction.row("SELECT last FROM alarm_cursor WHERE reader = ?", [.text(Self.reader)])?.integer("last")
            return Progress(engine: IncidentEngine(policy: policy, restoring: Array(incidents.values)), cursor: cursor ?? 0)
        }
    }

    /// Whether there are events that were not read.
    func hasNews(after cursor: Int64) async throws -> Bool {
        try await database.read { try $0.row("SELECT id FROM alarm_event WHERE id > ? LIMIT 1", [.integer(cursor)]) != nil }
    }

    /// Reads the next events and decides what is due. Throws `LeaseLost` if that is another server's work by now.
    func advance(_ progress: Progress, _ now: Moment) async throws -> Step {
        try await step(progress) { transaction, step, source in
            let rows = try transaction.rows(
                "\(Self.selectEvents) WHERE e.id > ? ORDER BY e.id LIMIT \(Self.batch)", [.integer(progress.cursor)])
            step.hasMore = rows.count == Self.batch
            let wall = Date(timeIntervalSince1970: Double(now.wall) / 1000)
            let news = try rows.compactMap { try AlarmNews(event: $0, now: wall) }
            var all: [IncidentChanges] = []
            if !news.isEmpty { all.append(try step.progress.engine.take(news, now: now, source: source)) }
            if let last = rows.last?.integer("id") {
                step.progress.cursor = last
                try transaction.execute(
                    """
                    INSERT INTO alarm_cursor (reader, last) VALUES (?, ?) ON CONFLICT (reader) DO UPDATE SET last = excluded.last
                    """, [.text(Self.reader), .integer(last)])
            }
            if let changes = all.first { try write(changes, &step, now, transaction) }
            // Only with all that is known: a long backlog is one message and not one of each batch.
            if !step.hasMore { try write(step.progress.engine.tick(now, source: source), &step, now, transaction) }
        }
    }

    /// Finds what no event told of: alarms that are gone or over, and open ones that are in no incident.
    func heal(_ progress: Progress, _ now: Moment) async throws -> Step {
        try await step(progress) { transaction, step, source in
            let over = try transaction.rows(
                """
                SELECT m.alarm_id, COALESCE(a.cleared_at, ?) AS at FROM incident_member m LEFT JOIN alarm a ON a.id = m.alarm_id
                WHERE m.cleared_at IS NULL AND (a.id IS NULL OR a.cleared_at IS NOT NULL)
                  AND NOT EXISTS (SELECT 1 FROM alarm_event e WHERE e.alarm_id = m.alarm_id AND e.id > ?)
                """, [.integer(now.wall), .integer(progress.cursor)])
            let cleared = try over.map { (alarm: try $0.required("alarm_id", as: Int64.self), at: try $0.required("at", as: Int64.self)) }
            let lost = try transaction.rows(
                """
                SELECT a.id AS alarm_id, a.card_id, a.name, a.title, a.severity, a.since, a.shelved_until, c.name AS card_name,
                  c.site AS card_site, c.address FROM alarm a LEFT JOIN card c ON c.id = a.card_id
                WHERE a.cleared_at IS NULL AND NOT EXISTS (SELECT 1 FROM incident_member m WHERE m.alarm_id = a.id AND m.cleared_at IS NULL)
                  AND NOT EXISTS (SELECT 1 FROM alarm_event e WHERE e.alarm_id = a.id AND e.id > ?) ORDER BY a.id LIMIT \(Self.batch)
                """, [.integer(progress.cursor)])
            let wall = Date(timeIntervalSince1970: Double(now.wall) / 1000)
            try write(step.progress.engine.heal(cleared: cleared, now: now), &step, now, transaction)
            let news = try lost.map { try AlarmNews(open: $0, now: wall) }
            if !news.isEmpty { try write(step.progress.engine.take(news, now: now, source: source), &step, now, transaction) }
        }
    }

    /// Forgets incidents that ended before `time`, and what was told before. Returns how many incidents.
    func forget(endedBefore time: Date) async throws -> Int {
        try await database.write { transaction in
            let rows = try transaction.rows(
                "SELECT id FROM incident WHERE closed_at < ? AND active = 0 ORDER BY id LIMIT 500", [SQLValue(time)])
            for row in rows { try Self.remove(try row.required("id"), transaction) }
            // The oldest are the first.
            try transaction.execute(
                "DELETE FROM incident_tell WHERE at < ? AND id IN (SELECT id FROM incident_tell ORDER BY id LIMIT 500)", [SQLValue(time)])
            return rows.count
        }
    }

    private func step(
        _ progress: Progress, _ body: @Sendable @escaping (SQLTransaction, inout Step, IncidentSource) throws -> Void
    ) async throws -> Step {
        let owner = owner
        return try await database.write { transaction in
            let lease = try transaction.row("SELECT owner FROM lease WHERE resource = ?", [.text(Self.reader)])
            guard lease?.text("owner") == owner else { throw LeaseLost() }
            var step = Step(progress: progress)
            let source = IncidentSource(
                newKey: { try transaction.nextKey(for: "incident") }, roster: { try Self.roster(transaction) })
            try body(transaction, &step, source)
            return step
        }
    }

    private static let selectEvents = """
        SELECT e.id, e.alarm_id, e.at, e.kind, e.severity, e.username, a.card_id, a.name, a.title, a.shelved_until, c.name AS card_name,
          c.site AS card_site, c.address
        FROM alarm_event e JOIN alarm a ON a.id = e.alarm_id LEFT JOIN card c ON c.id = a.card_id
        """

    private static func roster(_ transaction: SQLTransaction) throws -> Roster {
        var roster = Roster()
        for row in try transaction.rows(
            "SELECT site, COUNT(*) AS number FROM card WHERE retired_at IS NULL AND site IS NOT NULL AND site <> '' GROUP BY site")
        {
            roster.cards[Place(site: try row.required("site")).key] = Int(row.integer("number") ?? 0)
        }
        for row in try transaction.rows("SELECT id, address FROM card WHERE retired_at IS NULL AND (site IS NULL OR site = '')") {
            let place = Place(card: try row.required("id"), name: "", site: nil, address: try row.required("address"))
            roster.cards[place.key, default: 0] += 1
        }
        return roster
    }
}
