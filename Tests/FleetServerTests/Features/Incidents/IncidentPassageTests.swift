import Alarming
import FoundationEssentials
import PowerDevice
import Testing

@testable import FleetServer

/// Silence, batches and restarts through the tables, second by second.
struct IncidentPassageTests {
    /// Each second all is made anew from the tables, as after a `kill -9` between any two transactions.
    @Test func goesOnFromTheTablesAfterAnyStep() async throws {
        let bench = try await IncidentPassage(cards: 40, sites: 2)
        bench.restarts = true
        let ids = bench.alarms.ids
        try await bench.report(.raised, ids)
        try await bench.pass(2)
        try await bench.report(.raised, ids.prefix(1), .lowBattery)
        try await bench.pass(30)
        try await bench.report(.raised, ids[1..<2], .cardUnreachable)
        try await bench.pass(20)
        try await bench.report(.cleared, ids.dropFirst(2))
        try await bench.pass(70)
        try await bench.report(.cleared, ids.prefix(2))
        try await bench.report(.cleared, ids.prefix(1), .lowBattery)
        try await bench.report(.cleared, ids[1..<2], .cardUnreachable)
        try await bench.pass(20)
        let kinds = try await bench.kinds()
        #expect(kinds.filter { $0 == "opened" }.count == 2)
        #expect(kinds.filter { $0 == "single" }.count == 2)
        #expect(kinds.filter { $0 == "ended" }.count == 2)
        #expect(kinds.filter { $0 == "singleEnded" }.count == 2)
        #expect(bench.progress.engine.incidents.isEmpty)
    }

    @Test func aSiteThatIsSilentIsOneIncident() async throws {
        let bench = try await IncidentPassage(cards: 30, sites: 3)
        bench.restarts = true
        let site = bench.alarms.ids.filter { $0 % 3 == 0 }
        try await bench.report(.raised, site, .cardUnreachable)
        try await bench.pass(14)
        #expect(try await bench.kinds().isEmpty)
        try await bench.pass(2)
        #expect(try await bench.tells().map(\.title) == ["Site 0 is not reachable: router or link, 10 cards silent"])
        #expect(try await bench.store.incidents(.all, before: nil, limit: 9).map(\.cause) == [Incident.siteUnreachable])
    }

    @Test func someSilentCardsOfASiteAreCounted() async throws {
        let bench = try await IncidentPassage(cards: 30, sites: 3)
        try await bench.report(.raised, bench.alarms.ids.filter { $0 % 3 == 0 }.prefix(4), .cardUnreachable)
        try await bench.pass(16)
        #expect(try await bench.tells().map(\.title) == ["Site 0: 4 cards don't answer"])
    }

    @Test func whenNoCardAnswersItIsTheServer() async throws {
        let bench = try await IncidentPassage(cards: 30, sites: 3)
        bench.restarts = true
        try await bench.report(.raised, bench.alarms.ids, .cardUnreachable)
        try await bench.pass(16)
        let incidents = try await bench.store.incidents(.all, before: nil, limit: 9)
        #expect(incidents.map(\.cause) == [Incident.serverIsolated])
        #expect(incidents.first?.cards == 30)
        #expect(try await bench.kinds() == ["opened"])
        try await bench.report(.cleared, bench.alarms.ids, .cardUnreachable)
        try await bench.pass(16)
        #expect(try await bench.kinds() == ["opened", "ended"])
    }

    @Test func aShortSilenceIsListedAndNotTold() async throws {
        let bench = try await IncidentPassage(cards: 2)
        try await bench.report(.raised, bench.alarms.ids.prefix(1), .cardUnreachable)
        try await bench.pass(5)
        try await bench.report(.cleared, bench.alarms.ids.prefix(1), .cardUnreachable)
        try await bench.pass(40)
        #expect(try await bench.kinds().isEmpty)
        #expect(try await bench.store.incidents(.all, before: nil, limit: 9).map(\.state) == [.ended])
    }

    @Test func tenThousandEventsAreReadInBatches() async throws {
        let bench = try await IncidentPassage(cards: 1000, sites: 10)
        for _ in 0..<5 {
            try await bench.report(.raised, bench.alarms.ids)
            try await bench.report(.cleared, bench.alarms.ids)
        }
        var worst = 0.0
        bench.seconds += 1
        var batches = 0
        while try await bench.store.hasNews(after: bench.progress.cursor) {
            let begin = ContinuousClock.now
            _ = try await bench.workOnce()
            worst = max(worst, (ContinuousClock.now - begin) / .seconds(1))
            batches += 1
        }
        #expect(batches == 10)
        #expect(worst < 2, "the slowest batch took \(worst) s in a debug build")
        try await bench.pass(20)
        let kinds = try await bench.kinds()
        #expect(kinds.filter { $0 == "opened" }.count == 10 && kinds.filter { $0 == "ended" }.count == 10 && kinds.count == 20)
    }

    @Test func anIncidentIsAcknowledgedOnce() async throws {
        let bench = try await IncidentPassage(cards: 2)
        try await bench.report(.raised, bench.alarms.ids)
        try await bench.pass(5)
        #expect(try await bench.store.acknowledge(1, by: "ann", comment: "mine", now: bench.now) == 1)
        #expect(try await bench.store.acknowledge(1, by: "bob", comment: nil, now: bench.now) == 0)
        _ = try await bench.alarms.store.acknowledge([1, 2], AlarmDeed(username: "ann", at: bench.now))
        try await bench.pass(2)
        #expect(try await bench.kinds() == ["opened", "acknowledged"])
        #expect(try await bench.store.incident(1)?.record.acknowledgedBy == "ann")
        #expect(try await bench.store.incident(1)?.counts == .init(alarms: 2, active: 2, acknowledged: 2, shelved: 0))
    }
}

extension IncidentFilter {
    static var all: IncidentFilter {
        var filter = IncidentFilter()
        filter.state = .all
        return filter
    }
}
