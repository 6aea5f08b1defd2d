import GRDB
import Telemetry

extension TelemetryBenchmark {
    /// The peer that needs no design: a row a sample, its key card, metric and time; a transaction a second.
    func measurePlainTable(_ farm: SimulatedFarm, _ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
                    CREATE TABLE sample (card INTEGER, metric INTEGER, at INTEGER, value REAL, PRIMARY KEY (card, metric, at)) WITHOUT ROWID;
                    """)
        }
        // An hour says enough: every row costs the same.
        let seconds = Int64(min(hours, 1)) * 3600
        let numbers = Dictionary(SimulatedFarm.metrics.enumerated().map { ($0.element.variable, $0.offset) }) { first, _ in first }
        var (count, cost) = (0, 0.0)
        for second in 0..<seconds {
            let samples = farm.samples(second: second)
            let begin = processorSeconds()
            try queue.write { database in
                let insert = try database.cachedStatement(sql: "INSERT INTO sample VALUES (?, ?, ?, ?)")
                for sample in samples {
                    for (variable, value) in sample.values {
                        try insert.execute(arguments: [sample.card, numbers[variable], sample.at, value])
                        count += 1
                    }
                }
            }
            cost += processorSeconds() - begin
        }
        let bytes = try queue.read {
            try Int.fetchOne($0, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0
        }
        print("plain table: \(text(Double(bytes) / Double(count))) bytes a sample, \(Int(Double(count) / cost)) samples a core-second")
    }
}
