import FoundationEssentials
import GRDB

// For benchmarks: where the bytes are, and files as a year makes them.

extension SampleArchive {
    /// What each part of the file holds, in bytes.
    package struct Parts: Sendable {
        package let raw: Int64
        package let hourly: Int64
        package let daily: Int64
        package let free: Int64
    }

    package func parts() async throws -> Parts {
        try await file.writer.read { database in
            func length(_ table: String) throws -> Int64 {
                try Int64.fetchOne(database, sql: "SELECT COALESCE(SUM(LENGTH(block)), 0) FROM \(table)") ?? 0
            }
            let free = try Int64.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
            let page = try Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 0
            return Parts(raw: try length("raw"), hourly: try length("hourly"), daily: try length("daily"), free: free * page)
        }
    }

    /// Writes summaries of 364 days, by hour and by day: `summary` gives sum, least, greatest and count of a metric's hour. All cards get the
    /// same, under the keys from 1 on.
    package func fillYear(cards: Int, start: Int64, metrics: Int, summary: (Int, Int64) -> [Double]) async throws {
        let hourly = (0..<13 as Range<Int64>).map { period in
            block(hours: period * 672..<(period + 1) * 672, every: 1, start, metrics, summary)
        }
        let daily = block(hours: 0..<364 * 24, every: 24, start, metrics, summary)
        for card in 1...Int64(cards) {
            try await file.writer.write { database in
                for (period, block) in hourly.enumerated() {
                    let at = (start + Int64(period) * Self.hourlySpan).floored(to: Self.hourlySpan)
                    try database.execute(sql: "INSERT INTO hourly VALUES (?, ?, ?)", arguments: [card, at, block.data])
                }
                try database.execute(
                    sql: "INSERT INTO daily VALUES (?, ?, ?)", arguments: [card, start.floored(to: Self.dailySpan), daily.data])
            }
        }
    }

    private func block(
        hours: Range<Int64>, every step: Int64.Stride, _ start: Int64, _ metrics: Int, _ summary: (Int, Int64) -> [Double]
    ) -> [UInt8] {
        let rows = stride(from: hours.lowerBound, to: hours.upperBound, by: step).map { hour in
            SampleRow(
                at: start + hour * .hour,
                values: (0..<metrics).flatMap { metric in
                    summary(metric, hour).enumerated().map { (key: (metric + 1) * 4 + $0.offset, value: $0.element) }
                })
        }
        return SampleBlock.encode(SampleTable(rows))
    }
}
