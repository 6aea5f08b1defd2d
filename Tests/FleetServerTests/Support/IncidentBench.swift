import Alarming
import FoundationEssentials
import PowerDevice

@testable import FleetServer

/// Incidents on a database of their own, second by second, as their worker makes them.
struct IncidentBench {
    struct Tell: Equatable, CustomStringConvertible {
        let id: Int64
        let kind: IncidentTell.Kind
        let incident: Int64
        let card: Int64?
        let site: String?
        let at: Int64
        let title: String
        let body: String

        var description: String { "\(kind) \(incident): \(title)" }
    }

    let alarms: AlarmBench
    let store: IncidentStore
    /// Before each step what the worker knows is thrown away, as a kill does.
    let isKilled: Bool
    var seconds: Double = 0
    private(set) var progress: IncidentStore.Progress?

    /// - Parameter sites: the cards have them in turn.
    init(cards: Int, sites: [String] = ["Lyon"], isKilled: Bool = false) async throws {
        alarms = try await AlarmBench(cards: cards)
        store = IncidentStore(database: alarms.database, owner: "here")
        self.isKilled = isKilled
        let ids = alarms.ids
        try await alarms.database.write { transaction in
            for (number, id) in ids.enumerated() {
                try transaction.execute("UPDATE card SET site = ? WHERE id = ?", [.text(sites[number % sites.count]), .integer(id)])
            }
        }
        _ = try await leases("here").claim(IncidentStore.reader, for: 15, now: now)
    }

    var now: Date { AlarmBench.start.addingTimeInterval(seconds) }
    var moment: Moment { Moment(steady: now, wall: now) }
    var ids: [Int64] { alarms.ids }

    func leases(_ owner: String) -> LeaseStore { LeaseStore(database: alarms.database, owner: owner) }

    // MARK: - What happens

    func change(_ change: AlarmChange, _ alarm: Alarm, _ cards: some Sequence<Int64>) async throws {
        let now = now
        _ = try await alarms.store.write(cards.map { AlarmEdge(card: $0, at: now, step: AlarmStep(change, alarm, .trap)) })
    }

    func raise(_ alarm: Alarm, _ cards: some Sequence<Int64>) async throws { try await change(.raised, alarm, cards) }
    func clear(_ alarm: Alarm, _ cards: some Sequence<Int64>) async throws { try await change(.cleared, alarm, cards) }

    func execute(_ sql: String, _ arguments: SQLValue...) async throws {
        try await alarms.database.write { try $0.execute(sql, arguments) }
    }

    // MARK: - What is made of it

    /// What the worker does when there are events or time has passed.
    mutating func look() async throws {
        while true {
            let progress = try await known()
            let hasNews = try await store.hasNews(after: progress.cursor)
            guard hasNews || progress.engine.isDue(moment) else { return }
            let step = try await store.advance(progress, moment)
            self.progress = step.progress
            guard step.hasMore else { return }
        }
    }

    mutating func pass(_ count: Int) async throws {
        for _ in 0..<count {
            seconds += 1
            try await look()
        }
    }

    mutating func heal() async throws { progress = try await store.heal(try await known(), moment).progress }

    mutating func known() async throws -> IncidentStore.Progress {
        if !isKilled, let progress { return progress }
        let restored = try await store.restore(moment)
        progress = restored
        return restored
    }

    // MARK: - What is stored

    func tells() async throws -> [Tell] {
        try await alarms.database.read { transaction in
            try transaction.rows("SELECT * FROM incident_tell ORDER BY id").compactMap { row in
                guard let kind = IncidentTell.Kind(rawValue: try row.required("kind")) else { return nil }
                return Tell(
                    id: try row.required("id"), kind: kind, incident: try row.required("incident_id"), card: row.integer("card_id"),
                    site: row.text("site"), at: try row.required("at"), title: try row.required("title"), body: try row.required("body"))
            }
        }
    }

    func kinds() async throws -> [IncidentTell.Kind] { try await tells().map(\.kind) }

    func incidents(_ state: IncidentFilter.State = .all) async throws -> [IncidentRecord] {
        var filter = IncidentFilter()
        filter.state = state
        return try await store.incidents(filter, before: nil, limit: 500)
    }

    func members(of incident: Int64, _ which: IncidentFilter.Members = .all) async throws -> [IncidentMemberResource] {
        try await store.members(of: incident, which, after: nil, limit: 100_000)
    }

    /// The number of the last event read; nil: none was.
    func cursor() async throws -> Int64? {
        try await alarms.database.read {
            try $0.row("SELECT last FROM alarm_cursor WHERE reader = ?", [.text(IncidentStore.reader)])?.integer("last")
        }
    }
}
