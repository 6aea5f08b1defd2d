import FoundationEssentials
import NetVision

/// A search that is repeated.
struct DiscoverySchedule: Sendable, Equatable {
    /// What is searched for, and how.
    struct Search: Codable, Sendable, Equatable {
        /// Nil: the usual ones.
        var methods: [DiscoveryMethod]?
        var ranges: [String] = []
        var interfaces: [String] = []
        /// Whether what is found goes into the inventory at once.
        var accept = false

        /// Throws a `Problem` where no such search is possible.
        func order() throws -> DiscoveryOrder {
            try DiscoveryOrder(methods: methods?.map(\.rawValue), ranges: ranges, accept: accept, access: nil, interfaces: interfaces)
        }
    }

    static let minutes = 1...10_080

    let id: Int64
    var name: String
    var search: Search
    /// From the begin of a search to that of the next one.
    var minutes: Int
    var isEnabled: Bool
    var nextAt: Date
    var lastDiscovery: Int64?
}

struct ScheduleStore: Sendable {
    let database: FleetDatabase

    func schedules(after: Int64?, limit: Int) async throws -> [DiscoverySchedule] {
        try await database.read { transaction in
            try transaction.rows("SELECT * FROM discovery_schedule WHERE id > ? ORDER BY id LIMIT \(limit)", [.integer(after ?? 0)]).map(
                DiscoverySchedule.init)
        }
    }

    func schedule(_ id: Int64) async throws -> DiscoverySchedule? {
        try await database.read { try $0.row("SELECT * FROM discovery_schedule WHERE id = ?", [.integer(id)]).map(DiscoverySchedule.init) }
    }

    /// Stores a new schedule; its key is given here.
    func add(_ schedule: DiscoverySchedule) async throws -> Int64 {
        try await database.write { transaction in
            try Ordering.refuse(schedule.name, in: "discovery_schedule", besides: 0, transaction)
            let id = try transaction.nextKey(for: "discovery schedule")
            try transaction.execute(
                "INSERT INTO discovery_schedule (id, name, search, minutes, is_enabled, next_at) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    .integer(id), .text(schedule.name), .text(try JSONCoding.text(schedule.search)), SQLValue(schedule.minutes),
                    SQLValue(schedule.isEnabled), SQLValue(schedule.nextAt),
                ])
            return id
        }
    }

    func change(_ schedule: DiscoverySchedule) async throws {
        try await database.write { transaction in
            try Ordering.refuse(schedule.name, in: "discovery_schedule", besides: schedule.id, transaction)
            try transaction.execute(
                "UPDATE discovery_schedule SET name = ?, search = ?, minutes = ?, is_enabled = ?, next_at = ? WHERE id = ?",
                [
                    .text(schedule.name), .text(try JSONCoding.text(schedule.search)), SQLValue(schedule.minutes),
                    SQLValue(schedule.isEnabled), SQLValue(schedule.nextAt), .integer(schedule.id),
                ])
        }
    }

    func remove(_ id: Int64) async throws {
        try await database.write { try $0.execute("DELETE FROM discovery_schedule WHERE id = ?", [.integer(id)]) }
    }

    /// Takes the schedules that are due, each planned for its next time: what was missed while no server ran is searched once, and of
    /// several servers one takes it. A time that is further away than the interval (by a minute, for clocks differ) is of a clock that was
    /// set back since: it is due, too.
    func takeDue(now: Date) async throws -> [DiscoverySchedule] {
        try await database.write { transaction in
            let due = try transaction.rows(
                """
                SELECT * FROM discovery_schedule WHERE is_enabled = 1 AND (next_at <= ? OR next_at - (minutes + 1) * 60000 > ?)
                ORDER BY next_at
                """, [SQLValue(now), SQLValue(now)]
            ).map(DiscoverySchedule.init)
            for schedule in due {
                let next = schedule.next(after: now)
                try transaction.execute("UPDATE discovery_schedule SET next_at = ? WHERE id = ?", [SQLValue(next), .integer(schedule.id)])
            }
            return due
        }
    }

    func note(_ discovery: Int64, of schedule: Int64) async throws {
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE discovery_schedule SET last_discovery = ? WHERE id = ?", [.integer(discovery), .integer(schedule)])
        }
    }
}

extension DiscoverySchedule {
    /// The first of its times that is still to come.
    func next(after now: Date) -> Date {
        let interval = Double(minutes) * 60
        guard nextAt <= now else { return now.addingTimeInterval(interval) }
        let missed = (now.timeIntervalSince(nextAt) / interval).rounded(.down)
        return nextAt.addingTimeInterval((missed + 1) * interval)
    }

    fileprivate init(_ row: SQLRow) throws {
        self.init(
            id: try row.required("id"), name: try row.required("name"),
            search: try JSONCoding.value(Search.self, from: try row.required("search")),
            minutes: Int(try row.required("minutes", as: Int64.self)), isEnabled: row.bool("is_enabled"),
            nextAt: try row.requiredDate("next_at"), lastDiscovery: row.integer("last_discovery"))
    }
}
