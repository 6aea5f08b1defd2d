package import PowerDevice

/// The open alarms of one card, and what becomes of them with each report. Pure: times are seconds of a steady clock.
///
///     not there ──raised──► open ──cleared──► not there
///                            │ 5 raises within 10 minutes
///                            ▼
///                         flapping: open whatever is said, for as long as it comes and goes
///                            │ 10 minutes without a change: settled, and cleared if it is not active then
///                            ▼
///                         open, or not there
///
/// An alarm is known by its name, whoever tells of it. What a poll tells was true at some time after it began: what has been heard after
/// that is not undone by it.
package struct AlarmTable: Sendable, Equatable {
    /// Raises within the window that make an alarm flap.
    package static let flappingRaises = 5
    /// Seconds in which raises are counted, and of quiet after which a flapping alarm has settled.
    package static let flappingWindow = 600.0
    /// Seconds that a card's objects may lag behind what it sends by itself: a poll that begins earlier does not undo it.
    package static let lag = 2.0
    /// Open alarms of one card; cards know less than a hundred.
    package static let maximumOpen = 256
    /// Names of which something past is known.
    package static let maximumPast = 256

    package struct Entry: Sendable, Equatable {
        package var alarm: Alarm
        package let source: AlarmSource
        /// False only while it flaps: at the moment it is not there.
        package fileprivate(set) var isActive = true
        package fileprivate(set) var isFlapping = false
        package fileprivate(set) var occurrences = 1
        /// A poll has listed it.
        fileprivate var isConfirmed: Bool
        /// A poll that began earlier does not end it.
        fileprivate var endableFrom: Double
        /// When it was last raised or cleared.
        fileprivate var changedAt: Double
    }

    /// What is remembered of a name beside its entry.
    private struct Past: Sendable, Equatable {
        /// The latest raises, the oldest first.
        var raises: [Double] = []
        /// A poll that began earlier does not raise it.
        var raisableFrom = -Double.infinity

        func isOver(_ now: Double) -> Bool {
            raisableFrom <= now && (raises.last ?? -.infinity) <= now - AlarmTable.flappingWindow
        }
    }

    package private(set) var open: [String: Entry] = [:]
    private var past: [String: Past] = [:]
    /// Raises that found the table full.
    package private(set) var refused = 0

    package init() {}

    /// Whether nothing would be lost with it.
    package var isEmpty: Bool { open.isEmpty && past.isEmpty }
    package var isFlapping: Bool { open.values.contains(where: \.isFlapping) }

    /// Takes what is said, and returns what it changes.
    ///
    /// - Parameters:
    ///   - asked: when the source began to look; of what was sent unasked when it came.
    ///   - unseen: names that no poll can tell; a poll's silence about them says nothing.
    package mutating func take(
        _ claims: [AlarmClaim], from source: AlarmSource, asked: Double, at now: Double, unseen: Set<String> = []
    ) -> [AlarmStep] {
        // Nearly all polls say that there is nothing, of a card of which nothing is known.
        if open.isEmpty, past.isEmpty, claims == [.all([])] { return [] }
        var steps: [AlarmStep] = []
        let word = Word(source: source, asked: asked, now: now)
        for claim in claims {
            switch claim {
            case .raised(let alarm, let detail): raise(alarm, detail, word, &steps)
            case .cleared(let name): clear(name, word, &steps)
            case .all(let alarms):
                for alarm in alarms.sorted(by: { $0.name < $1.name }) { raise(alarm, nil, word, &steps) }
                for (name, entry) in open.sorted(by: { $0.key < $1.key })
                where entry.source.authority == source.authority && !alarms.contains(entry.alarm) {
                    if entry.isConfirmed || !unseen.contains(name) { clear(name, word, &steps) }
                }
            }
        }
        return steps
    }

    /// Time has passed: what has been quiet for long enough has settled, and what is long past is forgotten.
    package mutating func pass(_ now: Double) -> [AlarmStep] {
        var steps: [AlarmStep] = []
        for (name, entry) in open.sorted(by: { $0.key < $1.key })
        where entry.isFlapping && now - entry.changedAt >= Self.flappingWindow {
            steps.append(AlarmStep(.settled, entry.alarm, entry.source, occurrences: entry.occurrences))
            open[name]?.isFlapping = false
            guard !entry.isActive else { continue }
            open[name] = nil
            steps.append(AlarmStep(.cleared, entry.alarm, entry.source, occurrences: entry.occurrences))
        }
        past = past.filter { !$0.value.isOver(now) }
        return steps
    }
}

// MARK: - What is recorded elsewhere

