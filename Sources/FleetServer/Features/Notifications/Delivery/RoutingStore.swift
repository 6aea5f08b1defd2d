import Alarming
import FoundationEssentials
import HTTPTypes

/// A route with its name and its place.
struct NotificationRoute: Sendable, Equatable {
    let id: Int64
    var name: String
    var position: Int
    var isEnabled: Bool
    var route: Route
}

struct NamedWindow: Sendable, Equatable {
    let id: Int64
    var name: String
    var window: MaintenanceWindow
}

/// Routes and maintenance windows.
struct RoutingStore: Sendable {
    /// Of either.
    static let maximum = 500

    let database: FleetDatabase

    /// In their order.
    func routes() async throws -> [NotificationRoute] { try await database.read { try Self.routes($0) } }

    func route(_ id: Int64) async throws -> NotificationRoute? {
        try await database.read {
            try $0.row("SELECT * FROM notification_route WHERE id = ?", [.integer(id)]).map(NotificationRoute.init)
        }
    }

    static func routes(_ transaction: SQLTransaction) throws -> [NotificationRoute] {
        try transaction.rows("SELECT * FROM notification_route ORDER BY position, id").map(NotificationRoute.init)
    }

    static func windows(_ transaction: SQLTransaction) throws -> [NamedWindow] {
        try transaction.rows("SELECT * FROM maintenance_window ORDER BY id").map(NamedWindow.init)
    }

    /// Without a position it comes after the others.
    func add(_ route: NotificationRoute, position: Int?) async throws -> Int64 {
        try await database.write { transaction in
            try Ordering.refuse(route.name, in: "notification_route", besides: 0, transaction)
            try Self.checkRoom(in: "notification_route", transaction)
            try Self.checkChannels(route.route, transaction)
            let id = try transaction.nextKey(for: "notification route")
            let place = try position ?? Ordering.last(in: "notification_route", transaction) + 1
            try transaction.execute(
                "INSERT INTO notification_route (id, name, position, enabled, document) VALUES (?, ?, ?, ?, ?)",
                [
                    .integer(id), .text(route.name), SQLValue(place), SQLValue(route.isEnabled), .text(try JSONCoding.text(route.route)),
                ])
            return id
        }
    }

    func change(_ route: NotificationRoute) async throws {
        try await database.write { transaction in
            try Ordering.refuse(route.name, in: "notification_route", besides: route.id, transaction)
            try Self.checkChannels(route.route, transaction)
            try transaction.execute(
                "UPDATE notification_route SET name = ?, position = ?, enabled = ?, document = ? WHERE id = ?",
                [
                    .text(route.name), SQLValue(route.position), SQLValue(route.isEnabled), .text(try JSONCoding.text(route.route)),
                    .integer(route.id),
                ])
        }
    }

    func removeRoute(_ id: Int64) async throws {
        try await database.write { try $0.execute("DELETE FROM notification_route WHERE id = ?", [.integer(id)]) }
    }

    func windows() async throws -> [NamedWindow] { try await database.read { try Self.windows($0) } }

    func window(_ id: Int64) async throws -> NamedWindow? {
        try await database.read { try $0.row("SELECT * FROM maintenance_window WHERE id = ?", [.integer(id)]).map(NamedWindow.init) }
    }

    func add(_ window: NamedWindow) async throws -> Int64 {
        try await database.write { transaction in
            try Ordering.refuse(window.name, in: "maintenance_window", besides: 0, transaction)
            try Self.checkRoom(in: "maintenance_window", transaction)
            let id = try transaction.nextKey(for: "maintenance window")
            try transaction.execute(
                "INSERT INTO maintenance_window (id, name, document) VALUES (?, ?, ?)",
                [.integer(id), .text(window.name), .text(try JSONCoding.text(window.window))])
            return id
        }
    }

    /// What it held back is looked at again at once: it may be over now.
    func change(_ window: NamedWindow) async throws {
        try await database.write { transaction in
            try Ordering.refuse(window.name, in: "maintenance_window", besides: window.id, transaction)
            try transaction.execute(
                "UPDATE maintenance_window SET name = ?, document = ? WHERE id = ?",
                [.text(window.name), .text(try JSONCoding.text(window.window)), .integer(window.id)])
            try Self.reviewHeld(transaction)
        }
    }

    func removeWindow(_ id: Int64) async throws {
        try await database.write { transaction in
            try transaction.execute("DELETE FROM maintenance_window WHERE id = ?", [.integer(id)])
            try Self.reviewHeld(transaction)
        }
    }

    private static func reviewHeld(_ transaction: SQLTransaction) throws {
        try transaction.execute("UPDATE delivery SET due_at = 0 WHERE state = 'suppressed' AND is_held = 1")
    }

    private static func checkRoom(in table: String, _ transaction: SQLTransaction) throws {
        let count = try transaction.row("SELECT COUNT(*) AS number FROM \(table)")?.integer("number") ?? 0
        guard count < maximum else { throw Problem(.conflict, "There are \(maximum) of them already; remove one first.") }
    }

    private static func checkChannels(_ route: Route, _ transaction: SQLTransaction) throws {
        for id in Set(route.channels + route.escalation.flatMap(\.channels)) {
            guard try transaction.row("SELECT id FROM channel WHERE id = ?", [.integer(id)]) != nil else {
                throw Problem.invalid("channels", "There is no channel \(id).")
            }
        }
    }
}

extension NotificationRoute {
    fileprivate init(_ row: SQLRow) throws {
        self.init(
            id: try row.required("id"), name: try row.required("name"), position: Int(try row.required("position", as: Int64.self)),
            isEnabled: row.bool("enabled"), route: try JSONCoding.value(Route.self, from: try row.required("document")))
    }
}

extension NamedWindow {
    fileprivate init(_ row: SQLRow) throws {
        self.init(
            id: try row.required("id"), name: try row.required("name"),
            window: try JSONCoding.value(MaintenanceWindow.self, from: try row.required("document")))
    }
}
