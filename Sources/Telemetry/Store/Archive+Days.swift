import FoundationEssentials
import GRDB
import Logging

// From hours into days and summaries.

extension SampleArchive {
    /// How long after its end a day is summed up: late samples are still cheap then.
    static let grace: Int64 = 2 * .hour
    /// How much time the summaries by hour and by day in one row cover.
    static let hourlySpan: Int64 = 28 * .day
    static let dailySpan: Int64 = 364 * .day

    struct OpenDay: Sendable, Equatable {
        let card: Int64
        let day: Int64
    }

    /// What a day of a card becomes.
    private struct ClosedDay: Sendable {
        let samples: Int
        let change: Int
        /// Nil where the day has too many values for one block: its hours stay.
        let raw: [UInt8]?
        let hourly: [UInt8]
        let daily: [UInt8]
    }

    /// Sums up one day of one card that is over. Returns whether there was one.
    func closeSlice(now: Int64) async throws -> Bool {
        let over = now - .day - Self.grace
        let next = try await file.writer.read { database in
            try Row.fetchOne(database, sql: "SELECT card_id, day FROM open_day WHERE day <= ? ORDER BY day LIMIT 1", arguments: [over])
                .map { OpenDay(card: $0["card_id"], day: $0["day"]) }
        }
        guard let next else { return false }
        try await close(next)
        return true
    }

    /// Reading and packing disturb nobody: only this task changes blocks. The transaction writes what is ready.
    private func close(_ open: OpenDay) async throws {
        let logger = logger
        let closed = try await file.writer.read { try Self.sumUp(open, $0, logger) }
        try await file.writer.write { database in
            let card = open.card
            if let closed {
                if let raw = closed.raw {
                    try database.execute(
                        sql: "DELETE FROM raw WHERE card_id = ? AND start >= ? AND start < ?", arguments: [card, open.day, open.day + .day])
                    try database.execute(
                        sql: "INSERT INTO raw (card_id, start, samples, block) VALUES (?, ?, ?, ?)",
                        arguments: [card, open.day, closed.samples, raw.data])
                    try database.countSamples(closed.change)
                }
                try Self.put(closed.hourly, into: "hourly", card, open.day.floored(to: Self.hourlySpan), database)
                try Self.put(closed.daily, into: "daily", card, open.day.floored(to: Self.dailySpan), database)
            }
            try database.execute(sql: "DELETE FROM open_day WHERE card_id = ? AND day = ?", arguments: [card, open.day])
        }
    }

    private static func sumUp(_ open: OpenDay, _ database: Database, _ logger: Logger) throws -> ClosedDay? {
        let rows = try Row.fetchAll(
            database, sql: "SELECT samples, block FROM raw WHERE card_id = ? AND start >= ? AND start < ? ORDER BY start",
            arguments: [open.card, open.day, open.day + .day])
        let tables = rows.compactMap { readable($0["block"], of: open.card, logger) }
        let table = tables.reduce(SampleTable.empty) { $0.merged(with: $1) }
        guard !table.isEmpty else { return nil }
        let counted = rows.reduce(0) { $0 + ($1["samples"] as Int) }
        let fits = table.times.count <= SampleBlock.maximumRows / 2 && table.count <= SampleBlock.maximumValues / 2
        let hourly = SummaryColumns.table(of: table, step: .hour)
        let daily = SummaryColumns.table(of: table, step: .day)
        return ClosedDay(
            samples: table.count, change: table.count - counted, raw: fits ? SampleBlock.encode(table) : nil,
            hourly: try combine(hourly, into: "hourly", open.card, open.day.floored(to: hourlySpan), database, logger),
            daily: try combine(daily, into: "daily", open.card, open.day.floored(to: dailySpan), database, logger))
    }

    /// The summaries in place of those of the same times.
    private static func combine(
        _ new: SampleTable, into table: String, _ card: Int64, _ start: Int64, _ database: Database, _ logger: Logger
    ) throws -> [UInt8] {
        let old = try Row.fetchOne(
            database, sql: "SELECT block FROM \(table) WHERE card_id = ? AND start = ?", arguments: [card, start])
        return SampleBlock.encode(new.merged(with: old.flatMap { readable($0["block"], of: card, logger) } ?? .empty))
    }

    private static func put(_ block: [UInt8], into table: String, _ card: Int64, _ start: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO \(table) (card_id, start, block) VALUES (?, ?, ?)
                ON CONFLICT (card_id, start) DO UPDATE SET block = excluded.block
                """, arguments: [card, start, block.data])
    }
}
