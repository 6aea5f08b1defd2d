import FoundationEssentials
import GRDB
import PowerDevice
import Synchronization
import Testing

@testable import Telemetry

/// What the archive does when its file does not do what it should.
struct ArchiveFailureTests {
    private let start = SampleArchiveTests.start

    private func count(_ archive: SampleArchive) async throws -> Int {
        try await archive.history(.init(card: 1, metrics: [.load], from: 0, to: start + 10 * .day, step: 0)).series[0].count
    }

    /// SQLite itself refuses more pages: as if the disk were full.
    private func limit(_ archive: SampleArchive, toPages pages: Int?) async throws {
        try await archive.file.writer.writeWithoutTransaction { database in
            let now = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(pages ?? now)")
        }
    }

    @Test func samplesWaitWhileTheDiskIsFullAndAreWrittenWhenItIsNot() async throws {
        try await withDirectory { path in
            let archive = try openArchive(path)
            let samples = SampleArchiveTests.samples(3000)
            try await archive.append(Array(samples[..<100]))
            try await limit(archive, toPages: nil)
            var failures = 0
            for index in 1..<20 {
                do { try await archive.append(Array(samples[index * 100..<(index + 1) * 100])) } catch { failures += 1 }
            }
            #expect(failures > 5)
            #expect(try await count(archive) == 2000)
            try await limit(archive, toPages: 1_000_000)
            try await archive.append(Array(samples[2000...]))
            #expect(archive.lost == 0)
            // As after a kill: all that waited is in the file.
            let again = try openArchive(path)
            #expect(try await count(again) == 3000)
            try await again.packAll()
            #expect(try await count(again) == 3000)
        }
    }

    @Test func whatMemoryCannotHoldIsLostAndCounted() async throws {
        let archive = try SampleArchive()
        archive.state.withLock { $0.capacity = 1000 }
        try await archive.append(SampleArchiveTests.samples(2000))
        #expect(archive.lost > 0)
        #expect(Int(archive.lost) + archive.waiting == 4000)
        try await archive.packAll()
        try await archive.append(SampleArchiveTests.samples(10, from: start + .day))
        #expect(archive.waiting == 20)
    }

    @Test(arguments: [0, 100, 5000]) func aDamagedFileIsSetAside(offset: Int) async throws {
        try await withDirectory { path in
            try await openArchive(path).append(SampleArchiveTests.samples(1000))
            var bytes = try Data(contentsOf: URL(filePath: path))
            try? FileManager.default.removeItem(atPath: path + "-wal")
            try? FileManager.default.removeItem(atPath: path + "-shm")
            for index in offset..<min(bytes.count, offset + 3000) { bytes[index] = 0xA5 }
            try bytes.write(to: URL(filePath: path))
            let archive = try openArchive(path, now: 1_700_000_000_000)
            try await archive.append(SampleArchiveTests.samples(10))
            #expect(try await count(archive) >= 10)
            #expect(FileManager.default.fileExists(atPath: path + ".damaged-1700000000") || offset > 0)
        }
    }

    @Test func aKillWithinAnyTransactionLosesNothing() async throws {
        try await withDirectory { path in
            let samples = SampleArchiveTests.samples(2000)
            try await openArchive(path).append(samples)
            // The state before a transaction is what a kill within it leaves: copies of the file between all of them.
            let archive = try openArchive(path)
            var stages = 0
            while try await archive.packSlice(all: true) {
                stages += 1
                let copy = "\(path).copy\(stages)"
                try await archive.file.writer.barrierWriteWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [copy]) }
                let copied = try openArchive(copy)
                #expect(try await count(copied) == 2000)
                try await copied.packAll()
                #expect(try await count(copied) == 2000)
            }
            #expect(stages > 0)
        }
    }

    @Test func rowsOfTheFirstVersionAreMovedWithoutLoss() async throws {
        try await withDirectory { path in
            let archive = try openArchive(path)
            try await archive.file.writer.write { database in
                try database.execute(sql: "INSERT INTO metric (id, name) VALUES (1, 'ups.load'), (2, 'battery.charge')")
                for index in 0..<1000 {
                    // 1: 12.34 + index / 100, 2: 100.
                    var writer = ByteWriter()
                    writer.append(varint: 1)
                    writer.append(zigzag: Int64(1234 + index))
                    writer.append(varint: 2)
                    writer.append(zigzag: 10_000)
                    try database.execute(
                        sql: "INSERT INTO sample (card_id, at, packed) VALUES (1, ?, ?)",
                        arguments: [start + Int64(index) * 10_000, writer.bytes.data])
                }
            }
            let opened = try openArchive(path)
            #expect(try await count(opened) == 1000)
            try await opened.upkeep(now: start + .hour, retention: .standard, share: UpkeepShare(packing: 1, days: 1))
            #expect(try await count(opened) == 1000)
            try await opened.upkeep(now: start + .day, retention: .standard, share: .unlimited)
            let rest = try await opened.file.writer.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM sample") }
            #expect(rest == 0)
            let points = try await opened.history(.init(card: 1, metrics: [.load], from: start, to: start + .day, step: 0)).series[0]
            #expect(points.map(\.average) == (0..<1000).map { Double(1234 + $0) / 100 })
        }
    }

    @Test func theFileGivesFreedPagesBack() async throws {
        try await withDirectory { path in
            let archive = try openArchive(path)
            var random = Generator(seed: 9)
            for day in 0..<3 as Range<Int64> {
                for card in 1...4 as ClosedRange<Int64> {
                    try await archive.append(
                        (0..<8640).map { index in
                            Sample(
                                card: card, at: start + day * .day + Int64(index) * 10_000,
                                values: [.load: Double(Int.random(in: 0...100_000, using: &random))])
                        })
                }
                try await archive.packAll()
            }
            try await archive.upkeep(now: start + 4 * .day, retention: .standard, share: .unlimited)
            let full = try await archive.size().bytes
            let short = Retention(rawDays: 1, hourlyDays: 730, dailyDays: 3650)
            for day in 5...8 as ClosedRange<Int64> {
                archive.upkeepState.withLock { $0.retentionDue = 0 }
                try await archive.upkeep(now: start + day * .day, retention: short, share: .unlimited)
            }
            try await archive.file.writer.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            let size = try await archive.size()
            #expect(size.bytes < full / 2)
            #expect(size.samples == 0)
            let request = HistoryRequest(card: 1, metrics: [.load], from: start, to: start + 3 * .day, step: .day)
            #expect(try await archive.history(request).series[0].map(\.count) == [8640, 8640, 8640])
        }
    }
}

