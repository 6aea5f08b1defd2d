// What is due as time goes by.

extension IncidentEngine {
    /// Whether `tick` would do anything.
    package func isDue(_ now: Moment) -> Bool {
        struct Needed: Error {}
        var trial = self
        let changes = try? trial.tick(now, source: IncidentSource(newKey: { throw Needed() }, roster: { throw Needed() }))
        return changes?.isEmpty != true
    }

    /// Tells what is due to be told. Returns what has to be stored.
    package mutating func tick(_ now: Moment, source: IncidentSource) throws -> IncidentChanges {
        try judgeSilences(now, source)
        for id in incidents.keys.sorted() {
            guard var incident = incidents.removeValue(forKey: id) else { continue }
            if incident.isOpen {
                if incident.told == nil { tellOpened(&incident, now) } else { tellChanged(&incident, now) }
                tellGrave(&incident, now)
                end(&incident, now)
            } else {
                tellGrave(&incident, now)
                tellSinglesEnded(&incident, now)
            }
            release(&incident, now)
            incidents[id] = incident
            if incident.isDone { forget(incident) }
        }
        return finishChanges()
    }

    private mutating func forget(_ incident: Incident) {
        if changes.incidents.contains(incident.id) { changes.finished[incident.id] = incident }
        incidents[incident.id] = nil
        unjudged.remove(incident.id)
        for member in incident.members.values {
            if incidentOf[member.alarm] == incident.id { incidentOf[member.alarm] = nil }
            if let card = member.card, mainsOf[card] == incident.id { mainsOf[card] = nil }
        }
    }

    // MARK: - The incident as a whole

    private mutating func tellOpened(_ incident: inout Incident, _ now: Moment) {
        let settle = incident.isSilence ? policy.silenceSettle : policy.settle
        guard now.steady - incident.seenAt >= settle, incident.tellable > 0, !isBlip(incident) else { return }
        incident.told = told(incident, now)
        tell(.opened, incident, at: incident.openedAt, notedAt: now.wall, IncidentWording(incident, now, policy).opened)
    }

    /// Silence that ended before anybody would have been told of it is in the list, and that is all.
    private func isBlip(_ incident: Incident) -> Bool {
        guard incident.isSilence, incident.active == 0, let cleared = incident.lastClearedAt else { return false }
        return cleared - incident.openedAt < policy.silenceSettle
    }

    private func told(_ incident: Incident, _ now: Moment) -> Incident.Told {
        Incident.Told(
            at: now.steady, cards: incident.cards, grave: incident.grave, severity: incident.severity, cause: incident.cause,
            count: (incident.told?.count ?? 0) + 1)
    }

    private mutating func tellChanged(_ incident: inout Incident, _ now: Moment) {
        guard let last = incident.told, incident.active > 0, incident.tellable > 0 else { return }
        if incident.severity <= last.severity {
            let pause = last.count >= policy.messages ? policy.longPause : policy.pause
            guard now.steady - last.at >= pause, hasGrown(incident, last, now) else { return }
        }
        incident.told = told(incident, now)
        changes.unacknowledged.insert(incident.id)
        tell(.changed, incident, at: now.wall, IncidentWording(incident, now, policy).changed(since: last))
    }

    private func hasGrown(_ incident: Incident, _ last: Incident.Told, _ now: Moment) -> Bool {
        if incident.cause != last.cause || incident.cards >= 2 * last.cards { return true }
        let isQuiet = now.steady - incident.lastJoinedAt >= policy.window
        if isQuiet, incident.cards - last.cards >= max(1, last.cards / 5) { return true }
        return incident.singles >= singlesLimit(incident) && incident.grave >= 2 * max(last.grave, policy.singles / 2)
    }

    private mutating func end(_ incident: inout Incident, _ now: Moment) {
        guard let cleared = incident.lastClearSeenAt else { return }
        let quiet = now.steady - cleared
        if incident.active == 0 {
            guard quiet >= policy.clearHold else { return }
        } else {
            guard quiet >= policy.recovery, now.steady - incident.lastJoinedAt >= policy.recovery, haveMostRecovered(incident) else {
                return
            }
            tellLeftBehind(&incident, now)
        }
        let at = incident.active == 0 ? incident.lastClearedAt ?? now.wall : now.wall
        incident.closedAt = at
        incident.changedAt = max(incident.changedAt, at)
        endCoveredSingles(&incident, now)
        if openAt[incident.place]?[incident.family] == incident.id { openAt[incident.place]?[incident.family] = nil }
        unjudged.remove(incident.id)
        let wording = IncidentWording(incident, now, policy).ended
        changes.incidents.insert(incident.id)
        changes.lines.append(IncidentLine(.ended, incident: incident.id, at: at, text: wording.title))
        if incident.told != nil { tell(.ended, incident, at: at, wording) }
    }

    /// A general alarm that outlives what it seemed to follow from is something by itself: `heal` finds it in no incident.
    private mutating func release(_ incident: inout Incident, _ now: Moment) {
        guard incident.activeConsequences > 0 else { return }
        let outlived = incident.members.values.filter { member in
            member.role == .consequence && member.isActive
                && !incident.troubles(member.key, within: policy.recovery, of: now.steady)
        }
        for member in outlived {
            incident.remove(member.alarm)
            incidentOf[member.alarm] = nil
            let key = IncidentChanges.MemberKey(incident: incident.id, alarm: member.alarm)
            changes.members.remove(key)
            changes.removedMembers.insert(key)
            changes.incidents.insert(incident.id)
        }
    }

