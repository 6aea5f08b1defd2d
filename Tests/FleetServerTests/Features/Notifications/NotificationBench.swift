import Alarming
import Crypto
import FoundationEssentials
import Logging
import Synchronization
import Testing

@testable import FleetServer

/// A clock that a test sets.
final class SetClock: Sendable {
    private let seconds: Mutex<Double>

    init(_ seconds: Double = 1_795_435_200) { self.seconds = Mutex(seconds) }

    func pass(_ span: Double) { seconds.withLock { $0 += span } }

    var time: NotificationTime {
        let date = Date(timeIntervalSince1970: seconds.withLock { $0 })
        return NotificationTime(wall: date, steady: date)
    }
}

/// A channel that does what a test says, and keeps what it was told.
final class ScriptedChannel: NotificationChannel {
    let told = Mutex<[NotificationMessage]>([])
    private let outcome: Mutex<DeliveryOutcome>

    init(_ outcome: DeliveryOutcome = .delivered("ok")) { self.outcome = Mutex(outcome) }

    func answers(_ new: DeliveryOutcome) { outcome.withLock { $0 = new } }

    func send(_ message: NotificationMessage) async -> DeliveryOutcome {
        told.withLock { $0.append(message) }
        return outcome.withLock { $0 }
    }

    var titles: [String] { told.withLock { $0.map(\.title) } }
}

/// The stores of notifications on an empty database, with rows as incidents write them.
struct NotificationBench {
    let database: FleetDatabase
    let clock = SetClock()
    let channels: ChannelStore
    let routing: RoutingStore
    let intake: DeliveryIntake
    let queue: DeliveryQueue
    let archive: DeliveryArchive

    init() throws {
        database = try FleetDatabase.forTests()
        channels = ChannelStore(database: database, secrets: SecretBox(key: SymmetricKey(size: .bits256)))
        routing = RoutingStore(database: database)
        intake = DeliveryIntake(database: database) { ZoneShelf.system.rules(of: $0) }
        queue = DeliveryQueue(database: database)
        archive = DeliveryArchive(database: database)
    }

    @discardableResult
    func channel(_ name: String, _ kind: ChannelKind = .command) async throws -> Int64 {
        try await channels.add(
            ChannelRecord(
                id: 0, name: name, kind: kind, isEnabled: true, settings: ChannelSettings(), secrets: ["password": "secret"],
                createdAt: clock.time.wall))
    }

    func route(_ name: String, _ channels: [Int64], _ change: (inout Route) -> Void = { _ in }) async throws -> Int64 {
        var route = Route()
        route.channels = channels
        change(&route)
        return try await routing.add(NotificationRoute(id: 0, name: name, position: 0, isEnabled: true, route: route), position: nil)
    }

    func openIncident(_ id: Int64) async throws {
        let now = SQLValue(clock.time.wall)
        try await database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO incident (id, site, place, place_title, family, cause, title, alarm_title, severity, opened_at, changed_at,
                  cards, active, singles, state, seen_at, last_joined_at)
                VALUES (?, 'Bern', 'site/Bern', 'Bern', 'mains', 'mains', 'x', 'x', 'warning', ?, ?, 1, 1, 0, 'open', ?, ?)
                """, [.integer(id), now, now, now, now])
        }
    }

    func set(_ column: String, of incident: Int64) async throws {
        let now = SQLValue(clock.time.wall)
        try await database.write { try $0.execute("UPDATE incident SET \(column) = ? WHERE id = ?", [now, .integer(incident)]) }
    }

    func tell(_ title: String, _ kind: Tell.Kind = .opened, incident: Int64? = nil, severity: String = "warning") async throws {
        let now = SQLValue(clock.time.wall)
        try await database.write { transaction in
            let id = try transaction.nextKey(for: "incident tell")
            try transaction.execute(
                "INSERT INTO incident_tell (id, at, kind, incident_id, site, severity, title, body) VALUES (?, ?, ?, ?, 'Bern', ?, ?, '')",
                [.integer(id), now, .text(kind.rawValue), SQLValue(incident), .text(severity), .text(title)])
        }
    }

    func takeIn() async throws {
        _ = try await intake.takeTells(clock.time)
        _ = try await intake.reviewMaintenance(clock.time)
        try await queue.gatherDigests(clock.time)
    }

    /// Sends what is due on a channel, and returns the titles.
    @discardableResult
    func send(_ channel: Int64, _ outcome: DeliveryOutcome = .delivered("ok")) async throws -> [String] {
        var titles: [String] = []
        while let claim = try await queue.claim(channel, clock.time) {
            titles.append(claim.message.title)
            _ = try await queue.finish(claim, outcome, clock.time)
        }
        return titles
    }

    /// States and reasons of all, the oldest first.
    func fates() async throws -> [String] {
        try await archive.deliveries(.init(), before: nil, limit: 100).reversed().map { delivery in
            delivery.reason.map { "\(delivery.state.rawValue) \($0)" } ?? delivery.state.rawValue
        }
    }
}
