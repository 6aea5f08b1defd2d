import Alarming
import FoundationEssentials
import PowerDevice
import Testing

@testable import FleetServer

struct IncidentStoreTests {
    // MARK: - Steps

    @Test func eventsBecomeIncidentsTellsAndACursor() async throws {
        var bench = try await IncidentBench(cards: 3)
        try await bench.raise(.onBattery, bench.ids)
        try await bench.raise(.lowBattery, [bench.ids[0]])
        try await bench.look()
        #expect(try await bench.cursor() == 4)
        #expect(try await bench.tells().isEmpty)
        #expect(try await bench.incidents().map(\.cards) == [3])
        try await bench.pass(3)
        #expect(try await bench.kinds() == [.opened, .single])
        let incident = try #require(try await bench.incidents(.open).first)
        #expect(incident.site == "Lyon" && incident.cause == "mains" && incident.title == "Lyon: mains failure, 3 cards")
        #expect(incident.active == 3 && incident.singles == 1 && incident.openedAt == AlarmBench.start)
        #expect(try await bench.members(of: incident.id).map(\.role) == [.group, .group, .group, .grave])
        #expect(try await bench.members(of: incident.id, .single).map(\.name) == [Alarm.lowBattery.name])
        try await bench.clear(.lowBattery, [bench.ids[0]])
        try await bench.clear(.onBattery, bench.ids)
        try await bench.pass(16)
        #expect(try await bench.kinds() == [.opened, .single, .ended])
        let ended = try #require(try await bench.incidents(.ended).first)
        #expect(ended.active == 0 && ended.endedAt == AlarmBench.start.addingTimeInterval(3))
        #expect(try await bench.members(of: ended.id, .active).isEmpty)
    }

    /// A transaction that fails at its tell leaves neither incident nor cursor, and the next try tells once.
    @Test func aStepIsStoredAsAWholeOrNotAtAll() async throws {
        var bench = try await IncidentBench(cards: 2, isKilled: true)
        try await bench.execute(
            """
            INSERT INTO incident_tell (id, at, kind, incident_id, severity, title, body) VALUES (1, 0, 'opened', 0, 'warning', '', '')
            """)
        try await bench.raise(.onBattery, bench.ids)
        let progress = try await bench.known()
        let first = try await bench.store.advance(progress, bench.moment)
        bench.seconds = 3
        try await bench.raise(.lowBattery, bench.ids)
        let (store, moment) = (bench.store, bench.moment)
        await #expect(throws: (any Error).self) { try await store.advance(first.progress, moment) }
        #expect(try await bench.cursor() == 2)
        #expect(try await bench.members(of: 1).count == 2, "nothing of the failed step is there")
        try await bench.execute("DELETE FROM incident_tell")
        try await bench.look()
        #expect(try await bench.cursor() == 4)
        #expect(try await bench.kinds() == [.opened])
        try await bench.pass(3)
        #expect(try await bench.kinds() == [.opened, .single, .single])
    }

    // MARK: - Restarts

    /// A mains failure with a card that gets worse, one that falls silent, one that is left behind and a general alarm that stays.
    private func story(isKilled: Bool) async throws -> IncidentBench {
        var bench = try await IncidentBench(cards: 10, isKilled: isKilled)
        let ids = bench.ids
        try await bench.raise(.generalAlarm, [ids[0]])
        try await bench.look()
        try await bench.raise(.onBattery, ids)
        try await bench.pass(5)
        try await bench.raise(.lowBattery, [ids[1]])
        try await bench.pass(5)
        try await bench.raise(.cardUnreachable, [ids[2]])
        try await bench.pass(20)
        let open = try await bench.alarms.open().map(\.id)
        _ = try await bench.alarms.store.acknowledge(open, AlarmDeed(username: "eva", at: bench.now))
        try await bench.pass(1)
        try await bench.clear(.lowBattery, [ids[1]])
        try await bench.clear(.onBattery, ids.filter { $0 != ids[2] && $0 != ids[5] })
        try await bench.pass(62)
        try await bench.clear(.cardUnreachable, [ids[2]])
        try await bench.clear(.onBattery, [ids[2]])
        try await bench.pass(17)
        try await bench.heal()
        try await bench.clear(.onBattery, [ids[5]])
        try await bench.pass(17)
        try await bench.heal()
        try await bench.pass(4)
        return bench
    }

