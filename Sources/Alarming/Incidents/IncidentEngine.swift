import PowerDevice

/// What the engine has to ask for.
package struct IncidentSource {
    /// The key of a new incident.
    package let newKey: () throws -> Int64
    package let roster: () throws -> Roster

    package init(newKey: @escaping () throws -> Int64, roster: @escaping () throws -> Roster) {
        self.newKey = newKey
        self.roster = roster
    }
}

/// Makes incidents of what happens to alarms, and decides what of them is worth a message.
///
/// All that it goes by is in `incidents`, and that is all in the tables: an engine that was made anew from them goes on as the old one.
package struct IncidentEngine: Sendable {
    package let policy: IncidentPolicy
    /// Those that are open, and those of which a card has not recovered.
    package internal(set) var incidents: [Int64: Incident] = [:]
    /// The incident that an alarm is in.
    var incidentOf: [Int64: Int64] = [:]
    /// The open incident of a family at a place.
    var openAt: [Place: [String: Int64]] = [:]
    /// The mains failure that a card is in.
    var mainsOf: [Int64: Int64] = [:]
    /// Incidents of silent cards that have changed since it was looked at whether all of their site are silent.
    var unjudged: Set<Int64> = []
    var changes = IncidentChanges()

    package init(policy: IncidentPolicy = IncidentPolicy(), restoring incidents: [Incident] = []) {
        self.policy = policy
        for incident in incidents.sorted(by: { $0.id < $1.id }) {
            self.incidents[incident.id] = incident
            if incident.isOpen { openAt[incident.place, default: [:]][incident.family] = incident.id }
            if incident.isOpen, incident.isSilence { unjudged.insert(incident.id) }
            for member in incident.members.values { index(member, in: incident) }
        }
    }

    /// Takes news in their order. Returns what has to be stored.
    package mutating func take(_ news: [AlarmNews], now: Moment, source: IncidentSource) throws -> IncidentChanges {
        // What one look at a card finds comes in no order: its mains alarm first, so that the graver ones join it.
        var rest: [AlarmNews] = []
        var raisedMains: Set<Int64> = []
        for item in news where item.kind == .raised && item.family == .mains && incidentOf[item.alarm] == nil {
            guard raisedMains.insert(item.alarm).inserted else { continue }
            try raise(item, now, source)
        }
        for item in news {
            if item.kind == .raised, raisedMains.remove(item.alarm) != nil { continue }
            rest.append(item)
        }
        for item in rest { try take(item, now, source) }
        return finishChanges()
    }

    /// Alarms that are no longer there, or are over without that having been heard.
    package mutating func heal(cleared: [(alarm: Int64, at: Int64)], now: Moment) -> IncidentChanges {
        for (alarm, at) in cleared { clear(alarm, at: at, now) }
        return finishChanges()
    }

    private mutating func take(_ news: AlarmNews, _ now: Moment, _ source: IncidentSource) throws {
        switch news.kind {
        case .raised: try raise(news, now, source)
        case .cleared: clear(news.alarm, at: news.at, now)
        case .severity:
            change(news.alarm, now) { $0.severity = news.severity }
        case .acknowledged, .unacknowledged: acknowledge(news, now)
        case .shelved: change(news.alarm, now) { $0.isShelved = true }
        case .unshelved: change(news.alarm, now) { $0.isShelved = false }
        case .commented, .flapping, .settled: break
        }
    }

    // MARK: - Members

    private mutating func raise(_ news: AlarmNews, _ now: Moment, _ source: IncidentSource) throws {
        if let known = incidentOf[news.alarm], let incident = incidents[known], let member = incident.members[news.alarm] {
            if member.isActive { return }
            if incident.isOpen { return relapse(member, news, known, now) }
        }
        let family = news.family
        if AlarmFamily.grave.contains(news.name), let card = news.card, let mains = currentMains(of: card) {
            return join(mains, IncidentMember(news, role: .grave, now), now)
        }
        if AlarmFamily.consequences.contains(news.name), let card = news.card, let mains = causingMains(of: card, now) {
            return join(mains, IncidentMember(news, role: .consequence, now), now)
        }
        let place = news.card == nil ? Place.server : news.place
        let id = try openIncident(family, at: place, now) ?? open(news, family, at: place, now, source)
        join(id, IncidentMember(news, role: .group, now), now)
        if family == .mains, let card = news.card { adopt(of: card, at: place, into: id, now) }
    }

    /// The open incident that an alarm of the family joins.
    private func openIncident(_ family: AlarmFamily, at place: Place, _ now: Moment) -> Int64? {
        if family == .communication, let isolated = openAt[.server]?[family.cause] { return isolated }
        guard let id = openAt[place]?[family.cause], let incident = incidents[id] else { return nil }
        if family.isShared || now.steady - incident.lastJoinedAt <= policy.window { return id }
        return nil
    }

    private mutating func open(
        _ news: AlarmNews, _ family: AlarmFamily, at place: Place, _ now: Moment, _ source: IncidentSource
    ) throws -> Int64 {
        let id = try source.newKey()
        incidents[id] = Incident(
            id: id, place: place, family: family.cause, cause: family.cause, alarmTitle: news.title, severity: news.severity,
            openedAt: news.at, changedAt: news.at, seenAt: now.steady, lastJoinedAt: now.steady)
        openAt[place, default: [:]][family.cause] = id
        changes.lines.append(IncidentLine(.opened, incident: id, at: news.at, text: "\(news.cardName): \(news.title)"))
        return id
    }

    mutating func join(_ id: Int64, _ member: IncidentMember, _ now: Moment) {
        guard var incident = incidents.removeValue(forKey: id) else { return }
        let cards = incident.cards
        incident.put(member)
        if incident.cards > cards {
            incident.lastJoinedAt = now.steady
            if cards > 0 { count(id, member.joinedAt) { $0.joined += 1 } }
        }
        incident.openedAt = min(incident.openedAt, member.joinedAt)
        incident.seenAt = min(incident.seenAt, member.seenAt)
        incident.changedAt = max(incident.changedAt, member.joinedAt)
        incidents[id] = incident
        index(member, in: incident)
        note(id, member.alarm)
        if incident.isSilence { unjudged.insert(id) }
    }

    private mutating func index(_ member: IncidentMember, in incident: Incident) {
        if incident.isOpen || member.isActive { incidentOf[member.alarm] = incident.id }
        if incident.isMains, member.role == .group, let card = member.card, incident.isOpen || member.isActive {
            mainsOf[card] = max(mainsOf[card] ?? 0, incident.id)
        }
    }

    private mutating func relapse(_ member: IncidentMember, _ news: AlarmNews, _ id: Int64, _ now: Moment) {
        var member = member
        member.clearedAt = nil
        member.clearSeenAt = nil
        member.severity = news.severity
        member.isAcknowledged = false
        member.isShelved = news.isShelved
        put(member, in: id, at: news.at)
        count(id, news.at) { $0.relapsed += 1 }
    }

    private mutating func clear(_ alarm: Int64, at: Int64, _ now: Moment) {
        guard let id = incidentOf[alarm], var member = incidents[id]?.members[alarm], member.isActive else { return }
        member.clearedAt = max(at, member.joinedAt)
        member.clearSeenAt = now.steady
        let active = incidents[id]?.active ?? 0
        put(member, in: id, at: at)
        if let left = incidents[id]?.active, left < active { count(id, at) { $0.recovered += 1 } }
    }

    private mutating func change(_ alarm: Int64, _ now: Moment, _ body: (inout IncidentMember) -> Void) {
        guard let id = incidentOf[alarm], var member = incidents[id]?.members[alarm] else { return }
        let severity = incidents[id]?.severity
        body(&member)
        put(member, in: id, at: now.wall)
        if let severity, let risen = incidents[id]?.severity, risen > severity {
            changes.lines.append(
                IncidentLine(.severity, incident: id, at: now.wall, text: "\(risen.rawValue): \(member.cardName), \(member.title)"))
        }
    }

    private mutating func acknowledge(_ news: AlarmNews, _ now: Moment) {
        change(news.alarm, now) { $0.isAcknowledged = news.kind == .acknowledged }
        guard let id = incidentOf[news.alarm], let incident = incidents[id], incident.isOpen else { return }
        if news.kind == .unacknowledged {
            changes.acknowledged[id] = nil
            changes.unacknowledged.insert(id)
        } else if incident.unacknowledged == 0, incident.activeMembers > 0 {
            changes.unacknowledged.remove(id)
            changes.acknowledged[id] = news.username ?? "somebody"
        }
    }

    mutating func put(_ member: IncidentMember, in id: Int64, at: Int64) {
        guard var incident = incidents.removeValue(forKey: id) else { return }
        incident.put(member)
        incident.changedAt = max(incident.changedAt, at)
        incidents[id] = incident
        note(id, member.alarm)
        if incident.isSilence, incident.isOpen { unjudged.insert(id) }
    }

    // MARK: - From one incident to another

    /// The mains failure that the card is in, while that lasts for it.
    func currentMains(of card: Int64) -> Int64? {
        guard let id = mainsOf[card], let incident = incidents[id] else { return nil }
        return incident.isOpen || incident.standings[card]?.isActive == true ? id : nil
    }

    /// The same, but not of a card that came out of it long ago: what it has then is something by itself.
    private func causingMains(of card: Int64, _ now: Moment) -> Int64? {
        currentMains(of: card).flatMap { incidents[$0]?.troubles(card, within: policy.recovery, of: now.steady) == true ? $0 : nil }
    }

    /// Graver alarms of the card, and consequences, that came just before its mains alarm, and were not told yet.
    private mutating func adopt(of card: Int64, at place: Place, into mains: Int64, _ now: Moment) {
        let families = [AlarmFamily.battery.cause, AlarmFamily.load.cause] + AlarmFamily.consequences.sorted()
        for family in families {
            guard let id = openAt[place]?[family], let incident = incidents[id], incident.told == nil,
                let standing = incident.standings[card]
            else { continue }
            for alarm in standing.alarms.sorted() {
                guard let name = incident.members[alarm]?.name else { continue }
                if AlarmFamily.grave.contains(name) { move(alarm, from: id, to: mains, as: .grave, now) }
                if AlarmFamily.consequences.contains(name) { move(alarm, from: id, to: mains, as: .consequence, now) }
            }
        }
    }

    /// Only from incidents that nobody was told of. One that has no member left never was.
    mutating func move(_ alarm: Int64, from old: Int64, to new: Int64, as role: IncidentMember.Role, _ now: Moment) {
        guard var incident = incidents.removeValue(forKey: old), var member = incident.members[alarm] else { return }
        incident.remove(alarm)
        let key = IncidentChanges.MemberKey(incident: old, alarm: alarm)
        changes.members.remove(key)
        changes.removedMembers.insert(key)
        if incident.members.isEmpty {
            discard(incident)
        } else {
            incidents[old] = incident
            changes.incidents.insert(old)
        }
        member.role = role
        incidentOf[alarm] = nil
        join(new, member, now)
    }

    private mutating func discard(_ incident: Incident) {
        if openAt[incident.place]?[incident.family] == incident.id { openAt[incident.place]?[incident.family] = nil }
        unjudged.remove(incident.id)
        changes.incidents.remove(incident.id)
        changes.lines.removeAll { $0.incident == incident.id }
        changes.counts[incident.id] = nil
        changes.acknowledged[incident.id] = nil
        changes.unacknowledged.remove(incident.id)
        changes.removedMembers = changes.removedMembers.filter { $0.incident != incident.id }
        changes.removedIncidents.insert(incident.id)
    }

    // MARK: - What has changed

    mutating func note(_ id: Int64, _ alarm: Int64) {
        changes.incidents.insert(id)
        changes.members.insert(.init(incident: id, alarm: alarm))
        changes.removedMembers.remove(.init(incident: id, alarm: alarm))
    }

    private mutating func count(_ id: Int64, _ at: Int64, _ body: (inout IncidentChanges.Count) -> Void) {
        var count = changes.counts[id] ?? .init()
        body(&count)
        count.at = max(count.at, at)
        changes.counts[id] = count
    }

    mutating func finishChanges() -> IncidentChanges {
        for (id, count) in changes.counts.sorted(by: { $0.key < $1.key }) {
            guard let incident = incidents[id] else { continue }
            let lines = [
                (IncidentLine.Kind.joined, count.joined, "\(count.joined) more, \(incident.cards) cards in all"),
                (.relapsed, count.relapsed, "\(count.relapsed) again, \(incident.active) of \(incident.cards) are active"),
                (.recovered, count.recovered, "\(count.recovered) recovered, \(incident.active) of \(incident.cards) are left"),
            ]
            for (kind, number, text) in lines where number > 0 {
                changes.lines.append(IncidentLine(kind, incident: id, at: count.at, text: text))
            }
        }
        changes.counts = [:]
        defer { changes = IncidentChanges() }
        return changes
    }
}

extension IncidentMember {
    fileprivate init(_ news: AlarmNews, role: Role, _ now: Moment) {
        self.init(
            alarm: news.alarm, card: news.card, cardName: news.cardName, name: news.name, title: news.title, severity: news.severity,
            role: role, joinedAt: news.at, seenAt: now.steady, isShelved: news.isShelved)
    }
}
