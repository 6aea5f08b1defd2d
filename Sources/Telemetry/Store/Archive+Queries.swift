import FoundationEssentials
import GRDB
import Logging
import PowerDevice
import Synchronization

extension SampleArchive {
    /// Some metrics of a card over time.
    ///
    /// Steps are multiples of the step since 1970. The finest data that is kept answers, or the coarsest that has all that the steps ask for;
    /// days that it does not have come from the next. Samples that are not packed yet count too.
    package func history(_ request: HistoryRequest) async throws -> History {
        guard request.from < request.to else { return History(resolution: .raw, series: request.metrics.map { _ in [] }) }
        // Memory first: what is packed meanwhile is then found twice, not never.
        let (keys, head) = state.withLock { state in (request.metrics.map { state.keys[$0.rawValue] }, state.heads[request.card]) }
        let recent = SampleTable(head?.rows.rows ?? [])
        let logger = logger
        let hasLegacyRows = upkeepState.withLock { $0.hasLegacyRows }
        return try await file.writer.read { database in
            var reading = HistoryReading(request, keys: keys, database: database, logger: logger)
            try reading.run(recent, hasLegacyRows: hasLegacyRows)
            return reading.history
        }
    }

    /// All metrics that the card has values of, by name.
    package func metrics(of card: Int64) async throws -> [MetricSpan] {
        let (names, head) = state.withLock { ($0.names, $0.heads[card]) }
        let recent = SampleTable(head?.rows.rows ?? [])
        let logger = logger
        return try await file.writer.read { database in
            var spans = MetricSpans()
            for row in try Row.fetchAll(database, sql: "SELECT block FROM daily WHERE card_id = ?", arguments: [card]) {
                let table = Self.readable(row["block"], of: card, logger) ?? .empty
                for (key, column) in table.columns where key % 4 == 0 {
                    spans.add(SummaryColumns.metric(of: key), column, table.times)
                }
            }
            // The ends of what is summed up are exact where their samples are kept.
            var days = Set(try Int64.fetchAll(database, sql: "SELECT day FROM open_day WHERE card_id = ?", arguments: [card]))
            days.formUnion(spans.ends)
            for day in days.sorted() {
                let rows = try Row.fetchAll(
                    database, sql: "SELECT block FROM raw WHERE card_id = ? AND start >= ? AND start < ?",
                    arguments: [card, day, day + .day])
                for row in rows {
                    let table = Self.readable(row["block"], of: card, logger) ?? .empty
                    for (metric, column) in table.columns { spans.refine(metric, column, table.times) }
                }
            }
            for (metric, column) in recent.columns { spans.refine(metric, column, recent.times) }
            return spans.found.compactMap { metric, span in
                names[metric].map { MetricSpan(metric: Variable($0), first: span.first, last: span.last) }
            }.sorted { $0.metric < $1.metric }
        }
    }
}

/// Gathers between which times there are values.
private struct MetricSpans {
    private(set) var found: [Int: (first: Int64, last: Int64)] = [:]
    /// Metrics whose first or last time is that of a day, until a sample of the day is seen.
    private var coarse: [Int: (first: Int64, last: Int64)] = [:]

    var ends: Set<Int64> { Set(found.values.flatMap { [$0.first, $0.last] }) }

    mutating func add(_ metric: Int, _ column: SampleTable.Column, _ times: [Int64]) {
        guard let first = column.rows.first, let last = column.rows.last else { return }
        include(metric, times[Int(first)], times[Int(last)])
        coarse[metric] = found[metric]
    }

    mutating func refine(_ metric: Int, _ column: SampleTable.Column, _ times: [Int64]) {
        guard let first = column.rows.first.map({ times[Int($0)] }), let last = column.rows.last.map({ times[Int($0)] }) else { return }
        if let day = coarse[metric]?.first, let known = found[metric], known.first == day, first.floored(to: .day) == day {
            found[metric] = (first, max(known.last, first))
            coarse[metric]?.first = .min
        }
        include(metric, first, last)
    }

    private mutating func include(_ metric: Int, _ first: Int64, _ last: Int64) {
        let known = found[metric] ?? (first, last)
        found[metric] = (min(known.first, first), max(known.last, last))
    }
}

/// Makes an answer from the tables, a day or a block at a time.
private struct HistoryReading {
    private let request: HistoryRequest
    private let keys: [Int?]
    private let database: Database
    private let logger: Logger
    /// Steps count whole: they begin before what was asked for.
    private let range: Range<Int64>
    private var series: [StepSeries]
    private var used: Resolution = .raw
    private var covered: Set<Int64> = []

    init(_ request: HistoryRequest, keys: [Int?], database: Database, logger: Logger) {
        self.request = request
        self.keys = keys
        self.database = database
        self.logger = logger
        let begin = request.step == 0 ? request.from : request.from.floored(to: request.step)
        range = begin..<max(begin, request.to)
        series = keys.map { [range] _ in StepSeries(step: request.step, range: range) }
    }

    var history: History { History(resolution: used, series: series.map(\.points)) }

