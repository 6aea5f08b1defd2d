import FoundationEssentials
import PowerDevice

/// The history of all readings, in a database file of its own: one packed row a card and moment.
struct TelemetryStore: Sendable {
    static let migrations = [
        Migration(
            name: "0001 samples",
            statements: [
                "CREATE TABLE sequence (kind TEXT PRIMARY KEY, last BIGINT NOT NULL)",
                "CREATE TABLE metric (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
                "CREATE TABLE sample (card_id BIGINT NOT NULL, at BIGINT NOT NULL, packed BLOB NOT NULL, PRIMARY KEY (card_id, at))",
            ])
    ]

    struct Sample: Sendable {
        let card: Int64
        let at: Date
        let readings: [Variable: Double]
    }

    struct Point: Encodable, Sendable, Equatable {
        let at: Date
        let avg: Double
        let min: Double
        let max: Double
    }

    let database: FleetDatabase

    func append(_ samples: [Sample]) async throws {
        guard !samples.isEmpty else { return }
        try await database.write { transaction in
            var keys = try Self.metricKeys(transaction)
            for sample in samples {
                var values: [(metric: Int64, value: Double)] = []
                for (variable, value) in sample.readings.sorted(by: { $0.key < $1.key }) {
                    values.append((try Self.key(of: variable, &keys, transaction), value))
                }
                try transaction.execute(
                    "INSERT INTO sample (card_id, at, packed) VALUES (?, ?, ?) ON CONFLICT (card_id, at) DO UPDATE SET packed = excluded.packed",
                    [.integer(sample.card), SQLValue(sample.at), .blob(SampleCodec.pack(values))])
            }
        }
    }

    /// One variable of one card over time, a point for each `step` in which there is a sample. Where there is none, there is no point.
    func history(card: Int64, variable: Variable, from: Date, to: Date, step: TimeInterval) async throws -> [Point] {
        try await database.read { transaction in
            let metric = try transaction.row("SELECT id FROM metric WHERE name = ?", [.text(variable.rawValue)])
            guard let key = metric?.integer("id") else { return [] }
            let rows = try transaction.rows(
                "SELECT at, packed FROM sample WHERE card_id = ? AND at >= ? AND at < ? ORDER BY at",
                [.integer(card), SQLValue(from), SQLValue(to)])
            var series = SeriesReduction(from: from, step: step)
            for row in rows {
                guard let value = SampleCodec.value(of: key, in: row.blob("packed") ?? []) else { continue }
                series.add(value, at: try row.requiredDate("at"))
            }
            return series.finish()
        }
    }

    /// Forgets what is older than `limit`.
    func expire(before limit: Date) async throws {
        try await database.write { try $0.execute("DELETE FROM sample WHERE at < ?", [SQLValue(limit)]) }
    }

    private static func metricKeys(_ transaction: SQLTransaction) throws -> [String: Int64] {
        let rows = try transaction.rows("SELECT id, name FROM metric")
        return try Dictionary(uniqueKeysWithValues: rows.map { (try $0.required("name"), try $0.required("id")) })
    }

    private static func key(of variable: Variable, _ keys: inout [String: Int64], _ transaction: SQLTransaction) throws -> Int64 {
        if let key = keys[variable.rawValue] { return key }
        let key = try transaction.nextKey(for: "metric")
        try transaction.execute("INSERT INTO metric (id, name) VALUES (?, ?)", [.integer(key), .text(variable.rawValue)])
        keys[variable.rawValue] = key
        return key
    }
}

/// Reduces samples in the order of time to one point a step.
struct SeriesReduction {
    private let from: Date
    private let step: TimeInterval
    private var points: [TelemetryStore.Point] = []
    private var current: (index: Int, sum: Double, count: Int, min: Double, max: Double)?

    init(from: Date, step: TimeInterval) {
        self.from = from
        self.step = step
    }

    mutating func add(_ value: Double, at date: Date) {
        let index = Int((date.timeIntervalSince(from) / step).rounded(.down))
        if let open = current, open.index == index {
            current = (index, open.sum + value, open.count + 1, Swift.min(open.min, value), Swift.max(open.max, value))
        } else {
            close()
            current = (index, value, 1, value, value)
        }
    }

    mutating func finish() -> [TelemetryStore.Point] {
        close()
        return points
    }

    private mutating func close() {
        guard let open = current else { return }
        let at = from.addingTimeInterval(Double(open.index) * step)
        let average = (open.sum / Double(open.count) * 1000).rounded() / 1000
        points.append(.init(at: at, avg: average, min: open.min, max: open.max))
        current = nil
    }
}
