import Alarming
import FoundationEssentials
import PowerDevice
import Testing

@testable import FleetServer

/// Alarms in their tables, and the incidents that are made of them second by second.
final class IncidentPassage {
    let alarms: AlarmBench
    let store: IncidentStore
    let leases: LeaseStore
    /// Makes everything anew from the tables before each step.
    var restarts = false
    private(set) var progress: IncidentStore.Progress
    var seconds = 0.0

    init(cards: Int = 1, sites: Int = 0) async throws {
        alarms = try await AlarmBench(cards: cards)
        store = IncidentStore(database: alarms.database, owner: "one")
        leases = LeaseStore(database: alarms.database, owner: "one")
        _ = try await leases.claim(IncidentStore.reader, for: 1_000_000, now: AlarmBench.start)
        if sites > 0 {
            try await alarms.database.write { transaction in
                try transaction.execute("UPDATE card SET site = 'Site ' || (id % \(sites))")
            }
        }
        progress = try await store.restore(Moment(steady: AlarmBench.start, wall: AlarmBench.start))
    }

    var now: Date { AlarmBench.start.addingTimeInterval(seconds) }
    var moment: Moment { Moment(steady: now, wall: now) }

    func report(_ change: AlarmChange, _ cards: some Sequence<Int64>, _ alarm: Alarm = .onBattery) async throws {
        let at = now
        let edges = cards.map { AlarmEdge(card: $0, at: at, step: AlarmStep(change, alarm, .trap)) }
        _ = try await alarms.store.write(edges)
    }

    /// So many seconds go by; in each, what a worker does.
    func pass(_ count: Int) async throws {
        for _ in 0..<count {
            seconds += 1
            try await work()
        }
    }

    func work() async throws {
        while try await workOnce() {}
    }

    /// One transaction. Returns whether there are more events.
    func workOnce() async throws -> Bool {
        if restarts {
            let fresh = try await store.restore(moment)
            #expect(fresh.cursor == progress.cursor)
            #expect(fresh.engine.incidents == progress.engine.incidents)
            progress = fresh
        }
        let step = try await store.advance(progress, moment)
        progress = step.progress
        return step.hasMore
    }

    func heal() async throws { progress = try await store.heal(progress, moment).progress }

    func restart() async throws { progress = try await store.restore(moment) }

    struct Tell: Sendable, Equatable {
        let kind: String
        let incident: Int64
        let card: Int64?
        let site: String?
        let title: String
    }

    func tells() async throws -> [Tell] {
        try await alarms.database.read { transaction in
            try transaction.rows("SELECT * FROM incident_tell ORDER BY id").map {
                Tell(
                    kind: try $0.required("kind"), incident: try $0.required("incident_id"), card: $0.integer("card_id"),
                    site: $0.text("site"), title: try $0.required("title"))
            }
        }
    }

    func kinds() async throws -> [String] { try await tells().map(\.kind) }
}
