import Alarming
import FoundationEssentials
import PowerDevice

/// Writes deliveries within one transaction, by the routes, windows and channels as they are in it.
struct DeliveryDesk {
    private let transaction: SQLTransaction
    private let routing: Routing
    private let enabled: Set<Int64>
    private let instance: String
    private let time: NotificationTime

    init(_ transaction: SQLTransaction, zones: @escaping @Sendable (String) -> ZoneRules?, time: NotificationTime) throws {
        self.transaction = transaction
        self.time = time
        routing = try Self.routing(transaction, zones: zones)
        enabled = Set(try Self.enabledChannels(transaction))
        instance = try Self.instance(transaction)
    }

    static func routing(_ transaction: SQLTransaction, zones: @escaping @Sendable (String) -> ZoneRules?) throws -> Routing {
        let routes = try RoutingStore.routes(transaction).filter(\.isEnabled)
        let windows = try RoutingStore.windows(transaction)
        return Routing(
            routes: routes.map { Routing.NamedRoute(id: $0.id, name: $0.name, route: $0.route) },
            windows: windows.map { ($0.name, $0.window) },
            channels: try enabledChannels(transaction), zones: zones)
    }

    private static func enabledChannels(_ transaction: SQLTransaction) throws -> [Int64] {
        try transaction.rows("SELECT id FROM channel WHERE enabled = 1 ORDER BY id").map { try $0.required("id") }
    }

    static func instance(_ transaction: SQLTransaction) throws -> String {
        if let known = try transaction.row("SELECT value FROM notification_state WHERE name = 'instance'")?.text("value") { return known }
        let new = String((0..<10).compactMap { _ in "abcdefghijkmnpqrstuvwxyz23456789".randomElement() })
        try transaction.execute("INSERT INTO notification_state (name, value) VALUES ('instance', ?)", [.text(new)])
        return new
    }

    /// Returns the channels that something waits for now.
    func take(_ record: TellRecord) throws -> Set<Int64> {
        if record.tell.kind.isSequel { try endEscalations(of: record) }
        let told = try record.tell.kind.isSequel ? told(record) : []
        switch routing.decide(record.tell, told: told, now: time.wallSeconds) {
        case .suppressed(let reason): try insert(record, channel: nil, state: .suppressed, reason: reason)
        case .maintenance(let window, let seconds):
            try insert(
                record, channel: nil, state: .suppressed, reason: "maintenance: \(window)", delay: seconds,
                isHeld: !record.tell.kind.isSequel)
        case .told(let planned): return try insert(record, planned)
        }
        return []
    }

    /// A delivery that a window has held back, whose window is over or has been changed.
    func review(_ id: Int64, tell: Int64?, isNewest: Bool) throws {
        let row = try tell.flatMap { try transaction.row("SELECT * FROM incident_tell WHERE id = ?", [.integer($0)]) }
        guard isNewest, let row else { return try release(id) }
        let record = try TellRecord(row, transaction)
        guard !record.isOver else { return try release(id) }
        switch routing.decide(record.tell, now: time.wallSeconds) {
        case .suppressed: try release(id)
        case .maintenance(let window, let seconds):
            try transaction.execute(
                "UPDATE delivery SET reason = ?, due_at = ? WHERE id = ?",
                [.text("maintenance: \(window)"), SQLValue(time.steady.addingTimeInterval(Double(seconds))), .integer(id)])
        case .told(let planned):
            try release(id)
            _ = try insert(record, planned)
        }
    }

    private func release(_ id: Int64) throws {
        try transaction.execute("UPDATE delivery SET is_held = 0 WHERE id = ?", [.integer(id)])
    }

    // MARK: - Rows

    private func insert(_ record: TellRecord, _ planned: [Routing.Planned]) throws -> Set<Int64> {
        var channels: Set<Int64> = []
        let escalates = try record.tell.kind.isBeginning || !isEscalated(record)
        for plan in planned where plan.step == 0 || escalates {
            let isInUse = enabled.contains(plan.channel)
            let isHeld = plan.reason == .quietHours || plan.reason == .digest
            try insert(
                record, channel: plan.channel, route: plan.route, state: isInUse ? .waiting : .suppressed,
                reason: isInUse ? plan.reason?.rawValue : "channelDisabled", delay: plan.delay, step: plan.step, isHeld: isInUse && isHeld)
            if isInUse { channels.insert(plan.channel) }
        }
        return channels
    }

