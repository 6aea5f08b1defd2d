// The root first: cards that don't answer, all of a site or all of all sites, are one thing and not a thousand.

extension IncidentEngine {
    /// Looks at the silent cards whose incidents have waited long enough, or were told and have grown.
    mutating func judgeSilences(_ now: Moment, _ source: IncidentSource) throws {
        let due = unjudged.sorted().filter { id in
            guard let incident = incidents[id], incident.isOpen else { return false }
            return incident.told != nil || now.steady - incident.seenAt >= policy.silenceSettle
        }
        guard !due.isEmpty else { return }
        let roster = try source.roster()
        unjudged.subtract(due)
        let silent = silentCards()
        if try isolate(silent, roster, now, source) { return }
        for id in due {
            guard let incident = incidents[id], incident.cause == AlarmFamily.communication.cause else { continue }
            if Self.isAll(silent[incident.place.key] ?? 0, of: roster.cards[incident.place.key] ?? 0) {
                enlarge(id, to: Incident.siteUnreachable, now)
            } else if incident.told == nil {
                attachToMains(incident, now)
            }
        }
    }

    /// Silent cards by the key of their place.
    private func silentCards() -> [String: Int] {
        var silent: [String: Int] = [:]
        for incident in incidents.values {
            if incident.isSilence {
                silent[incident.place.key, default: 0] += incident.active
            } else if incident.isMains {
                silent[incident.place.key, default: 0] += incident.members.values.count { $0.role == .silent && $0.isActive }
            }
        }
        return silent
    }

    /// All of a few cards, nine of ten of many.
    static func isAll(_ silent: Int, of cards: Int) -> Bool {
        cards >= 2 && (silent >= cards || cards >= 10 && silent * 10 >= cards * 9)
    }

    /// Nine of ten of all cards at two or more places at once: it is this server that has no network.
    private mutating func isolate(
        _ silent: [String: Int], _ roster: Roster, _ now: Moment, _ source: IncidentSource
    ) throws -> Bool {
        let total = silent.values.reduce(0, +)
        let family = AlarmFamily.communication.cause
        guard openAt[.server]?[family] == nil, silent.values.count(where: { $0 > 0 }) >= 2, roster.total >= 3,
            total * 10 >= roster.total * 9
        else { return false }
        let parts = incidents.values.filter { $0.isOpen && $0.isSilence && $0.told == nil && $0.active > 0 }.sorted { $0.id < $1.id }
        guard let first = parts.first else { return false }
        let id = try source.newKey()
        let begun = parts.map(\.openedAt).min() ?? first.openedAt
        incidents[id] = Incident(
            id: id, place: .server, family: family, cause: Incident.serverIsolated, alarmTitle: first.alarmTitle,
            severity: first.severity, openedAt: begun, changedAt: begun, seenAt: parts.map(\.seenAt).min() ?? first.seenAt,
            lastJoinedAt: now.steady)
        openAt[.server, default: [:]][family] = id
        changes.incidents.insert(id)
        changes.lines.append(
            IncidentLine(
                .opened, incident: id, at: now.wall, text: "\(total) of \(roster.total) cards don't answer: it is this server's network"))
        for part in parts {
            for alarm in part.members.keys.sorted() { move(alarm, from: part.id, to: id, as: .group, now) }
        }
        changes.counts[id] = nil
        return true
    }

    private mutating func enlarge(_ id: Int64, to cause: String, _ now: Moment) {
        guard var incident = incidents.removeValue(forKey: id) else { return }
        incident.cause = cause
        incidents[id] = incident
        changes.incidents.insert(id)
        changes.lines.append(
            IncidentLine(.cause, incident: id, at: now.wall, text: "All cards are silent: the site's router or link"))
    }

    /// Few cards that were on battery when they fell silent are told as members of the mains failure, each by itself.
    private mutating func attachToMains(_ incident: Incident, _ now: Moment) {
        let found = incident.members.values.compactMap { member -> (alarm: Int64, mains: Int64)? in
            guard member.isActive, let card = member.card, let mains = currentMains(of: card),
                incidents[mains]?.standings[card]?.isActive == true
            else { return nil }
            return (member.alarm, mains)
        }
        guard found.count <= policy.silencesByThemselves else { return }
        for (alarm, mains) in found.sorted(by: { $0.alarm < $1.alarm }) { move(alarm, from: incident.id, to: mains, as: .silent, now) }
    }
}