    /// Of cards that one thing has stopped most come back when that does.
    private func haveMostRecovered(_ incident: Incident) -> Bool {
        guard incident.isMains || incident.isSilence, incident.told != nil, incident.cards >= 2 else { return false }
        let recovered = incident.cards - incident.active
        return recovered >= 1 && (incident.active == 1 || recovered * 5 >= incident.cards * 4)
    }

    // MARK: - Cards by themselves

    private func singlesLimit(_ incident: Incident) -> Int { max(policy.singles, incident.cards / 4) }

    private mutating func tellGrave(_ incident: inout Incident, _ now: Moment) {
        guard !incident.untold.isEmpty else { return }
        let waiting = incident.untold.compactMap { incident.members[$0] }.compactMap { member in
            member.reason.map { (member: member, reason: $0) }
        }.sorted { ($1.reason, $0.member.alarm) < ($0.reason, $1.member.alarm) }
        for (member, reason) in waiting where now.steady - member.seenAt >= policy.settle && !member.isShelved {
            guard let standing = incident.standings[member.key] else { continue }
            if let before = standing.reason {
                let isPaused = before != .leftBehind && now.steady - standing.toldAt < policy.pause
                guard member.isActive, reason > before, !isPaused else { continue }
            } else {
                guard member.isActive || member.role == .grave, incident.singles < singlesLimit(incident) else { continue }
            }
            tellSingle(member, reason, &incident, now)
        }
    }

    private mutating func tellLeftBehind(_ incident: inout Incident, _ now: Moment) {
        let left = incident.standings.filter { $0.value.activeGroup > 0 && $0.value.reason == nil }.map(\.value.alarms)
        let members = left.compactMap { alarms in
            alarms.compactMap { incident.members[$0] }.filter { $0.isActive && $0.role == .group && !$0.isShelved }.min {
                $0.alarm < $1.alarm
            }
        }
        for member in members.sorted(by: { $0.alarm < $1.alarm }) { tellSingle(member, .leftBehind, &incident, now) }
    }

    private mutating func tellSingle(
        _ member: IncidentMember, _ reason: IncidentMember.Reason, _ incident: inout Incident, _ now: Moment
    ) {
        var member = member
        member.single = .init(reason: reason, at: now.steady)
        member.singleEndedAt = nil
        incident.put(member)
        note(incident.id, member.alarm)
        let at = member.role == .group ? now.wall : member.joinedAt
        let wording = IncidentWording(incident, now, policy).single(member)
        changes.lines.append(IncidentLine(.single, incident: incident.id, at: at, text: wording.title))
        tell(.single, incident, member, at: at, wording)
    }

    /// The end of the incident tells of the end of what its cards were told for by themselves, too.
    private mutating func endCoveredSingles(_ incident: inout Incident, _ now: Moment) {
        for standing in incident.standings.values where !standing.isActive && standing.reason != nil {
            for member in incident.openSingles(standing) { endSingle(member, &incident, now) }
        }
    }

    private mutating func tellSinglesEnded(_ incident: inout Incident, _ now: Moment) {
        for (_, standing) in incident.standings.sorted(by: { $0.key < $1.key }) where !standing.isActive && standing.reason != nil {
            let open = incident.openSingles(standing)
            let cleared = standing.alarms.compactMap { incident.members[$0]?.clearSeenAt }.max() ?? now.steady
            guard let last = open.last, now.steady - cleared >= policy.clearHold else { continue }
            for member in open { endSingle(member, &incident, now) }
            let at = standing.alarms.compactMap { incident.members[$0]?.clearedAt }.max() ?? now.wall
            let wording = IncidentWording(incident, now, policy).singleEnded(last, at: at)
            changes.lines.append(IncidentLine(.singleEnded, incident: incident.id, at: at, text: wording.title))
            tell(.singleEnded, incident, last, at: at, wording)
        }
    }

    private mutating func endSingle(_ member: IncidentMember, _ incident: inout Incident, _ now: Moment) {
        var member = member
        member.singleEndedAt = now.steady
        incident.put(member)
        note(incident.id, member.alarm)
    }

    // MARK: - Messages

    /// - Parameters:
    ///   - at: when it happened. - notedAt: when it is told, if that is later: its place in the timeline.
    private mutating func tell(
        _ kind: IncidentTell.Kind, _ incident: Incident, _ member: IncidentMember? = nil, at: Int64, notedAt: Int64? = nil,
        _ wording: IncidentWording.Text
    ) {
        changes.incidents.insert(incident.id)
        changes.tells.append(
            IncidentTell(
                kind, incident: incident.id, alarm: member?.alarm, card: member?.card, site: incident.place.site, at: at,
                severity: member?.severity ?? incident.severity, title: wording.title, body: wording.body))
        if kind == .opened || kind == .changed {
            changes.lines.append(IncidentLine(.told, incident: incident.id, at: notedAt ?? at, text: wording.title))
        }
    }
}
