/// What has become of an alarm, as `alarms --follow` shows it.
struct AlarmChange: Encodable, Sendable, Equatable {
    let at: String
    let id: Int
    @Nullable var card: Int?
    @Nullable var cardName: String?
    @Nullable var site: String?
    let name: String
    let title: String
    let severity: String
    @Nullable var source: String?
    /// raised, acknowledged or cleared.
    let state: String

    /// `2026-01-31T12:00:00Z  critical  raised  Rack 3 (Berlin): On battery [12]`
    var words: String {
        let place = (cardName ?? card.map { "card \($0)" } ?? "the server") + (site.map { " (\($0))" } ?? "")
        return "\(at)  \(Table.fit(severity, 11))  \(Table.fit(state, 12))  \(place): \(title) [\(id)]"
    }
}

/// An alarm's change in the stream, with the names of the API.
struct AlarmTiding: Decodable, Sendable, Equatable {
    static let type = "alarm"

    var card: Int?
    let at: String
    let name: String
    let title: String
    let severity: String
    let active: Bool
    var id: Int?
    var state: String?
    var source: String?
}

/// Tells from lists and from the stream what is new, each change once.
struct AlarmWatch {
    /// A card's name and what alarms can be chosen by.
    struct CardFacts: Sendable, Equatable {
        let name: String
        var site: String?
        var tags: [String] = []

        init(name: String, site: String? = nil, tags: [String] = []) {
            self.name = name
            self.site = site
            self.tags = tags
        }

        init(_ card: CardRecord) { self.init(name: card.name, site: card.site, tags: card.tags ?? []) }
    }

    private struct Mark: Equatable {
        let state: String
        let severity: String
    }

    let filter: AlarmFilterOptions
    /// Only changes to this state; nil: all.
    let state: String?
    let card: Int?
    var cards: [Int: CardFacts] = [:]
    private var open: [Int: Mark] = [:]

    init(filter: AlarmFilterOptions, state: String? = nil, card: Int? = nil) {
        self.filter = filter
        self.state = state
        self.card = card
    }

    /// All open alarms, the newest first: what of it is new, the oldest first; and which alarms that were open are not among them.
    mutating func listed(_ alarms: [AlarmItem]) -> (new: [AlarmChange], gone: [Int]) {
        let gone = Set(open.keys).subtracting(alarms.map(\.id)).sorted()
        return (alarms.reversed().compactMap { noticed($0) }, gone)
    }

    /// One alarm as the server tells of it.
    mutating func noticed(_ alarm: AlarmItem) -> AlarmChange? {
        if let card = alarm.card, let name = alarm.cardName {
            cards[card] = CardFacts(name: name, site: alarm.site ?? cards[card]?.site, tags: cards[card]?.tags ?? [])
        }
        let at = [alarm.clearedAt, alarm.acknowledgedAt].compactMap(\.self).first ?? alarm.since
        return change(
            AlarmChange(
                at: at, id: alarm.id, card: alarm.card, cardName: alarm.cardName, site: alarm.site, name: alarm.name, title: alarm.title,
                severity: alarm.severity, source: alarm.source, state: alarm.state))
    }

    /// A change in the stream. Nil where it is no news, or is not asked for.
    mutating func heard(_ tiding: AlarmTiding) -> AlarmChange? {
        guard let id = tiding.id else { return nil }
        let facts = tiding.card.flatMap { cards[$0] }
        return change(
            AlarmChange(
                at: tiding.at, id: id, card: tiding.card, cardName: facts?.name, site: facts?.site, name: tiding.name, title: tiding.title,
                severity: tiding.severity, source: tiding.source,
                state: tiding.state ?? (tiding.active ? AlarmItem.raised : AlarmItem.cleared)))
    }

    /// Only open alarms are remembered: what is over has been told.
    private mutating func change(_ change: AlarmChange) -> AlarmChange? {
        let mark = Mark(state: change.state, severity: change.severity)
        guard open[change.id] != mark else { return nil }
        if change.state == AlarmItem.cleared {
            let wasOpen = open.removeValue(forKey: change.id) != nil
            guard wasOpen else { return nil }
        } else {
            open[change.id] = mark
        }
        return isMeant(change) ? change : nil
    }

    private func isMeant(_ change: AlarmChange) -> Bool {
        let severities = filter.severities
        let tags = change.card.flatMap { cards[$0]?.tags } ?? []
        switch state {
        case nil, "all": break
        case "open": guard change.state != AlarmItem.cleared else { return false }
        default: guard change.state == state else { return false }
        }
        return (severities.isEmpty || severities.contains(change.severity)) && (card == nil || card == change.card)
            && (filter.site == nil || filter.site == change.site) && (filter.tag.map { tags.contains($0) } ?? true)
            && (filter.name == nil || filter.name == change.name) && (filter.source == nil || filter.source == change.source)
            && (filter.search.map { isFound($0, in: change) } ?? true)
    }

    private func isFound(_ text: String, in change: AlarmChange) -> Bool {
        [change.cardName, change.title, change.name].contains { $0?.lowercased().contains(text.lowercased()) == true }
    }
}
