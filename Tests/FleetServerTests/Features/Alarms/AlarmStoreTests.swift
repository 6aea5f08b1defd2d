import Alarming
import FoundationEssentials
import PowerDevice
import Testing

@testable import FleetServer

struct AlarmStoreTests {
    private let start = AlarmBench.start

    private func edge(_ card: Int64?, _ change: AlarmChange, _ alarm: Alarm = .onBattery, seconds: Double = 0) -> AlarmEdge {
        AlarmEdge(card: card, at: start.addingTimeInterval(seconds), step: AlarmStep(change, alarm, .trap))
    }

    @Test func writesAlarmsAndTheirEvents() async throws {
        let bench = try await AlarmBench()
        let card = bench.ids[0]
        let written = try await bench.store.write([edge(card, .raised), edge(card, .raised, .lowBattery), edge(card, .cleared, seconds: 5)])
        #expect(written.events.map(\.id) == [1, 2, 3])
        #expect(written.events.last?.alarm.clearedAt == start.addingTimeInterval(5))
        #expect(try await bench.open().map(\.name) == ["upsAlarmLowBattery"])
        #expect(try await bench.events() == ["raised upsAlarmOnBattery", "raised upsAlarmLowBattery", "cleared upsAlarmOnBattery"])
    }

    @Test func whatAnotherServerHasRaisedIsNotRaisedAgain() async throws {
        let bench = try await AlarmBench()
        for _ in 0..<2 { _ = try await bench.store.write([edge(bench.ids[0], .raised), edge(nil, .raised)]) }
        #expect(try await bench.open().count == 2)
        #expect(try await bench.events().count == 2)
        for _ in 0..<2 { _ = try await bench.store.write([edge(bench.ids[0], .cleared)]) }
        #expect(try await bench.events().last == "cleared upsAlarmOnBattery")
        #expect(try await bench.events().count == 3)
    }

    @Test func ofACardThatIsGoneNothingIsWritten() async throws {
        let bench = try await AlarmBench(cards: 2)
        try await bench.cards.retire(bench.ids[0], now: start)
        let written = try await bench.store.write([edge(bench.ids[0], .raised), edge(4711, .raised), edge(bench.ids[1], .raised)])
        #expect(written.gone == [bench.ids[0], 4711])
        #expect(written.events.map(\.alarm.card) == [bench.ids[1]])
    }

    @Test func whatACardSendsAsTextIsCleanedOfWhatNoDatabaseTakes() async throws {
        let bench = try await AlarmBench()
        let step = AlarmStep(.raised, .onBattery, .trap, detail: "mains\u{0}\nlost" + String(repeating: "!", count: 1000))
        _ = try await bench.store.write([AlarmEdge(card: bench.ids[0], at: start, step: step)])
        let detail = try await bench.open().first?.detail
        #expect(detail?.hasPrefix("mains  lost!!") == true && detail?.count == AlarmStore.maximumDetail)
    }

    @Test func aRetiredCardsAlarmsEnd() async throws {
        let bench = try await AlarmBench()
        _ = try await bench.store.write([edge(bench.ids[0], .raised), edge(bench.ids[0], .raised, .lowBattery)])
        try await bench.cards.retire(bench.ids[0], now: start.addingTimeInterval(60))
        #expect(try await bench.open().isEmpty)
        let ends = try await bench.store.events(after: 2)
        #expect(ends.map(\.kind) == [.cleared, .cleared] && ends.allSatisfy { $0.text == "card retired" })
    }

    @Test func aClockThatWasSetBackEndsNoAlarmBeforeItsBegin() async throws {
        let bench = try await AlarmBench()
        _ = try await bench.store.write([edge(bench.ids[0], .raised), edge(bench.ids[0], .cleared, seconds: -7200)])
        let events = try await bench.store.events(after: 1)
        #expect(events.first?.alarm.clearedAt == start)
    }

    @Test func whatHasBecomeWorseIsToBeAcknowledgedAnew() async throws {
        let bench = try await AlarmBench()
        _ = try await bench.store.write([edge(bench.ids[0], .raised)])
        _ = try await bench.store.acknowledge([1], AlarmDeed(username: "eva", at: start))
        let worse = Alarm(Alarm.onBattery.name, "Operating on battery", .critical)
        _ = try await bench.store.write([edge(bench.ids[0], .severity, worse)])
        #expect(try await bench.open().first?.state == .raised)
        #expect(try await bench.open().first?.severity == .critical)
        #expect(try await bench.events().suffix(2) == ["severity upsAlarmOnBattery", "unacknowledged upsAlarmOnBattery"])
    }

