import Alarming
import FoundationEssentials
import PowerDevice

/// The open alarms of all cards, and the steps that are to be stored yet. Pure: `now` is seconds of the steady clock.
struct AlarmBoard: Sendable {
    /// Seconds without a loss after which it is over.
    static let lossSeconds = 600.0

    /// By card; 0: the server's own.
    private(set) var tables: [Int64: AlarmTable] = [:]
    /// In their order.
    private(set) var pending: [AlarmEdge] = []
    /// Under way to the database.
    private(set) var inFlight: [AlarmEdge] = []
    /// Claims that changed something and could not be kept.
    private(set) var lost: UInt64 = 0
    /// Cards whose alarms have changed here since the records were asked for.
    private var touched: Set<Int64> = []
    /// What has been told of losses.
    private var lostTold: UInt64 = 0
    private var lostAt = -Double.infinity

    let capacity: Int
    let unseen: Set<String>

    init(capacity: Int, unseen: Set<String>) {
        self.capacity = capacity
        self.unseen = unseen
    }

    /// True if there is something to store.
    var isWaiting: Bool { !pending.isEmpty }
    var waiting: Int { pending.count + inFlight.count }

    mutating func take(_ report: AlarmReport, asked: Double, now: Double) {
        let (key, claims, source) = (report.card ?? 0, report.claims.map(AlarmClaim.init), AlarmSource(report.source))
        guard waiting < capacity else { return refuse(key, claims, source, asked: asked, now: now) }
        let index = tables.index(forKey: key)
        var steps: [AlarmStep]
        if let index {
            steps = tables.values[index].take(claims, from: source, asked: asked, at: now, unseen: unseen)
        } else {
            var table = AlarmTable()
            steps = table.take(claims, from: source, asked: asked, at: now, unseen: unseen)
            guard !table.isEmpty else { return }
            tables[key] = table
        }
        add(steps, key, at: report.at)
    }

    /// No room: what is no news is no loss, and what is news stays to be told by the next report.
    private mutating func refuse(_ key: Int64, _ claims: [AlarmClaim], _ source: AlarmSource, asked: Double, now: Double) {
        var table = tables[key] ?? AlarmTable()
        let steps = table.take(claims, from: source, asked: asked, at: now, unseen: unseen)
        guard !steps.isEmpty else { return }
        lost += UInt64(steps.count)
        lostAt = now
    }

    private mutating func add(_ steps: [AlarmStep], _ key: Int64, at date: Date) {
        guard !steps.isEmpty else { return }
        touched.insert(key)
        pending += steps.map { AlarmEdge(card: key == 0 ? nil : key, at: date, step: $0) }
    }

    /// What time alone changes, and what is to be said of losses.
    mutating func pass(_ now: Double, at date: Date, instance: String?) {
        for (key, table) in tables where table.isFlapping || table.open.isEmpty {
            var table = table
            let steps = table.pass(now)
            tables[key] = table.isEmpty ? nil : table
            add(steps, key, at: date)
        }
        let alarm = Alarm.alarmsLost(instance: instance)
        guard waiting < capacity else { return }
        if lost > lostTold {
            lostTold = lost
            let detail = "\(lost) changes of alarms since the server's start: the database did not take them in time."
            take(.init(card: nil, source: .server, at: date, claims: [.raised(alarm, detail: detail)]), asked: now, now: now)
        } else if now - lostAt > Self.lossSeconds, tables[0]?.open[alarm.name] != nil {
            take(.init(card: nil, source: .server, at: date, claims: [.cleared(alarm.name)]), asked: now, now: now)
        }
    }
}

// MARK: - Storing

extension AlarmBoard {
    /// Up to `limit` steps to be stored now, the oldest first.
    mutating func begin(limit: Int) -> [AlarmEdge] {
        inFlight = Array(pending.prefix(limit))
        pending.removeFirst(inFlight.count)
        return inFlight
    }

    /// They are stored; of the cards that are gone nothing is kept.
    mutating func stored(gone: Set<Int64>) {
        inFlight = []
        forget(gone)
    }

    /// They could not be stored, and come first the next time.
    mutating func failed() {
        pending = inFlight + pending
        inFlight = []
    }

    private mutating func forget(_ cards: Set<Int64>) {
        guard !cards.isEmpty else { return }
        for card in cards { tables[card] = nil }
        pending.removeAll { $0.card.map(cards.contains) ?? false }
    }

    /// Others tell of these cards from now on: what was only seen here, and not stored in time, is theirs to see.
    mutating func keepOwn(_ shards: Set<Int>) {
        pending.removeAll { edge in
            guard let card = edge.card, edge.step.source == .poll || edge.step.source == .communication else { return false }
            return !shards.contains(PollShards.shard(of: card))
        }
    }
}

// MARK: - The records

extension AlarmBoard {
    /// From now on it is noted what changes here, while the records are read.
    mutating func beginReload() { touched = Set((pending + inFlight).map { $0.card ?? 0 }) }

    /// What is open by the records, of all cards that have not changed here meanwhile.
    mutating func reload(_ alarms: [AlarmRecord], now: Double) {
        let recorded = Dictionary(grouping: alarms) { $0.card ?? 0 }
        for (key, table) in tables where !touched.contains(key) && !table.open.isEmpty {
            let names = Set((recorded[key] ?? []).map(\.name))
            if !table.open.keys.allSatisfy(names.contains) { tables[key]?.keep(only: names) }
        }
        for (key, alarms) in recorded where !touched.contains(key) {
            for alarm in alarms { adopt(alarm, now: now) }
        }
    }

    /// An event of another server, or of somebody who did something to an alarm.
    mutating func follow(_ event: AlarmEvent, now: Double) {
        let key = event.alarm.card ?? 0
        guard !pending.contains(where: { $0.card == event.alarm.card }), !inFlight.contains(where: { $0.card == event.alarm.card }) else {
            return
        }
        touched.insert(key)
        if event.alarm.clearedAt == nil {
            adopt(event.alarm, now: now)
        } else if event.kind == .cleared {
            tables[key]?.drop(event.alarm.name, at: now)
        }
    }

    private mutating func adopt(_ record: AlarmRecord, now: Double) {
        tables[record.card ?? 0, default: AlarmTable()].adopt(
            record.alarm, from: AlarmSource(record.source), isFlapping: record.isFlapping, occurrences: record.occurrences, at: now)
    }
}