    private func insert(
        _ record: TellRecord, channel: Int64?, route: Int64? = nil, state: DeliveryState, reason: String?, delay: Int64 = 0, step: Int = 0,
        isHeld: Bool = false
    ) throws {
        let messageId = "nvfleet-\(instance)-\(record.id)-\(channel ?? 0)\(step > 0 ? "-e\(step)" : "")"
        var message = record.message(id: messageId, instance: instance, step: step)
        if message.isEnd, let channel { message.remaining = try remaining(record, on: channel) }
        let due = time.steady.addingTimeInterval(Double(delay))
        let id = try transaction.nextKey(for: "delivery")
        try transaction.execute(
            """
            INSERT INTO delivery (id, message_id, tell_id, incident_id, alarm_id, channel_id, route_id, kind, severity, state, reason,
              created_at, due_at, planned_at, steady_at, step, is_held, message)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (message_id) DO NOTHING
            """,
            [
                .integer(id), .text(messageId), .integer(record.id), SQLValue(record.incident), SQLValue(record.alarm), SQLValue(channel),
                SQLValue(route), .text(record.tell.kind.rawValue), .text(record.tell.severity.rawValue), .text(state.rawValue),
                SQLValue(reason), SQLValue(time.wall), SQLValue(due), SQLValue(due), SQLValue(time.steady), SQLValue(step),
                SQLValue(isHeld),
                .text(try JSONCoding.text(message)),
            ])
    }

    // MARK: - What was before

    /// Whom the beginning was told, or will be.
    private func told(_ record: TellRecord) throws -> Set<Routing.Told> {
        let ofAlarm = record.alarm != nil && (record.tell.kind == .singleEnded || record.tell.kind == .acknowledged)
        let rows = try transaction.rows(
            """
            SELECT DISTINCT channel_id, route_id FROM delivery WHERE \(ofAlarm ? "alarm_id" : "incident_id") = ?
            AND channel_id IS NOT NULL AND state <> 'suppressed' AND (step = 0 OR state IN ('delivered', 'sending'))
            AND \(ofAlarm ? "kind = 'single'" : "kind IN ('opened', 'changed')")
            """, [SQLValue(ofAlarm ? record.alarm : record.incident)])
        return Set(rows.compactMap { row in row.integer("channel_id").map { Routing.Told(channel: $0, route: row.integer("route_id")) } })
    }

    /// What a channel was told of the card of a message, or else of its site, and is not over; without what is over by this message.
    private func remaining(_ record: TellRecord, on channel: Int64) throws -> Int {
        let row: SQLRow?
        if let card = record.card {
            row = try transaction.row(
                """
                SELECT COUNT(*) AS others FROM alarm WHERE card_id = ? AND cleared_at IS NULL AND id <> ? AND EXISTS (
                  SELECT 1 FROM delivery d WHERE d.alarm_id = alarm.id AND d.channel_id = ? AND d.kind = 'single' AND d.state <> 'suppressed')
                """, [.integer(card), .integer(record.alarm ?? 0), .integer(channel)])
        } else {
            row = try transaction.row(
                """
                SELECT COUNT(*) AS others FROM incident WHERE closed_at IS NULL AND site = ? AND id <> ? AND EXISTS (
                  SELECT 1 FROM delivery d WHERE d.incident_id = incident.id AND d.channel_id = ? AND d.kind = 'opened'
                  AND d.state <> 'suppressed')
                """, [SQLValue(record.tell.site), .integer(record.incident ?? 0), .integer(channel)])
        }
        return Int(row?.integer("others") ?? 0)
    }

    private func isEscalated(_ record: TellRecord) throws -> Bool {
        try transaction.row(
            "SELECT id FROM delivery WHERE incident_id = ? AND step > 0 AND kind IN ('opened', 'changed') LIMIT 1",
            [SQLValue(record.incident)]) != nil
    }

    /// Nobody is to be told any more that it is unacknowledged.
    private func endEscalations(of record: TellRecord) throws {
        let ofAlarm = record.alarm != nil
        try transaction.execute(
            """
            UPDATE delivery SET state = 'suppressed', reason = ? WHERE \(ofAlarm ? "alarm_id" : "incident_id") = ?
            AND state = 'waiting' AND step > 0
            """,
            [.text(record.tell.kind == .acknowledged ? "acknowledged" : "ended"), SQLValue(ofAlarm ? record.alarm : record.incident)])
    }
}