    @Test func aServerThatIsKilledBetweenAnyTwoStepsTellsTheSame() async throws {
        let one = try await story(isKilled: false)
        let many = try await story(isKilled: true)
        let tells = try await one.tells()
        #expect(
            tells.map(\.kind) == [
                .opened, .single, .single, .acknowledged, .single, .ended, .singleEnded, .opened, .singleEnded,
            ], "\(tells)")
        #expect(try await many.tells() == tells)
        #expect(try await many.incidents() == one.incidents())
        #expect(try await many.cursor() == one.cursor())
        #expect(try await many.members(of: 2).map(\.alarm) == one.members(of: 2).map(\.alarm))
        #expect(
            try await many.store.timeline(of: 2, after: nil, limit: 500).map(\.text)
                == one.store.timeline(of: 2, after: nil, limit: 500).map(\.text))
    }

    @Test func whoHasLostTheLeaseWritesNothing() async throws {
        var bench = try await IncidentBench(cards: 2)
        try await bench.raise(.onBattery, bench.ids)
        try await bench.look()
        let stale = try await bench.known()
        bench.seconds = 20
        #expect(try await bench.leases("there").claim(IncidentStore.reader, for: 15, now: bench.now))
        let (here, moment) = (bench.store, bench.moment)
        await #expect(throws: IncidentStore.LeaseLost.self) { try await here.advance(stale, moment) }
        await #expect(throws: IncidentStore.LeaseLost.self) { try await here.heal(stale, moment) }
        #expect(try await bench.tells().isEmpty)
        let there = IncidentStore(database: bench.alarms.database, owner: "there")
        let step = try await there.advance(there.restore(bench.moment), bench.moment)
        #expect(step.tells == 1 && step.changed.map(\.id) == [1])
        #expect(try await !there.hasNews(after: step.progress.cursor))
        #expect(try await bench.kinds() == [.opened])
        await #expect(throws: IncidentStore.LeaseLost.self) { try await here.advance(stale, moment) }
        #expect(try await bench.kinds() == [.opened])
    }

    // MARK: - What no event told of

    @Test func healsWhatIsOverOrGoneWithoutAnEvent() async throws {
        var bench = try await IncidentBench(cards: 2)
        try await bench.raise(.onBattery, bench.ids)
        try await bench.pass(5)
        try await bench.execute("UPDATE alarm SET cleared_at = since WHERE id = 1")
        try await bench.execute("DELETE FROM alarm_event WHERE alarm_id = 2")
        try await bench.execute("DELETE FROM alarm WHERE id = 2")
        try await bench.heal()
        #expect(try await bench.incidents().map(\.active) == [0])
        try await bench.pass(16)
        #expect(try await bench.kinds() == [.opened, .ended])
    }

    @Test func healsAnOpenAlarmThatIsInNoIncident() async throws {
        var bench = try await IncidentBench(cards: 1)
        try await bench.raise(.fanFailure, bench.ids)
        try await bench.execute("DELETE FROM alarm_event")
        try await bench.pass(5)
        #expect(try await bench.incidents().isEmpty)
        for _ in 0..<2 { try await bench.heal() }
        try await bench.pass(4)
        #expect(try await bench.incidents().map(\.cause) == [Alarm.fanFailure.name])
        #expect(try await bench.kinds() == [.opened])
    }

    @Test func leavesToTheEventsWhatTheyHaveYetToTell() async throws {
        var bench = try await IncidentBench(cards: 2)
        try await bench.raise(.onBattery, [bench.ids[0]])
        try await bench.pass(5)
        try await bench.clear(.onBattery, [bench.ids[0]])
        try await bench.raise(.fanFailure, [bench.ids[1]])
        try await bench.heal()
        #expect(try await bench.incidents().map(\.active) == [1])
        try await bench.look()
        #expect(try await bench.incidents().map(\.active) == [1, 0])
    }

    @Test(arguments: [false, true]) func aGeneralAlarmThatOutlivesItsIncidentGetsOneOfItsOwn(isKilled: Bool) async throws {
        var bench = try await IncidentBench(cards: 3, isKilled: isKilled)
        try await bench.raise(.generalAlarm, bench.ids)
        try await bench.raise(.onBattery, bench.ids)
        try await bench.pass(30)
        #expect(try await bench.members(of: 1).map(\.role).count { $0 == .consequence } == 3)
        try await bench.clear(.onBattery, bench.ids)
        try await bench.clear(.generalAlarm, bench.ids.dropFirst())
        for _ in 0..<3 {
            try await bench.pass(19)
            try await bench.heal()
        }
        #expect(try await bench.kinds() == [.opened, .ended])
        try await bench.pass(5)
        #expect(try await bench.members(of: 1, .active).isEmpty)
        try await bench.heal()
        try await bench.pass(4)
        #expect(try await bench.kinds() == [.opened, .ended, .opened])
        let own = try #require(try await bench.incidents(.open).first)
        #expect(own.cause == Alarm.generalAlarm.name && own.cards == 1)
        #expect(try await bench.members(of: own.id).map(\.card) == [bench.ids[0]])
    }

    @Test func forgetsWhatEndedLongAgo() async throws {
        var bench = try await IncidentBench(cards: 2)
        try await bench.raise(.onBattery, [bench.ids[0]])
        try await bench.pass(4)
        try await bench.clear(.onBattery, [bench.ids[0]])
        try await bench.pass(16)
        #expect(try await bench.store.forget(endedBefore: AlarmBench.start) == 0)
        try await bench.raise(.onBattery, [bench.ids[1]])
        try await bench.pass(4)
        #expect(try await bench.kinds() == [.opened, .ended, .opened])
        #expect(try await bench.store.forget(endedBefore: AlarmBench.start.addingTimeInterval(10)) == 1)
        #expect(try await bench.incidents().map(\.id) == [2])
        #expect(try await bench.members(of: 1).isEmpty)
        #expect(try await bench.tells().map(\.id) == [3], "numbers of tells are not given again")
    }

    // MARK: - A storm

    @Test func aStormOfTwoThousandCardsIsFewMessages() async throws {
        let sites = (1...20).map { "Site \($0)" }
        var bench = try await IncidentBench(cards: 2000, sites: sites)
        let ids = bench.ids
        // Each card says both, in the order that is the worse.
        let now = bench.now
        let edges = ids.flatMap { card in
            [Alarm.generalAlarm, .onBattery].map { AlarmEdge(card: card, at: now, step: AlarmStep(.raised, $0, .trap)) }
        }
        _ = try await bench.alarms.store.write(edges)
        try await bench.look()
        #expect(try await bench.cursor() == 4000)
        try await bench.pass(9)
        #expect(try await bench.kinds() == Array(repeating: .opened, count: 20), "within 10 s, one for each site")
        #expect(try await bench.tells().allSatisfy { $0.title.hasSuffix("mains failure, 100 cards") })
        try await bench.pass(70)
        let low = ids.prefix(17)
        try await bench.raise(.lowBattery, low)
        try await bench.pass(5)
        #expect(try await bench.tells().dropFirst(20).compactMap(\.card) == Array(low))
        let lost = Set(ids.suffix(5))
        let back = ids.filter { !lost.contains($0) }
        try await bench.clear(.lowBattery, low)
        for alarm in [Alarm.onBattery, .generalAlarm] { try await bench.clear(alarm, back) }
        try await bench.pass(120)
        let tells = try await bench.tells()
        #expect(Set(tells.filter { $0.kind == .single }.compactMap(\.card)) == Set(low).union(lost))
        for site in sites {
            let kinds = tells.filter { $0.site == site && $0.card == nil }.map(\.kind)
            #expect(kinds == [.opened, .ended], "\(site)")
        }
        #expect(tells.count == 62, "20 begins, 17 low batteries, 5 that did not come back, 20 ends")
        #expect(try await bench.incidents().count == 20)
        #expect(try await bench.incidents(.open).isEmpty)
        try await bench.clear(.onBattery, lost)
        try await bench.clear(.generalAlarm, lost)
        try await bench.pass(17)
        #expect(try await bench.kinds().suffix(5) == Array(repeating: .singleEnded, count: 5))
        let engine = try await bench.known().engine
        #expect(engine.incidents.isEmpty)
    }
}
