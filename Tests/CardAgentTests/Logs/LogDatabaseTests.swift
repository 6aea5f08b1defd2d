import FoundationEssentials
import Logging
import PowerDevice
import Synchronization
import Testing

@testable import CardAgent

/// A directory for the files of a test.
struct LogDirectory: ~Copyable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(component: "logs-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var file: String { "\(path)/card.sqlite" }

    func open(_ options: LogDatabase.Options = .init(isKept: false)) -> LogDatabase {
        LogDatabase(path: file, options: options, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}

/// What a card has been told by its logs.
final class Notices: Sendable {
    private let kept = Mutex<[LogNotice]>([])

    var all: [LogNotice] { kept.withLock { $0 } }

    func listen(to logs: CardLogs) { logs.onNotice { notice in self.kept.withLock { $0.append(notice) } } }
}

extension CardLogs {
    static func test(_ database: LogDatabase, card: Int = 1) -> CardLogs {
        CardLogs(database, card: card) { DeviceClock(seconds: $0).text }
    }

    func append(event number: Int, at instant: Int64? = nil, _ severity: Severity = .information) {
        append(severity, "event \(number)", at: instant ?? Int64(number), to: .cardEvents)
    }

    func texts(_ query: LogQuery) async throws -> [String] { try await events(.cardEvents, query).records.map(\.text) }
}

struct LogDatabaseTests {
    @Test func keepsWhatIsAppendedOverARestart() async throws {
        let directory = try LogDirectory()
        let first = directory.open()
        CardLogs.test(first).append(.critical, "UPS Imminent Stop", code: "A001", at: 1000, to: .deviceEvents)
        await first.close()
        let second = directory.open()
        let page = try await CardLogs.test(second).events(.deviceEvents)
        #expect(
            page.records == [LoggedEvent(sequence: 1, instant: 1000, severity: .critical, code: "A001", text: "UPS Imminent Stop")])
        await second.close()
    }

    @Test func aRingHoldsTheLast2048InTheirOrder() async throws {
        let directory = try LogDirectory()
        let database = directory.open(.init(isKept: false, pendingLimit: 10_000))
        let logs = CardLogs.test(database)
        for number in 1...5000 { logs.append(event: number, at: Int64(number % 7)) }
        let page = try await logs.events(.cardEvents, .whole)
        #expect(page.records.map(\.sequence) == Array(2953...5000))
        #expect(page.records.first?.text == "event 2953")
        #expect(page.total == 2048)
        #expect(try await logs.count(.cardEvents) == 2048)
        await database.close()
    }

    @Test func cardsOfOneFileHaveLogsOfTheirOwn() async throws {
        let database = LogDatabase.inMemory()
        let (first, second) = (CardLogs.test(database, card: 1), CardLogs.test(database, card: 2))
        for number in 1...3 { first.append(event: number) }
        second.append(event: 9)
        #expect(try await first.texts(.whole) == ["event 1", "event 2", "event 3"])
        #expect(try await second.texts(.whole) == ["event 9"])
        first.clear(.cardEvents)
        #expect(try await first.count(.cardEvents) == 0)
        #expect(try await second.count(.cardEvents) == 1)
    }

    @Test func givesPagesNewestFirstOldestFirstAndBySeverity() async throws {
        let logs = CardLogs.test(.inMemory())
        let severities: [Severity] = [.warning, .information, .critical, .information, .critical]
        for (index, severity) in severities.enumerated() { logs.append(event: index + 1, severity) }
        let first = try await logs.events(.cardEvents, LogQuery(page: 1, count: 2))
        #expect(first.records.map(\.sequence) == [5, 4])
        #expect(first.total == 5)
        #expect(first.pages == 3)
        #expect(try await logs.texts(LogQuery(page: 3, count: 2)) == ["event 1"])
        #expect(try await logs.texts(LogQuery(page: 4, count: 2)).isEmpty)
        #expect(try await logs.texts(LogQuery(count: 2, order: .oldestFirst)) == ["event 1", "event 2"])
        #expect(
            try await logs.events(.cardEvents, LogQuery(order: .severity)).records.map(\.sequence) == [5, 3, 1, 4, 2])
    }

    @Test func findsTheRecordsOfATimeThoughTheClockWasSetBack() async throws {
        let logs = CardLogs.test(.inMemory())
        for (number, instant) in [100, 200, 300, 150, 250].enumerated() { logs.append(event: number + 1, at: Int64(instant)) }
        let page = try await logs.events(.cardEvents, LogQuery(from: 150, to: 250, order: .oldestFirst))
        #expect(page.records.map(\.instant) == [200, 150, 250])
        #expect(page.total == 3)
    }

    @Test(arguments: [(0, 0), (-5, -5), (Int.max, Int.max), (Int.min, 1)])
    func aPageThatCanNotBeIsTakenForTheNearestThatCan(_ page: Int, _ count: Int) async throws {
        let logs = CardLogs.test(.inMemory())
        logs.append(event: 1)
        let query = LogQuery(page: page, count: count)
        #expect((1...2048).contains(query.page) && (1...2048).contains(query.count))
        #expect(try await logs.events(.cardEvents, query).total == 1)
    }

    @Test func clearingEmptiesTheRingAndCountsOn() async throws {
        let logs = CardLogs.test(.inMemory())
        let notices = Notices()
        notices.listen(to: logs)
        for number in 1...10 { logs.append(event: number) }
        await logs.flush()
        let origin = ChangeOrigin(.snmp, by: "10.0.0.1")
        logs.clear(.cardEvents, by: origin)
        logs.append(event: 11)
        #expect(try await logs.events(.cardEvents).records.map(\.sequence) == [11])
        #expect(notices.all == [.cleared(.cardEvents, by: origin)])
    }

    @Test func samplesComeBackAsTheyWere() async throws {
        let directory = try LogDirectory()
        let database = directory.open()
        let logs = CardLogs.test(database)
        let sample = LogSample(
            schema: .extendedHistory, instant: 3600, start: 0, values: (0..<45).map { $0 % 4 == 3 ? nil : Double($0) + 0.25 })
        logs.append(sample, to: .extendedHistory)
        let page = try await logs.samples(.extendedHistory)
        #expect(page.records == [LoggedSample(sequence: 1, sample: sample)])
        await database.close()
    }

    @Test func samplesOfAnotherShapeBeginTheLogAnew() async throws {
        let logs = CardLogs.test(.inMemory())
        let notices = Notices()
        notices.listen(to: logs)
        for instant in 1...3 { logs.append(LogSample(schema: .upsHistory, instant: Int64(instant), values: [230]), to: .history) }
        #expect(try await logs.count(.history) == 3)
        logs.append(LogSample(schema: .stsHistory, instant: 4, values: [231]), to: .history)
        let page = try await logs.samples(.history)
        #expect(page.records.map(\.sequence) == [4])
        #expect(page.records.first?.sample.schema == .stsHistory)
        #expect(notices.all == [.recreated(.history)])
        #expect(try await logs.csv(.history).hasPrefix("Date time,Source 1 voltage L1 (V)"))
    }

    @Test func textIsKeptUpToItsLimit() async throws {
        let logs = CardLogs.test(.inMemory())
        logs.append(.information, String(repeating: "x", count: 10_000), at: 1, to: .cardEvents)
        #expect(try await logs.texts(.whole).first?.count == CardLogs.longestText)
    }

    @Test func aLogOfNumbersHasNoEventsAndTheOtherWayRound() async throws {
        let logs = CardLogs.test(.inMemory())
        logs.append(event: 1)
        #expect(try await logs.events(.history).records.isEmpty)
        #expect(try await logs.samples(.cardEvents).records.isEmpty)
    }
}
