import FoundationEssentials
import PowerDevice

/// What the poller learnt, written a batch at a time; and the alarms that came and went with it.
struct CardStatusStore: Sendable {
    struct Change: Sendable {
        let card: Int64
        let at: Date
        let status: CardStatus
        /// The alarms now active; nil leaves the alarms as they are: the card did not answer.
        var alarms: Set<Alarm>?
        /// Until when the answer tells the card's status, by the `SteadyClock`; nil where the status claims nothing.
        var freshUntil: Date? = SteadyClock.process.now.addingTimeInterval(PollIntervals.leastFreshness)
        /// The card answered as before: only the times are new.
        var isTimeOnly = false
    }

    struct AlarmEdge: Sendable, Equatable {
        let card: Int64
        let at: Date
        let alarm: Alarm
        let isActive: Bool
    }

    let database: FleetDatabase

    /// At the start nothing is known: no status of an earlier run may look fresh. Cards that other servers poll are left alone.
    func forgetStatus(of shards: Set<Int> = Set(0..<PollShards.count)) async throws {
        guard !shards.isEmpty else { return }
        let list = shards.sorted().map(String.init).joined(separator: ", ")
        try await database.write { transaction in
            try transaction.execute(
                """
                UPDATE card_status SET status = 'unknown', problem = ?, warnings = NULL, fresh_until = NULL
                WHERE card_id % \(PollShards.count) IN (\(list))
                """, [SQLValue(CardStatus.unknown.problem)])
        }
    }

    /// Writes the batch, and returns the alarms that it raised and cleared.
    func record(_ changes: [Change]) async throws -> [AlarmEdge] { try await record(changes, known: [:]).edges }

    /// Writes the batch in one transaction, and returns the alarms that it raised and cleared, and which are active now.
    ///
    /// - Parameter known: the active alarms as they were stored; those of other cards are looked up.
    func record(
        _ changes: [Change], known: [Int64: Set<Alarm>]
    ) async throws -> (edges: [AlarmEdge], active: [Int64: Set<Alarm>]) {
        try await database.write { transaction in
            var edges: [AlarmEdge] = []
            var active: [Int64: Set<Alarm>] = [:]
            for change in changes {
                if try !change.isTimeOnly || !Self.touch(change, transaction) { try Self.write(change, transaction) }
                guard let alarms = change.alarms else { continue }
                let before = try known[change.card] ?? Self.activeAlarms(of: change.card, transaction)
                active[change.card] = alarms
                if before != alarms { edges += try Self.update(alarms, before, change, transaction) }
            }
            return (edges, active)
        }
    }

    /// False if something else is stored than this server knows of, as by another that polled the card meanwhile.
    private static func touch(_ change: Change, _ transaction: SQLTransaction) throws -> Bool {
        let status = change.status
        return try transaction.row(
            """
            UPDATE card_status SET last_seen = ?, readings_at = ?, fresh_until = ?
            WHERE card_id = ? AND status = ? AND alarm_count = ? RETURNING card_id
            """,
            [
                SQLValue(status.lastSeen), SQLValue(status.readingsAt), SQLValue(change.freshUntil), .integer(change.card),
                .text(status.status.rawValue), SQLValue(status.alarmCount),
            ]) != nil
    }

    private static func write(_ change: Change, _ transaction: SQLTransaction) throws {
        let status = change.status
        try transaction.execute(
            """
            UPDATE card_status SET status = ?, problem = ?, warnings = ?, output_source = ?, battery_status = ?, transfer = ?, last_seen = ?,
              alarm_count = ?, readings_at = ?, readings = ?, fresh_until = ?, load_percent = ?, charge_percent = ?, runtime_seconds = ?
            WHERE card_id = ?
            """,
            [
                .text(status.status.rawValue), SQLValue(status.problem), SQLValue(try warnings(status)),
                SQLValue(status.outputSource?.rawValue),
                SQLValue(status.batteryStatus?.rawValue), SQLValue(try status.transfer.map { try JSONCoding.text($0) }),
                SQLValue(status.lastSeen), SQLValue(status.alarmCount),
                SQLValue(status.readingsAt), .text(ReadingsText.write(status.readings)), SQLValue(change.freshUntil),
                SQLValue(status.readings[.load]), SQLValue(status.readings[.batteryCharge]), SQLValue(status.readings[.batteryRuntime]),
                .integer(change.card),
            ])
    }

    /// Nil where there are none, as nearly everywhere.
    private static func warnings(_ status: CardStatus) throws -> String? {
        status.warnings.isEmpty ? nil : try JSONCoding.text(status.warnings)
    }

    private static func activeAlarms(of card: Int64, _ transaction: SQLTransaction) throws -> Set<Alarm> {
        let rows = try transaction.rows(
            "SELECT name, title, severity FROM alarm WHERE card_id = ? AND cleared_at IS NULL", [.integer(card)])
        return Set(try rows.map(Alarm.init))
    }

    private static func update(
        _ alarms: Set<Alarm>, _ before: Set<Alarm>, _ change: Change, _ transaction: SQLTransaction
    ) throws -> [AlarmEdge] {
        let at = SQLValue(change.at)
        for alarm in alarms.subtracting(before) {
            try transaction.execute(
                "INSERT INTO alarm (card_id, name, title, severity, since) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [.integer(change.card), .text(alarm.name), .text(alarm.title), .text(alarm.severity.rawValue), at])
        }
        for alarm in before.subtracting(alarms) {
            try transaction.execute(
                "UPDATE alarm SET cleared_at = ? WHERE card_id = ? AND name = ? AND cleared_at IS NULL",
                [at, .integer(change.card), .text(alarm.name)])
        }
        return alarms.subtracting(before).map { AlarmEdge(card: change.card, at: change.at, alarm: $0, isActive: true) }
            + before.subtracting(alarms).map { AlarmEdge(card: change.card, at: change.at, alarm: $0, isActive: false) }
    }
}

extension Alarm {
    init(_ row: SQLRow) throws {
        self.init(
            try row.required("name"), try row.required("title"), Severity(rawValue: try row.required("severity")) ?? .warning)
    }
}

/// An alarm of a card as the API shows it.
struct AlarmResource: Encodable, Sendable {
    let name: String
    let title: String
    let severity: Severity
    let since: Date
    @Nullable var clearedAt: Date?
}

extension CardStatusStore {
    /// The card's alarms, active ones first, then the newest first.
    func alarms(of card: Int64, activeOnly: Bool, offset: Int64 = 0, limit: Int) async throws -> [AlarmResource] {
        try await database.read { transaction in
            try transaction.rows(
                """
                SELECT * FROM alarm WHERE card_id = ? AND (cleared_at IS NULL OR ? = 0)
                ORDER BY CASE WHEN cleared_at IS NULL THEN 0 ELSE 1 END, since DESC, name LIMIT \(limit) OFFSET \(offset)
                """, [.integer(card), SQLValue(activeOnly)]
            ).map { row in
                let alarm = try Alarm(row)
                return AlarmResource(
                    name: alarm.name, title: alarm.title, severity: alarm.severity, since: try row.requiredDate("since"),
                    clearedAt: row.date("cleared_at"))
            }
        }
    }
}