    @Test func acknowledgesWhatIsRaisedAndSaysWhyNotTheRest() async throws {
        let bench = try await AlarmBench()
        _ = try await bench.store.write([
            edge(bench.ids[0], .raised), edge(bench.ids[0], .raised, .lowBattery), edge(bench.ids[0], .cleared, .lowBattery),
        ])
        let outcome = try await bench.store.acknowledge([1, 2, 3], AlarmDeed(username: "eva", at: start, text: "mine"))
        #expect(outcome.events.map(\.alarm.acknowledgedBy) == ["eva"])
        #expect(outcome.skipped.map(\.reason) == ["The alarm is over.", "There is no such alarm."])
        let again = try await bench.store.acknowledge([1], AlarmDeed(username: "max", at: start))
        #expect(again.skipped.map(\.reason) == ["eva has acknowledged it already."])
    }

    @Test func shelvingLastsOverAnEndOfTheAlarmAndEndsByItself() async throws {
        let bench = try await AlarmBench()
        let (card, service) = (bench.ids[0], bench.service())
        _ = try await bench.store.write([edge(card, .raised)])
        try await service.shelve(1, until: start.addingTimeInterval(60), AlarmDeed(username: "eva", at: start, text: "works"))
        _ = try await bench.store.write([edge(card, .cleared, seconds: 10), edge(card, .raised, seconds: 20)])
        #expect(try await bench.open().first?.shelvedReason == "works")
        #expect(try await bench.store.endShelving(now: start.addingTimeInterval(59)).isEmpty)
        let ended = try await bench.store.endShelving(now: start.addingTimeInterval(60))
        #expect(ended.map(\.kind) == [.unshelved] && ended.map(\.alarm.id) == [2])
        #expect(try await bench.open().first?.shelvedUntil == nil)
    }

    @Test func forgetsWhatIsLongOver() async throws {
        let bench = try await AlarmBench()
        let card = bench.ids[0]
        _ = try await bench.store.write([
            edge(card, .raised), edge(card, .cleared, seconds: 10), edge(card, .raised, .lowBattery), edge(card, .raised, seconds: 20),
            edge(card, .cleared, seconds: 100),
        ])
        #expect(try await bench.store.prune(before: start.addingTimeInterval(50)) == 1)
        #expect(try await bench.listing.alarms(AlarmFilter(state: .all), before: nil, limit: 10).map(\.id) == [3, 2])
        #expect(try await bench.events().count == 3, "its events go with it")
    }

    /// A transaction that fails in its middle leaves nothing.
    @Test func aTransactionIsWhole() async throws {
        struct Failure: Error {}
        let bench = try await AlarmBench()
        let edges = [edge(bench.ids[0], .raised)]
        await #expect(throws: Failure.self) {
            try await bench.database.write { transaction in
                _ = try AlarmStore.write(edges, transaction)
                throw Failure()
            }
        }
        #expect(try await bench.open().isEmpty)
        #expect(try await bench.events().isEmpty)
        let written = try await bench.store.write(edges)
        #expect(written.events.map(\.id) == [1], "numbers grow in the order of the commits")
    }

    @Test func alarmsOfTheTimeBeforeAreKept() async throws {
        let index = try #require(FleetSchema.migrations.firstIndex { $0.name.hasPrefix("alarming 0001") })
        let fill = Migration(
            name: "alarms of before",
            statements: [
                """
                INSERT INTO card (id, name, address, generation, kind, snmp_version, created_at)
                VALUES (7, 'Rack', '10.0.0.7', 'NV8', 'ups', '2c', 0)
                """,
                "INSERT INTO card_status (card_id, status) VALUES (7, 'normal')",
                """
                INSERT INTO alarm (card_id, name, title, severity, since, cleared_at)
                VALUES (7, 'b', 'B', 'critical', 2000, NULL), (7, 'a', 'A', 'warning', 1000, 1500), (7, 'a', 'A', 'warning', 3000, NULL)
                """,
            ])
        let migrations = Array(FleetSchema.migrations[..<index]) + [fill] + FleetSchema.migrations[index...]
        let store = AlarmStore(database: try FleetDatabase.forTests(migrations))
        let open = try await store.open()
        #expect(open.alarms.map { "\($0.id) \($0.name) \($0.severity) \($0.source)" } == ["2 b critical poll", "3 a warning poll"])
        let written = try await store.write([edge(7, .raised)])
        #expect(written.events.map(\.alarm.id) == [4])
    }
}
