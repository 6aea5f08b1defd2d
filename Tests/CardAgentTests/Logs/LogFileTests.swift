import GRDB
import PowerDevice
import Testing

@testable import CardAgent

/// A file that another program has made.
struct LogFileTests {
    private func file(_ directory: borrowing LogDirectory) -> LogFile { LogFile(path: directory.file, options: .init(isKept: false)) }

    @Test(arguments: LogKind.allCases)
    func aLogWithOtherColumnsIsMadeAnewAndTheOthersStay(_ kind: LogKind) async throws {
        let directory = try LogDirectory()
        let first = directory.open()
        let before = CardLogs.test(first)
        for kind in LogKind.allCases {
            if kind.holdsEvents {
                before.append(.information, "before", at: 1, to: kind)
            } else {
                before.append(LogSample(schema: .upsHistory, instant: 1, values: [1]), to: kind)
            }
        }
        await first.close()
        let writer = try file(directory).open().writer
        try await writer.write { database in
            try database.execute(sql: "UPDATE log_table SET columns = 'older' WHERE name = ?", arguments: [LogTable(kind).name])
        }
        try writer.close()

        let second = directory.open()
        let logs = CardLogs.test(second)
        let notices = Notices()
        notices.listen(to: logs)
        for other in LogKind.allCases { #expect(try await logs.count(other) == (other == kind ? 0 : 1)) }
        #expect(notices.all == [.recreated(kind)])
        await second.close()
    }

    @Test func aRecreatedLogCountsOn() async throws {
        let directory = try LogDirectory()
        let first = directory.open()
        for number in 1...5 { CardLogs.test(first).append(event: number) }
        await first.close()
        let writer = try file(directory).open().writer
        try await writer.write { try $0.execute(sql: "UPDATE log_table SET columns = 'older' WHERE name = 'card_event'") }
        try writer.close()
        let second = directory.open()
        let logs = CardLogs.test(second)
        logs.append(event: 6)
        #expect(try await logs.events(.cardEvents).records.map(\.sequence) == [6])
        await second.close()
    }

    @Test func writesAheadAndSurvivesAPowerCut() async throws {
        let directory = try LogDirectory()
        let writer = try LogFile(path: directory.file, options: .init()).open().writer
        let pragmas = try await writer.writeWithoutTransaction { database in
            (
                try String.fetchOne(database, sql: "PRAGMA journal_mode"), try Int.fetchOne(database, sql: "PRAGMA synchronous")
            )
        }
        #expect(pragmas.0 == "wal")
        #expect(pragmas.1 == 2)
        try writer.close()
    }
}
