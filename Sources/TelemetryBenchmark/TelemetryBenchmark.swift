import ArgumentParser
import Foundation
import Logging
import PowerDevice
import Telemetry

/// The history, measured beside an SQLite table with a row a sample; `--export` writes the same samples for other stores.
/// `bin/bench-telemetry` runs it beside Prometheus and VictoriaMetrics; docs/benchmarks.md has the results.
@main
struct TelemetryBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "TelemetryBenchmark", abstract: "Measures the history: bytes a sample, samples a core-second, time of a query.")

    @Option(help: "Cards whose polls are recorded.") var cards = 200
    @Option(help: "Hours of polls, status every 10 s, everything every 60 s.") var hours = 50
    @Option(help: "Cards that have a year of summaries in the file in which queries are timed.") var yearCards = 2000
    @Option(help: "Where the files are made.") var directory = FileManager.default.temporaryDirectory.path
    @Option(help: "Write the samples of so many cards as OpenMetrics text to this file, and do nothing else.") var export: String?

    func run() async throws {
        let farm = SimulatedFarm(cards: cards, hours: hours)
        if let export { return try farm.export(to: export) }
        let folder = URL(filePath: directory).appending(path: "telemetry-\(getpid())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        print("\(cards) cards, \(hours) h, status every 10 s, everything every 60 s: \(farm.sampleCount) samples")
        try await measureArchive(farm, "\(folder)/telemetry.sqlite")
        try measurePlainTable(farm, "\(folder)/plain.sqlite")
        try await measureYear("\(folder)/year.sqlite")
    }

    private func measureArchive(_ farm: SimulatedFarm, _ path: String) async throws {
        let clock = BenchmarkClock()
        let archive = try SampleArchive(path: path, now: farm.start, uptime: { clock.now }, logger: Logger(label: "benchmark"))
        var cost = (append: 0.0, upkeep: 0.0)
        var slowest = 0.0
        for second in stride(from: 0, to: Int64(hours) * 3600, by: 1) {
            let samples = farm.samples(second: second)
            clock.set(Double(second))
            let begin = processorSeconds()
            let at = ContinuousClock.now
            try await archive.append(samples)
            slowest = max(slowest, (ContinuousClock.now - at) / .seconds(1))
            let middle = processorSeconds()
            try await archive.upkeep(now: farm.start + second * 1000, retention: .standard)
            cost.append += middle - begin
            cost.upkeep += processorSeconds() - middle
        }
        let running = try await archive.size()
        let begin = processorSeconds()
        try await archive.packAll()
        try await archive.upkeep(now: farm.start + Int64(hours) * .hour + 3 * .day, retention: .standard, share: .unlimited)
        cost.upkeep += processorSeconds() - begin
        let size = try await archive.size()
        let parts = try await archive.parts()
        let count = Double(farm.sampleCount)
        print("archive: \(text(running.bytesPerSample)) bytes a sample while it runs, \(text(size.bytesPerSample)) when all is packed")
        print(
            "  of these: samples \(text(Double(parts.raw) / count)), summaries by hour \(text(Double(parts.hourly) / count)),"
                + " by day \(text(Double(parts.daily) / count)), free pages \(text(Double(parts.free) / count))")
        print(
            "  \(Int(count / cost.append)) samples a core-second appended, \(Int(count / (cost.append + cost.upkeep))) with packing and summing up"
        )
        print("  slowest append \(text(slowest * 1000)) ms")
        for (name, hours, step) in [("an hour, every sample", 1, 0), ("a day by minutes", 24, 60_000)] as [(String, Int64, Int64)] {
            let end = farm.start + Int64(self.hours) * .hour
            try await time(name, archive, from: end - hours * .hour, to: end, step: step, cards: cards)
        }
    }

    /// A year of summaries in which one series is drawn: with 12 h a step, 730 points.
    private func measureYear(_ path: String) async throws {
        let clock = BenchmarkClock()
        let farm = SimulatedFarm(cards: 1, hours: 1)
        let archive = try SampleArchive(path: path, now: farm.start, uptime: { clock.now }, logger: Logger(label: "benchmark"))
        // The metrics' names.
        try await archive.append((0..<60).flatMap { farm.samples(second: $0) })
        try await archive.fillYear(cards: yearCards, start: farm.start, metrics: SimulatedFarm.metrics.count) {
            farm.summary(metric: $0, hour: $1)
        }
        let size = try await archive.size()
        print("a year of \(yearCards) cards, \(SimulatedFarm.metrics.count) metrics, by hour: \(size.bytes >> 20) MiB")
        let end = farm.start + 364 * .day
        try await time("a year of a series, 728 points", archive, from: farm.start, to: end, step: 12 * .hour, cards: yearCards)
        try await time("a year of a series, 364 points", archive, from: farm.start, to: end, step: .day, cards: yearCards)
    }

    private func time(_ name: String, _ archive: SampleArchive, from: Int64, to: Int64, step: Int64, cards: Int) async throws {
        var times: [Double] = []
        var points = 0
        for index in 0..<50 {
            let card = Int64(index * 37 % cards + 1)
            let metric = SimulatedFarm.metrics[index % SimulatedFarm.metrics.count].variable
            let begin = ContinuousClock.now
            let history = try await archive.history(.init(card: card, metrics: [metric], from: from, to: to, step: step))
            times.append((ContinuousClock.now - begin) / .seconds(1))
            points = max(points, history.series[0].count)
        }
        times.sort()
        print("  \(name) (\(points) points): median \(text(times[25] * 1000)) ms, slowest of 50 \(text(times[49] * 1000)) ms")
    }
}

func text(_ value: Double?) -> String { value.map { String(format: "%.3g", $0) } ?? "-" }

/// Of the whole process, in user mode and in the kernel.
func processorSeconds() -> Double {
    var usage = rusage()
    getrusage(.init(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
}
