import Alarming
import FoundationEssentials
import PowerDevice

extension AlarmRuleStore {
    /// The alarms of rules that are active.
    struct OpenAlarms: Sendable {
        /// Names by card.
        var names: [Int64: Set<String>] = [:]
        /// Cards among them that are retired.
        var retired: Set<Int64> = []
    }

    func openAlarms() async throws -> OpenAlarms {
        try await database.read { transaction in
            let rows = try transaction.rows(
                """
                SELECT a.card_id, a.name, c.retired_at FROM alarm a JOIN card c ON c.id = a.card_id
                WHERE a.cleared_at IS NULL AND a.source = ?
                """, [.text(AlarmReport.Source.rule.rawValue)])
            var open = OpenAlarms()
            for row in rows {
                let card: Int64 = try row.required("card_id")
                open.names[card, default: []].insert(try row.required("name"))
                if row.integer("retired_at") != nil { open.retired.insert(card) }
            }
            return open
        }
    }

    /// How many cards have the alarm of each rule, by the alarm's name.
    func activeCounts() async throws -> [String: Int] {
        try await database.read { transaction in
            let rows = try transaction.rows(
                "SELECT name, COUNT(*) AS n FROM alarm WHERE cleared_at IS NULL AND source = ? GROUP BY name",
                [.text(AlarmReport.Source.rule.rawValue)])
            return Dictionary(try rows.map { (try $0.required("name"), Int(try $0.required("n", as: Int64.self))) }) { first, _ in first }
        }
    }

    /// What tells of a battery test, as an alarm.
    private static let testAlarms: [Alarm] = [.autoTestRunning, .batteryTestFailed]

    /// When each card's last battery test was, as far as its alarms or a poll have told.
    func batteryTests() async throws -> [Int64: Date] {
        try await database.read { transaction in
            let places = Self.testAlarms.map { _ in "?" }.joined(separator: ", ")
            let rows = try transaction.rows(
                """
                SELECT card_id, MAX(at) AS at FROM (
                  SELECT card_id, since AS at FROM alarm WHERE card_id IS NOT NULL AND name IN (\(places))
                  UNION ALL SELECT card_id, seen_at AS at FROM battery_test) AS tests GROUP BY card_id
                """, Self.testAlarms.map { .text($0.name) })
            return Dictionary(try rows.map { (try $0.required("card_id"), try $0.requiredDate("at")) }) { first, _ in first }
        }
    }

    /// Polls have seen these cards test their batteries.
    func noteTests(of cards: [Int64], at date: Date) async throws {
        try await database.write { transaction in
            for card in cards {
                try transaction.execute(
                    """
                    INSERT INTO battery_test (card_id, seen_at) SELECT id, CAST(? AS BIGINT) FROM card WHERE id = ?
                    ON CONFLICT (card_id) DO UPDATE SET seen_at = excluded.seen_at
                    """, [SQLValue(date), .integer(card)])
            }
        }
    }
}
