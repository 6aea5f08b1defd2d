import Alarming
import FoundationEssentials
import Hummingbird
import PowerDevice

/// Who would be told.
struct PreviewResult: ResponseEncodable, Sendable {
    struct Message: Encodable, Sendable {
        let channel: Int64
        @Nullable var channelName: String?
        @Nullable var route: Int64?
        let at: Date
        @Nullable var reason: String?
        let step: Int

        init(_ planned: Routing.Planned, name: String?, now: Date) {
            (channel, step) = (planned.channel, planned.step)
            at = now.addingTimeInterval(Double(planned.delay))
            channelName = name
            route = planned.route
            reason = planned.reason?.rawValue
        }
    }

    /// The names of the routes that match, in their order.
    let routes: [String]
    let messages: [Message]
    /// Why nobody is told; null if somebody is.
    @Nullable var suppressed: String?

    init(routes: [String], messages: [Message], suppressed: String?) {
        self.routes = routes
        self.messages = messages
        self.suppressed = suppressed
    }
}

/// Asks the routes about something that is the matter, or about an example.
struct NotificationPreview: Sendable {
    struct Example: Decodable, Sendable {
        let kind: Tell.Kind?
        let severity: Severity?
        let site: String?
        let cause: String?
        let alarm: String?
        let cards: [Int64]?
        let at: Date?
    }

    /// One of the three.
    struct Order: Decodable, Sendable {
        let tell: Example?
        let incident: Int64?
        let alarm: Int64?
    }

    let database: FleetDatabase
    let zones: @Sendable (String) -> ZoneRules?

    func result(_ order: Order, _ time: NotificationTime) async throws -> PreviewResult {
        guard [order.tell != nil, order.incident != nil, order.alarm != nil].filter(\.self).count == 1 else {
            throw Problem.invalid("tell", "Give one of tell, incident and alarm.")
        }
        let zones = zones
        return try await database.read { transaction in
            let tell = try Self.tell(order, transaction)
            let routing = try DeliveryDesk.routing(transaction, zones: zones)
            let now = order.tell?.at ?? time.wall
            let seconds = Int64(now.timeIntervalSince1970.rounded(.down))
            var opening = tell
            if tell.kind.isSequel { opening.kind = tell.kind == .singleEnded ? .single : .opened }
            var told: Set<Routing.Told> = []
            if tell.kind.isSequel, case .told(let planned) = routing.decide(opening, now: seconds) {
                told = Set(planned.filter { $0.step == 0 }.map { Routing.Told(channel: $0.channel, route: $0.route) })
            }
            let routes = routing.matching(opening, now: seconds).map(\.name)
            switch routing.decide(tell, told: told, now: seconds) {
            case .suppressed(let reason): return PreviewResult(routes: routes, messages: [], suppressed: reason)
            case .maintenance(let window, _): return PreviewResult(routes: routes, messages: [], suppressed: "maintenance: \(window)")
            case .told(let planned):
                let rows = try transaction.rows("SELECT id, name FROM channel")
                let names = try Dictionary(rows.map { (try $0.required("id", as: Int64.self), try $0.required("name", as: String.self)) }) {
                    first, _ in first
                }
                let messages = planned.map { PreviewResult.Message($0, name: names[$0.channel], now: now) }
                return PreviewResult(routes: routes, messages: messages, suppressed: nil)
            }
        }
    }

    private static func tell(_ order: Order, _ transaction: SQLTransaction) throws -> Tell {
        if let incident = order.incident {
            guard let row = try transaction.row("SELECT site, cause, severity FROM incident WHERE id = ?", [.integer(incident)]) else {
                throw Problem.invalid("incident", "There is no incident \(incident).")
            }
            let members = try transaction.rows(
                "SELECT DISTINCT card_id FROM incident_member WHERE incident_id = ? LIMIT 5000", [.integer(incident)])
            return Tell(
                kind: .opened, severity: row.text("severity").flatMap(Severity.init) ?? .critical, site: row.text("site"),
                cause: row.text("cause"), cards: try cards(members.compactMap { $0.integer("card_id") }, transaction))
        }
        if let alarm = order.alarm {
            let row = try transaction.row(
                """
                SELECT alarm.name AS name, alarm.severity AS severity, alarm.card_id AS card_id, card.site AS site
                FROM alarm LEFT JOIN card ON card.id = alarm.card_id WHERE alarm.id = ?
                """, [.integer(alarm)])
            guard let row else { throw Problem.invalid("alarm", "There is no alarm \(alarm).") }
            return Tell(
                kind: .single, severity: row.text("severity").flatMap(Severity.init) ?? .critical, site: row.text("site"),
                cards: try cards(row.integer("card_id").map { [$0] } ?? [], transaction), alarm: row.text("name"))
        }
        let example = order.tell
        return Tell(
            kind: example?.kind ?? .opened, severity: example?.severity ?? .critical, site: example?.site, cause: example?.cause,
            cards: try cards(Array((example?.cards ?? []).prefix(1000)), transaction), alarm: example?.alarm)
    }

    private static func cards(_ ids: [Int64], _ transaction: SQLTransaction) throws -> [Tell.Card] {
        try ids.compactMap { id in
            try transaction.row("SELECT tags FROM card WHERE id = ?", [.integer(id)]).map { row in
                Tell.Card(id: id, tags: Set(try JSONCoding.value([String].self, from: try row.required("tags"))))
            }
        }
    }
}
