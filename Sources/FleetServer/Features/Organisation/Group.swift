import FoundationEssentials
import HTTPTypes

/// A saved filter: the cards that pass it at the moment are in the group.
struct CardGroup: Sendable, Equatable {
    let id: Int64
    var name: String
    /// Groups count in this order where several could decide.
    var position: Int
    var filter: CardFilterFields
    var polling: PollIntervals?
}

struct GroupStore: Sendable {
    let database: FleetDatabase

    /// In their order.
    func groups() async throws -> [CardGroup] {
        try await database.read { try Self.all($0) }
    }

    static func all(_ transaction: SQLTransaction) throws -> [CardGroup] {
        try transaction.rows("SELECT * FROM card_group ORDER BY position, id").map(CardGroup.init)
    }

    func group(_ id: Int64) async throws -> CardGroup? {
        try await database.read { try $0.row("SELECT * FROM card_group WHERE id = ?", [.integer(id)]).map(CardGroup.init) }
    }

    /// Without a position it comes after the others.
    func add(name: String, position: Int?, filter: CardFilterFields, polling: PollIntervals?) async throws -> Int64 {
        try await database.write { transaction in
            try Ordering.refuse(name, in: "card_group", besides: 0, transaction)
            let id = try transaction.nextKey(for: "group")
            let position = try position ?? Ordering.last(in: "card_group", transaction) + 1
            try transaction.execute(
                "INSERT INTO card_group (id, name, position, filter) VALUES (?, ?, ?, ?)",
                [.integer(id), .text(name), SQLValue(position), .text(try JSONCoding.text(filter))])
            try Self.setPolling(id, polling, transaction)
            return id
        }
    }

    func change(_ group: CardGroup) async throws {
        try await database.write { transaction in
            try Ordering.refuse(group.name, in: "card_group", besides: group.id, transaction)
            try transaction.execute(
                "UPDATE card_group SET name = ?, position = ?, filter = ? WHERE id = ?",
                [.text(group.name), SQLValue(group.position), .text(try JSONCoding.text(group.filter)), .integer(group.id)])
            try Self.setPolling(group.id, group.polling, transaction)
        }
    }

    func remove(_ id: Int64) async throws {
        try await database.write { transaction in
            try transaction.execute("DELETE FROM card_group WHERE id = ?", [.integer(id)])
            try transaction.execute("UPDATE credential_set SET group_id = NULL WHERE group_id = ?", [.integer(id)])
        }
    }

    func count(_ group: CardGroup) async throws -> Int { try await database.read { try Self.members(of: group, $0).count } }

    /// The groups that say how often their cards are read, in their order, with the cards that are in them now.
    func intervals() async throws -> [PollInventory.GroupIntervals] {
        try await database.read { transaction in
            try Self.all(transaction).compactMap { group in
                guard let polling = group.polling else { return nil }
                return .init(name: group.name, intervals: polling, cards: try Self.members(of: group, transaction))
            }
        }
    }

    static func members(of group: CardGroup, _ transaction: SQLTransaction) throws -> Set<Int64> {
        var condition = Condition()
        condition.add("c.retired_at IS NULL")
        try group.filter.filter(in: "filter.").add(to: &condition, now: SQLValue(SteadyClock.process.now))
        let rows = try transaction.rows(
            "SELECT c.id FROM card c JOIN card_status s ON s.card_id = c.id WHERE \(condition.sql)", condition.arguments)
        return Set(rows.compactMap { $0.integer("id") })
    }

    private static func setPolling(_ id: Int64, _ polling: PollIntervals?, _ transaction: SQLTransaction) throws {
        try transaction.execute(
            "UPDATE card_group SET poll_status_seconds = ?, poll_full_seconds = ? WHERE id = ?",
            [SQLValue(polling?.statusSeconds), SQLValue(polling?.fullSeconds), .integer(id)])
    }
}

extension CardGroup {
    fileprivate init(_ row: SQLRow) throws {
        let seconds = (row.integer("poll_status_seconds"), row.integer("poll_full_seconds"))
        var polling: PollIntervals?
        if let status = seconds.0, let full = seconds.1 { polling = PollIntervals(statusSeconds: Int(status), fullSeconds: Int(full)) }
        self.init(
            id: try row.required("id"), name: try row.required("name"), position: Int(try row.required("position", as: Int64.self)),
            filter: try JSONCoding.value(CardFilterFields.self, from: try row.required("filter")), polling: polling)
    }
}

/// What tables of named records in an order of their own have in common.
enum Ordering {
    static func last(in table: String, _ transaction: SQLTransaction) throws -> Int {
        Int(try transaction.row("SELECT COALESCE(MAX(position), 0) AS last FROM \(table)")?.integer("last") ?? 0)
    }

    /// Throws a conflict if another record has the name.
    static func refuse(_ name: String, in table: String, besides id: Int64, _ transaction: SQLTransaction) throws {
        let other = try transaction.row("SELECT id FROM \(table) WHERE name = ? AND id <> ?", [.text(name), .integer(id)])
        guard other == nil else { throw Problem(.conflict, "The name \(name) is taken.", errors: [.init(field: "name", detail: "Taken.")]) }
    }

    static func check(_ position: Int?) throws(Problem) {
        if let position, !(0...1_000_000 ~= position) { throw .invalid("position", "A position is from 0 to 1000000.") }
    }
}