extension AlarmTable {
    /// The alarm is open by the records: as after a start of the server, or because another server has raised it.
    package mutating func adopt(_ alarm: Alarm, from source: AlarmSource, isFlapping: Bool, occurrences: Int, at now: Double) {
        if var known = open[alarm.name] {
            known.alarm = alarm
            open[alarm.name] = known
            return
        }
        var entry = Entry(alarm: alarm, source: source, isConfirmed: source == .poll, endableFrom: now, changedAt: now)
        (entry.isFlapping, entry.occurrences) = (isFlapping, occurrences)
        open[alarm.name] = entry
    }

    /// The alarm is over by the records, as an operator or another server has ended it. A poll that began before does not raise it again.
    package mutating func drop(_ name: String, at now: Double) {
        guard open.removeValue(forKey: name) != nil else { return }
        note(name, now) { $0.raisableFrom = now }
    }

    /// These are the alarms that are open by the records, and no others.
    package mutating func keep(only names: Set<String>) { open = open.filter { names.contains($0.key) } }
}

// MARK: - Single claims

extension AlarmTable {
    /// Who says something, and of when.
    private struct Word {
        let source: AlarmSource
        let asked: Double
        let now: Double

        /// What a card sends may be ahead of its objects.
        var isAhead: Bool { source == .trap || source == .syslog }
        /// From when on a poll counts against it.
        var counterFrom: Double { isAhead ? now + AlarmTable.lag : source == .poll ? asked : now }
    }

    private mutating func raise(_ alarm: Alarm, _ detail: String?, _ word: Word, _ steps: inout [AlarmStep]) {
        guard let index = open.index(forKey: alarm.name) else { return begin(alarm, detail, word, &steps) }
        var entry = open.values[index]
        guard entry.source.authority == word.source.authority else { return }
        if !entry.isActive {
            if word.source == .poll, word.asked < past[alarm.name]?.raisableFrom ?? -.infinity { return }
            (entry.isActive, entry.changedAt) = (true, word.now)
            entry.occurrences += 1
            steps.append(AlarmStep(.counted, entry.alarm, entry.source, occurrences: entry.occurrences))
        }
        entry.endableFrom = max(entry.endableFrom, word.counterFrom)
        if regrades(entry, alarm, word.source) {
            entry.alarm = alarm
            steps.append(AlarmStep(.severity, alarm, entry.source, detail: detail, occurrences: entry.occurrences))
        }
        if word.source == .poll { entry.isConfirmed = true }
        open.values[index] = entry
    }

    /// Traps of one MIB may grade an alarm otherwise than the objects of another: what is polled counts, and before it the worse grade.
    private func regrades(_ entry: Entry, _ alarm: Alarm, _ source: AlarmSource) -> Bool {
        guard alarm.severity != entry.alarm.severity else { return false }
        guard source == .trap || source == .syslog else { return true }
        return !entry.isConfirmed && alarm.severity > entry.alarm.severity
    }

    private mutating func begin(_ alarm: Alarm, _ detail: String?, _ word: Word, _ steps: inout [AlarmStep]) {
        if word.source == .poll, word.asked < past[alarm.name]?.raisableFrom ?? -.infinity { return }
        guard open.count < Self.maximumOpen else { return refused += 1 }
        var raises = 0
        note(alarm.name, word.now) { known in
            known.raises = known.raises.suffix(Self.flappingRaises - 1).filter { word.now - $0 < Self.flappingWindow } + [word.now]
            raises = known.raises.count
        }
        var entry = Entry(
            alarm: alarm, source: word.source, isConfirmed: word.source == .poll, endableFrom: word.counterFrom, changedAt: word.now)
        entry.isFlapping = raises >= Self.flappingRaises
        if entry.isFlapping { entry.occurrences = raises }
        open[alarm.name] = entry
        steps.append(AlarmStep(.raised, alarm, word.source, detail: detail, occurrences: entry.occurrences))
        if entry.isFlapping { steps.append(AlarmStep(.flapping, alarm, word.source, occurrences: entry.occurrences)) }
    }

    private mutating func clear(_ name: String, _ word: Word, _ steps: inout [AlarmStep]) {
        guard var entry = open[name] else {
            // Its raise was lost; a poll under way may still have seen it.
            if word.isAhead { note(name, word.now) { $0.raisableFrom = word.counterFrom } }
            return
        }
        guard entry.source.authority == word.source.authority else { return }
        if word.source == .poll, word.asked < entry.endableFrom { return }
        note(name, word.now) { $0.raisableFrom = word.counterFrom }
        guard !entry.isFlapping else {
            if entry.isActive { (entry.isActive, entry.changedAt) = (false, word.now) }
            open[name] = entry
            return
        }
        open[name] = nil
        steps.append(AlarmStep(.cleared, entry.alarm, word.source, occurrences: entry.occurrences))
    }

    private mutating func note(_ name: String, _ now: Double, _ change: (inout Past) -> Void) {
        if past[name] == nil, past.count >= Self.maximumPast {
            past = past.filter { !$0.value.isOver(now) }
            if past.count >= Self.maximumPast { past.removeAll() }
        }
        change(&past[name, default: Past()])
    }
}