    mutating func run(_ recent: SampleTable, hasLegacyRows: Bool) throws {
        let open = Set(
            try Int64.fetchAll(
                database, sql: "SELECT day FROM open_day WHERE card_id = ? AND day > ? AND day < ?",
                arguments: [request.card, range.lowerBound - .day, range.upperBound]))
        let legacy = hasLegacyRows ? try legacyRows() : .empty
        switch request.resolution {
        case .raw:
            try addRaw(days: nil, merging: recent.merged(with: legacy))
            // A summary is no sample.
            guard request.step > 0 else { return }
            try addSummaries("hourly", span: SampleArchive.hourlySpan, .hourly, except: [])
            try addSummaries("daily", span: SampleArchive.dailySpan, .daily, except: [])
        case .hourly:
            try addSummaries("hourly", span: SampleArchive.hourlySpan, .hourly, except: open)
            try addRaw(days: open, merging: recent.merged(with: legacy))
            try addSummaries("daily", span: SampleArchive.dailySpan, .daily, except: open)
        case .daily:
            try addSummaries("daily", span: SampleArchive.dailySpan, .daily, except: open)
            try addRaw(days: open, merging: recent.merged(with: legacy))
            try addSummaries("hourly", span: SampleArchive.hourlySpan, .hourly, except: open)
        }
    }

    // MARK: - Samples

    /// Adds the samples of all days, or of some, and with them what is in no block yet.
    private mutating func addRaw(days: Set<Int64>?, merging recent: SampleTable) throws {
        let wanted = Set(keys.compactMap(\.self))
        let rows = try Row.fetchCursor(
            database, sql: "SELECT start, block FROM raw WHERE card_id = ? AND start > ? AND start < ? ORDER BY start",
            arguments: [request.card, range.lowerBound - .day, range.upperBound])
        var waiting = Dictionary(grouping: recent.times.indices, by: { recent.times[$0].floored(to: .day) })
        var (day, table) = (Int64.min, SampleTable.empty)
        while let row = try rows.next() {
            let start: Int64 = row["start"]
            guard days?.contains(start.floored(to: .day)) ?? true else { continue }
            if start.floored(to: .day) != day {
                add(table.merged(with: recent.part(waiting.removeValue(forKey: day))))
                (day, table) = (start.floored(to: .day), .empty)
                covered.insert(day)
            }
            let block = SampleArchive.readable(row["block"], of: request.card, only: wanted, logger)
            table = table.merged(with: block ?? .empty)
        }
        add(table.merged(with: recent.part(waiting.removeValue(forKey: day))))
        for indices in waiting.values { add(recent.part(indices)) }
    }

    private mutating func add(_ table: SampleTable) {
        for (index, key) in keys.enumerated() {
            guard let column = key.flatMap({ table.columns[$0] }) else { continue }
            for (row, value) in zip(column.rows, column.values) { series[index].add(value, at: table.times[Int(row)]) }
        }
    }

    /// Rows of earlier versions that are not moved yet.
    private func legacyRows() throws -> SampleTable {
        let rows = try Row.fetchAll(
            database, sql: "SELECT at, packed FROM sample WHERE card_id = ? AND at >= ? AND at < ? ORDER BY at",
            arguments: [request.card, range.lowerBound, range.upperBound])
        return SampleTable(rows.map { SampleRow(at: $0["at"], values: LegacyRow.values(in: Array($0["packed"] as Data))) })
    }

    // MARK: - Summaries

    /// Adds the summaries of days that nothing else has answered for.
    private mutating func addSummaries(_ table: String, span: Int64, _ resolution: Resolution, except open: Set<Int64>) throws {
        let firstDay = range.lowerBound.floored(to: .day)
        guard !(stride(from: firstDay, to: range.upperBound, by: Int64.Stride(Int64.day)).allSatisfy { covered.contains($0) }) else {
            return
        }
        let wanted = Set(keys.compactMap(\.self).flatMap { SummaryColumns.keys(of: $0) })
        let rows = try Row.fetchCursor(
            database, sql: "SELECT block FROM \(table) WHERE card_id = ? AND start > ? AND start < ? ORDER BY start",
            arguments: [request.card, range.lowerBound - span, range.upperBound])
        var answered: Set<Int64> = []
        while let row = try rows.next() {
            guard let block = SampleArchive.readable(row["block"], of: request.card, only: wanted, logger) else { continue }
            for (index, key) in keys.enumerated() {
                guard let key else { continue }
                for (at, summary) in SummaryColumns.read(block, key) {
                    let day = at.floored(to: .day)
                    guard !open.contains(day), !covered.contains(day), range.contains(at) else { continue }
                    series[index].add(summary, at: at)
                    answered.insert(day)
                }
            }
        }
        covered.formUnion(answered)
        if !answered.isEmpty { used = max(used, resolution) }
    }
}

extension SampleTable {
    /// Some of the rows, given by their numbers.
    fileprivate func part(_ rows: [Int]?) -> SampleTable {
        guard let rows, !rows.isEmpty else { return .empty }
        let numbers = Dictionary(rows.enumerated().map { (Int32($0.element), Int32($0.offset)) }) { first, _ in first }
        let columns = columns.mapValues { column -> Column in
            var part = Column()
            for (row, value) in zip(column.rows, column.values) {
                guard let number = numbers[row] else { continue }
                part.rows.append(number)
                part.values.append(value)
            }
            return part
        }
        return SampleTable(times: rows.map { times[$0] }, columns: columns)
    }
}
