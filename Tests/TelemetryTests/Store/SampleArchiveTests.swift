import FoundationEssentials
import GRDB
import Logging
import PowerDevice
import Synchronization
import Testing

@testable import Telemetry

/// A second of the archive's steady clock, moved by hand.
final class HandClock: Sendable {
    private let seconds = Mutex(0.0)
    var now: Double { seconds.withLock { $0 } }
    func advance(_ by: Double) { seconds.withLock { $0 += by } }
}

/// A directory that is gone after the test.
func withDirectory(_ body: (String) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "archive-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await body("\(path)/telemetry.sqlite")
}

func openArchive(_ path: String, now: Int64 = 0, clock: HandClock = HandClock()) throws -> SampleArchive {
    try SampleArchive(path: path, now: now, uptime: { clock.now }, logger: Logger(label: "test"))
}

struct SampleArchiveTests {
    /// A Tuesday at midnight, UTC.
    static let start: Int64 = 1_700_006_400_000

    static func samples(_ count: Int, card: Int64 = 1, every: Int64 = 10_000, from: Int64 = start) -> [Sample] {
        (0..<count).map { index in
            Sample(card: card, at: from + Int64(index) * every, values: [.load: 20 + Double(index % 50) / 10, .batteryCharge: 100])
        }
    }

    private func all(_ archive: SampleArchive, card: Int64 = 1, metric: Variable = .load) async throws -> [HistoryPoint] {
        try await archive.history(.init(card: card, metrics: [metric], from: -1_000_000_000_000, to: 9_000_000_000_000, step: 0)).series[0]
    }

    @Test func aSampleCanBeReadAtOnceAndAfterPacking() async throws {
        let archive = try SampleArchive()
        let samples = Self.samples(1000)
        try await archive.append(samples)
        let fresh = try await all(archive)
        #expect(fresh.map(\.average) == samples.map { $0.values[.load] })
        try await archive.packAll()
        #expect(archive.waiting == 0)
        let packed = try await all(archive)
        #expect(packed == fresh)
        let size = try await archive.size()
        #expect(size.samples == 2000)
    }

    @Test func whatWasInTheJournalComesBackWithoutLossOrDoubles() async throws {
        try await withDirectory { path in
            let samples = Self.samples(500) + Self.samples(500, card: 2)
            // Nothing is closed in order: each archive is left as by a kill.
            for chunk in 0..<10 {
                let archive = try openArchive(path)
                try await archive.append(Array(samples[chunk * 100..<(chunk + 1) * 100]))
                if chunk % 3 == 2 { try await archive.packAll() }
            }
            let archive = try openArchive(path)
            let points = try await (all(archive), all(archive, card: 2))
            #expect(points.0.count == 500 && points.1.count == 500)
            #expect(Set(points.0.map(\.at)).count == 500)
            try await archive.packAll()
            let size = try await archive.size()
            #expect(size.samples == 2000)
        }
    }

    @Test func lateEarlyAndDoubleSamplesAreAllKeptOnce() async throws {
        let archive = try SampleArchive()
        let times = [0, 10, 20, 5, 20, -86_400_000, 1_000_000_000_000, 15, 86_400_000, 5].map { Self.start + Int64($0) }
        for (index, at) in times.enumerated() {
            try await archive.append([Sample(card: 1, at: at, values: [.load: Double(index)])])
            if index % 3 == 0 { try await archive.packAll() }
        }
        try await archive.packAll()
        let points = try await all(archive)
        #expect(points.map(\.at) == Set(times).sorted())
        #expect(points.first { $0.at == Self.start + 20 }?.average == 2)
        #expect(points.first { $0.at == Self.start + 5 }?.average == 3)
    }

