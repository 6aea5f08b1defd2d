import FoundationEssentials
import PowerDevice

/// What the poller learnt, written a batch at a time.
struct CardStatusStore: Sendable {
    struct Change: Sendable {
        let card: Int64
        let at: Date
        let status: CardStatus
        /// Until when the answer tells the card's status, by the `SteadyClock`; nil where the status claims nothing.
        var freshUntil: Date? = SteadyClock.process.now.addingTimeInterval(PollIntervals.leastFreshness)
        /// The card answered as before: only the times are new.
        var isTimeOnly = false
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

    /// Writes the batch in one transaction.
    func record(_ changes: [Change]) async throws {
        try await database.write { transaction in
            for change in changes where try !change.isTimeOnly || !Self.touch(change, transaction) {
                try Self.write(change, transaction)
            }
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
}