struct RetentionClockTests {
    @Test func followsTheTimeOfDayButDoubtsLeaps() {
        var clock = RetentionClock(believed: 0)
        clock.advance(to: .hour, uptime: 0)
        #expect(clock.believed == .hour)
        clock.advance(to: 365 * .day, uptime: 10)
        clock.advance(to: 365 * .day + .hour, uptime: 3610)
        #expect(clock.believed == .hour)
        clock.advance(to: 2 * .hour, uptime: 7200)
        #expect(clock.believed == 2 * .hour)
        clock.advance(to: 100 * .day, uptime: 8000)
        clock.advance(to: 101 * .day, uptime: 8000 + 86_400)
        #expect(clock.believed == 101 * .day)
    }
}

extension RetentionClockTests {
    /// Off for three days, and then restarted every eight hours.
    @Test func aLeapIsBelievedAfterADayInSeveralRuns() {
        var clock = RetentionClock(believed: 0)
        for run in 1...3 as ClosedRange<Int64> {
            clock = RetentionClock(believed: clock.believed, doubted: clock.doubted)
            #expect(clock.believed == 0)
            clock.advance(to: 3 * .day + run * 8 * .hour, uptime: 5)
            clock.advance(to: 3 * .day + (run + 1) * 8 * .hour, uptime: 5 + 8 * 3600)
        }
        #expect(clock.believed == 4 * .day + 8 * .hour && clock.doubted == 0)
    }

    @Test func theDoubtIsStored() async throws {
        try await withDirectory { path in
            let start = SampleArchiveTests.start
            let retention = Retention(rawDays: 1, hourlyDays: 730, dailyDays: 3650)
            let first = try openArchive(path, now: start)
            try await first.append(SampleArchiveTests.samples(100))
            try await first.packAll()
            try await first.upkeep(now: start + .hour, retention: retention, share: .unlimited)
            for run in 0..<3 as Range<Int64> {
                let clock = HandClock()
                let archive = try openArchive(path, now: start + 10 * .day, clock: clock)
                for hour in 0...9 as ClosedRange<Int64> {
                    try await archive.upkeep(
                        now: start + 10 * .day + (run * 10 + hour) * .hour, retention: retention, share: .unlimited)
                    clock.advance(3600)
                }
            }
            let last = try openArchive(path, now: start + 12 * .day)
            let request = HistoryRequest(card: 1, metrics: [.load], from: start, to: start + .day, step: 0)
            #expect(try await last.history(request).series[0].isEmpty, "forgotten, and no average is told as a sample")
            let hours = HistoryRequest(card: 1, metrics: [.load], from: start, to: start + .day, step: .hour)
            #expect(try await last.history(hours).series[0].map(\.count) == [100])
        }
    }
}

struct YearTests {
    /// A year of a card with three values every ten minutes, with the daily round of the upkeep; then as charts want it.
    @Test func aYearIsDrawnFromSummaries() async throws {
        let clock = HandClock()
        let archive = try SampleArchive(uptime: { clock.now })
        let start = SampleArchiveTests.start
        for day in 0..<365 as Range<Int64> {
            try await archive.append(
                (0..<144).map { index in
                    let at = start + day * .day + Int64(index) * 600_000
                    return Sample(
                        card: 1, at: at, values: [.load: Double(day), .batteryCharge: 100, .batteryVoltage: 27 + Double(index) / 100])
                })
            try await archive.packAll()
            clock.advance(86_400)
            try await archive.upkeep(now: start + (day + 1) * .day + 3 * .hour, retention: .standard, share: .unlimited)
        }
        let end = start + 365 * .day
        let days = try await archive.history(.init(card: 1, metrics: [.load, .batteryVoltage], from: start, to: end, step: .day))
        #expect(days.resolution == .daily)
        #expect(days.series[0].map(\.average) == (0..<365).map(Double.init))
        #expect(days.series[1].allSatisfy { $0.minimum == 27 && $0.maximum == 28.43 && $0.average == 27.715 })
        let hours = try await archive.history(.init(card: 1, metrics: [.load], from: start, to: end, step: 12 * .hour))
        #expect(hours.resolution == .hourly)
        #expect(hours.series[0].count == 730)
        // Of the samples only the last month is left: older steps come from the hours.
        let fine = try await archive.history(.init(card: 1, metrics: [.load], from: start, to: end, step: 1_800_000))
        #expect(fine.resolution == .hourly)
        let metrics = try await archive.metrics(of: 1)
        #expect(metrics.map(\.metric) == [.batteryCharge, .batteryVoltage, .load])
        #expect(metrics.allSatisfy { $0.first == start && $0.last == end - 600_000 })
        let size = try await archive.size()
        #expect((30 * 432)...(33 * 432) ~= Int(size.samples))
    }
}