    @Test func statusAndFullPollOfOneMomentAddUp() async throws {
        let archive = try SampleArchive()
        try await archive.append([
            Sample(card: 1, at: Self.start, values: [.load: 1]), Sample(card: 1, at: Self.start, values: [.load: 2, .power: 3]),
        ])
        try await archive.packAll()
        #expect(try await all(archive).map(\.average) == [1])
        #expect(try await all(archive, metric: .power).map(\.average) == [3])
    }

    @Test func valuesKeepEveryDigit() async throws {
        let archive = try SampleArchive()
        let values = [0.123456789, .pi, 4_294_967_295, 1e300, -1e-300, 230.1, 9_007_199_254_740_992, -0.001]
        try await archive.append(
            values.enumerated().map { Sample(card: 1, at: Self.start + Int64($0.offset), values: [.load: $0.element, .power: 1]) })
        #expect(try await all(archive).map(\.average) == values)
        try await archive.packAll()
        #expect(try await all(archive).map(\.average) == values)
    }

    @Test func whatIsNoNumberIsNoSample() async throws {
        let archive = try SampleArchive()
        try await archive.append([Sample(card: 1, at: Self.start, values: [.load: .nan, .power: .infinity])])
        #expect(archive.waiting == 0)
    }

    @Test func closedDaysAreOneBlockWithSummaries() async throws {
        let archive = try SampleArchive()
        try await archive.append(Self.samples(8640 * 2))
        try await archive.packAll()
        let before = try await archive.history(
            .init(
                card: 1, metrics: [.load], from: Self.start, to: Self.start + 2 * .day, step: .hour))
        #expect(before.resolution == .raw)
        try await archive.upkeep(now: Self.start + 3 * .day, retention: .standard, share: .unlimited)
        let blocks = try await archive.file.writer.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM raw") }
        #expect(blocks == 2)
        let after = try await archive.history(.init(card: 1, metrics: [.load], from: Self.start, to: Self.start + 2 * .day, step: .hour))
        #expect(after.resolution == .hourly)
        #expect(after.series == before.series)
        let daily = try await archive.history(.init(card: 1, metrics: [.load], from: Self.start, to: Self.start + 2 * .day, step: .day))
        #expect(daily.resolution == .daily)
        #expect(daily.series[0].map(\.count) == [8640, 8640])
        let size = try await archive.size()
        #expect(size.samples == 8640 * 4)
    }

    @Test func lateSamplesOfAClosedDayCount() async throws {
        let archive = try SampleArchive()
        try await archive.append(Self.samples(8640))
        try await archive.packAll()
        try await archive.upkeep(now: Self.start + 2 * .day, retention: .standard, share: .unlimited)
        try await archive.append([Sample(card: 1, at: Self.start + 1, values: [.load: 1000])])
        try await archive.append([Sample(card: 1, at: Self.start + 5 * .hour + 1, values: [.load: 2000])])
        try await archive.packAll()
        for _ in 0..<2 {
            let request = HistoryRequest(card: 1, metrics: [.load], from: Self.start, to: Self.start + .day, step: .hour)
            let history = try await archive.history(request)
            #expect(history.series[0][0].maximum == 1000 && history.series[0][0].count == 361)
            #expect(history.series[0][5].maximum == 2000 && history.series[0][5].count == 361)
            try await archive.upkeep(now: Self.start + 2 * .day, retention: .standard, share: .unlimited)
        }
    }

    @Test func samplesOfTheFarFutureStandInNobodysWay() async throws {
        let archive = try SampleArchive()
        try await archive.append(Self.samples(10, from: Self.start + 400 * .day))
        try await archive.append(Self.samples(8640))
        try await archive.packAll()
        try await archive.upkeep(now: Self.start + 2 * .day, retention: .standard, share: .unlimited)
        try await archive.append(Self.samples(10, from: Self.start + 2 * .day))
        let request = HistoryRequest(card: 1, metrics: [.load], from: Self.start, to: Self.start + 3 * .day, step: .day)
        #expect(try await archive.history(request).series[0].map(\.count) == [8640, 10])
        #expect(try await all(archive).count == 8660)
    }
}
