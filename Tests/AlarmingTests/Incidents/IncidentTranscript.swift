import PowerDevice
import Testing

@testable import Alarming

/// What happens to alarms, second by second, and what is told of it.
///
/// Before each step the engine can be thrown away and made anew from what it has said is to be stored.
struct IncidentTranscript {
    var engine = IncidentEngine()
    /// Seconds by both clocks; `jump` is what somebody has set the clock on the wall forward by.
    var seconds: Double = 1_000_000
    var jump: Double = 0
    var restarts = false
    var roster = Roster(["site/Lyon": 100, "site/Bern": 100])
    private(set) var tells: [IncidentTell] = []
    private(set) var lines: [IncidentLine] = []
    private(set) var acknowledged: [Int64: String] = [:]
    private var stored = StoredIncidents()
    private var keys: Int64 = 0
    private var alarms: [String: Int64] = [:]
    private var raised: Int64 = 0

    init(restarts: Bool = false) { self.restarts = restarts }

    var now: Moment { Moment(steady: Int64(seconds * 1000), wall: Int64((seconds + jump) * 1000)) }
    var kinds: [IncidentTell.Kind] { tells.map(\.kind) }

    mutating func news(
        _ kind: AlarmNews.Kind, _ card: Int64?, _ name: String = "upsAlarmOnBattery", site: String? = "Lyon",
        severity: Severity = .warning, by user: String? = nil
    ) -> AlarmNews {
        let key = "\(card ?? 0) \(name)"
        if kind == .raised {
            raised += 1
            alarms[key] = raised
        }
        let place = card.map { Place(card: $0, name: "card \($0)", site: site, address: "10.1.2.\($0)") } ?? .server
        return AlarmNews(
            kind, alarm: alarms[key] ?? 0, card: card, cardName: card.map { "card \($0)" } ?? "Server", name: name, title: name,
            severity: severity, place: place, at: now.wall, username: user)
    }

    mutating func take(_ news: [AlarmNews]) throws {
        restart()
        try store { try $0.take(news, now: $1, source: $2) }
    }

    mutating func raise(_ cards: some Sequence<Int64>, _ name: String = "upsAlarmOnBattery", site: String? = "Lyon") throws {
        var all: [AlarmNews] = []
        for card in cards { all.append(news(.raised, card, name, site: site)) }
        try take(all)
    }

    mutating func clear(_ cards: some Sequence<Int64>, _ name: String = "upsAlarmOnBattery", site: String? = "Lyon") throws {
        var all: [AlarmNews] = []
        for card in cards { all.append(news(.cleared, card, name, site: site)) }
        try take(all)
    }

    /// So many seconds go by, one tick each.
    mutating func pass(_ count: Int) throws {
        for _ in 0..<count {
            seconds += 1
            restart()
            let isDue = engine.isDue(now)
            let before = tells.count
            try store { try $0.tick($1, source: $2) }
            #expect(isDue || tells.count == before)
        }
    }

    private mutating func store(
        _ body: (inout IncidentEngine, Moment, IncidentSource) throws -> IncidentChanges
    ) throws {
        var next = keys
        let roster = roster
        let changes = try withoutActuallyEscaping({ () -> Int64 in
            next += 1
            return next
        }) { newKey in
            try body(&engine, now, IncidentSource(newKey: newKey, roster: { roster }))
        }
        keys = next
        stored.apply(changes, engine)
        tells += changes.tells
        lines += changes.lines
        acknowledged.merge(changes.acknowledged) { $1 }
        for id in changes.unacknowledged { acknowledged[id] = nil }
    }

    private mutating func restart() {
        guard restarts else { return }
        let fresh = IncidentEngine(restoring: stored.incidents)
        #expect(fresh.incidents == engine.incidents)
        engine = fresh
    }
}

/// The tables, as far as an engine is made anew from them.
struct StoredIncidents {
    private var rows: [Int64: Incident] = [:]
    private var members: [Int64: [Int64: IncidentMember]] = [:]

    mutating func apply(_ changes: IncidentChanges, _ engine: IncidentEngine) {
        for id in changes.removedIncidents { (rows[id], members[id]) = (nil, nil) }
        for key in changes.removedMembers { members[key.incident]?[key.alarm] = nil }
        for id in changes.incidents {
            if let incident = engine.incidents[id] { rows[id] = incident } else { (rows[id], members[id]) = (nil, nil) }
        }
        for key in changes.members {
            guard let member = engine.incidents[key.incident]?.members[key.alarm] else { continue }
            members[key.incident, default: [:]][key.alarm] = member
        }
    }

    var incidents: [Incident] {
        rows.values.map { row in
            var incident = Incident(
                id: row.id, place: Place(stored: row.place.key), family: row.family, cause: row.cause, alarmTitle: row.alarmTitle,
                severity: row.severity, openedAt: row.openedAt, closedAt: row.closedAt, changedAt: row.changedAt, seenAt: row.seenAt,
                lastJoinedAt: row.lastJoinedAt, lastClearSeenAt: row.lastClearSeenAt, lastClearedAt: row.lastClearedAt, told: row.told)
            for member in (members[row.id] ?? [:]).values { incident.put(member) }
            return incident
        }
    }
}
