import FoundationEssentials
import Logging
import PowerDevice
import Testing

@testable import CardAgent

/// What becomes of the logs when the disk is full, or the file is broken.
struct LogFailureTests {
    private static let text = String(repeating: "a long line ", count: 40)

    @Test func aFullDiskLosesTheOldestAndTellsSoWhenItTakesAgain() async throws {
        let directory = try LogDirectory()
        let database = directory.open(.init(isKept: false, pendingLimit: 50, pageLimit: 40))
        let logs = CardLogs.test(database)
        let notices = Notices()
        notices.listen(to: logs)
        for number in 1...20 {
            for _ in 1...50 { logs.append(.information, Self.text, at: Int64(number), to: .deviceEvents) }
            await logs.flush()
        }
        let kept = try await logs.count(.deviceEvents)
        #expect(kept < 1000)
        #expect(notices.all.isEmpty)
        logs.clear(.deviceEvents)
        logs.append(event: 1)
        #expect(try await logs.texts(.whole) == ["event 1"])
        let losses = notices.all.compactMap { if case .lost(let count) = $0 { count } else { nil } }
        #expect(losses.count == 1)
        #expect(losses.first.map { $0 > 0 && $0 <= 1000 - kept } == true)
        await database.close()
    }

    @Test func aCardStartsThoughItsLogsCanNotBeOpened() async throws {
        let directory = try LogDirectory()
        let database = LogDatabase(
            path: "\(directory.path)/missing/card.sqlite", logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let logs = CardLogs.test(database)
        logs.append(event: 1)
        await #expect(throws: (any Error).self) { _ = try await logs.count(.cardEvents) }
        try FileManager.default.createDirectory(atPath: "\(directory.path)/missing", withIntermediateDirectories: true)
        #expect(try await logs.texts(.whole) == ["event 1"])
        await database.close()
    }

    @Test(arguments: [0, 100, 4096 * 3])
    func aDamagedFileIsSetAsideAndTold(_ offset: Int) async throws {
        let directory = try LogDirectory()
        let first = directory.open()
        let before = CardLogs.test(first)
        for number in 1...2000 { before.append(event: number) }
        await first.close()
        var bytes = try Data(contentsOf: URL(filePath: directory.file))
        for index in offset..<min(bytes.count, offset + 3000) { bytes[index] = 0xA5 }
        try bytes.write(to: URL(filePath: directory.file))

        let second = directory.open()
        let logs = CardLogs.test(second)
        let notices = Notices()
        notices.listen(to: logs)
        logs.append(event: 1)
        #expect(try await logs.texts(.whole) == ["event 1"])
        #expect(notices.all == [.damaged])
        #expect(FileManager.default.fileExists(atPath: directory.file + ".damaged"))
        await second.close()
    }

    @Test func aFileThatIsSomethingElseIsSetAside() async throws {
        let directory = try LogDirectory()
        try Data("this is no database, but a letter".utf8).write(to: URL(filePath: directory.file))
        let database = directory.open()
        let logs = CardLogs.test(database)
        logs.append(event: 1)
        #expect(try await logs.count(.cardEvents) == 1)
        #expect(try Data(contentsOf: URL(filePath: directory.file + ".damaged")).count == 33)
        await database.close()
    }
}
