package import PowerDevice

/// An alarm of an incident.
package struct IncidentMember: Sendable, Equatable {
    package enum Role: String, Sendable, CaseIterable {
        /// One of those that make up the incident.
        case group
        /// A graver alarm of a card of a mains failure.
        case grave
        /// A card of a mains failure does not answer any more.
        case silent
        /// What follows of itself from a mains failure, such as the card's general alarm: listed, and told to nobody.
        case consequence
    }

    /// Why a card was told by itself; what is greater is told again.
    package enum Reason: Int, Sendable, Comparable, CaseIterable {
        case leftBehind = 1
        case worse
        case critical

        package static func < (left: Reason, right: Reason) -> Bool { left.rawValue < right.rawValue }
    }

    package struct Single: Sendable, Equatable {
        package let reason: Reason
        /// By the steady clock.
        package let at: Int64

        package init(reason: Reason, at: Int64) {
            self.reason = reason
            self.at = at
        }
    }

    package let alarm: Int64
    /// Nil: the server's own alarm.
    package let card: Int64?
    package let cardName: String
    package let name: String
    package let title: String
    package internal(set) var severity: Severity
    package internal(set) var role: Role
    /// By the wall clock: when the alarm was raised.
    package internal(set) var joinedAt: Int64
    /// By the steady clock: when that became known.
    package internal(set) var seenAt: Int64
    /// By the wall clock; nil: active.
    package internal(set) var clearedAt: Int64?
    package internal(set) var clearSeenAt: Int64?
    package internal(set) var isShelved: Bool
    package internal(set) var isAcknowledged: Bool
    package internal(set) var single: Single?
    /// By the steady clock: when it was told that this is over.
    package internal(set) var singleEndedAt: Int64?

    package init(
        alarm: Int64, card: Int64?, cardName: String, name: String, title: String, severity: Severity, role: Role, joinedAt: Int64,
        seenAt: Int64, clearedAt: Int64? = nil, clearSeenAt: Int64? = nil, isShelved: Bool = false, isAcknowledged: Bool = false,
        single: Single? = nil, singleEndedAt: Int64? = nil
    ) {
        self.alarm = alarm
        self.card = card
        self.cardName = cardName
        self.name = name
        self.title = title
        self.severity = severity
        self.role = role
        self.joinedAt = joinedAt
        self.seenAt = seenAt
        self.clearedAt = clearedAt
        self.clearSeenAt = clearSeenAt
        self.isShelved = isShelved
        self.isAcknowledged = isAcknowledged
        self.single = single
        self.singleEndedAt = singleEndedAt
    }

    package var isActive: Bool { clearedAt == nil }
    /// The card's key; an alarm of the server's counts for itself.
    var key: Int64 { card ?? -alarm }

    /// What its card is told by itself for; nil of a member of the group.
    var reason: Reason? {
        switch role {
        case .group, .consequence: nil
        case .silent: .leftBehind
        case .grave: severity == .critical ? .critical : .worse
        }
    }
}

/// Alarms of one cause.
package struct Incident: Sendable, Equatable {
    package static let siteUnreachable = "siteUnreachable"
    package static let serverIsolated = "serverIsolated"

    /// What its last message said.
    package struct Told: Sendable, Equatable {
        /// By the steady clock.
        package let at: Int64
        package let cards: Int
        package let grave: Int
        package let severity: Severity
        package let cause: String
        /// Messages up to now.
        package let count: Int

        package init(at: Int64, cards: Int, grave: Int, severity: Severity, cause: String, count: Int) {
            self.at = at
            self.cards = cards
            self.grave = grave
            self.severity = severity
            self.cause = cause
            self.count = count
        }
    }

    /// What the members of one card come to.
    struct Standing: Sendable, Equatable {
        var alarms: Set<Int64> = []
        var group = 0
        var activeGroup = 0
        var others = 0
        var activeOthers = 0
        var reason: IncidentMember.Reason?
        var toldAt: Int64 = 0

        var isActive: Bool { activeGroup + activeOthers > 0 }
    }

    package let id: Int64
    package let place: Place
    /// The cause of its family: what joins it.
    package let family: String
    /// The same, unless it has turned out to be greater.
    package internal(set) var cause: String
    /// The title of its first alarm.
    package let alarmTitle: String
    /// The greatest that it has had.
    package internal(set) var severity: Severity
    /// By the wall clock.
    package internal(set) var openedAt: Int64
    package internal(set) var closedAt: Int64?
    package internal(set) var changedAt: Int64
    /// By the steady clock.
    package internal(set) var seenAt: Int64
    package internal(set) var lastJoinedAt: Int64
    package internal(set) var told: Told?

    package private(set) var members: [Int64: IncidentMember] = [:]
    private(set) var standings: [Int64: Standing] = [:]
    /// Cards that it has, or had.
    package private(set) var cards = 0
    /// Those that have not recovered.
    package private(set) var active = 0
    /// Cards with a graver alarm, or silent, at any time.
    package private(set) var grave = 0
    /// Cards that were told by themselves.
    package private(set) var singles = 0
    /// Active alarms that nobody has acknowledged.
    private(set) var unacknowledged = 0
    private(set) var activeMembers = 0
    private(set) var activeConsequences = 0
    /// Members of the group that are not on the shelf.
    private(set) var tellable = 0
    /// Graver alarms that were not told yet.
    private(set) var untold: Set<Int64> = []
    /// The last recovery, by the steady clock and by that on the wall.
    package internal(set) var lastClearSeenAt: Int64?
    package internal(set) var lastClearedAt: Int64?

    package init(
        id: Int64, place: Place, family: String, cause: String, alarmTitle: String, severity: Severity, openedAt: Int64,
        closedAt: Int64? = nil, changedAt: Int64, seenAt: Int64, lastJoinedAt: Int64, lastClearSeenAt: Int64? = nil,
        lastClearedAt: Int64? = nil, told: Told? = nil
    ) {
        self.id = id
        self.place = place
        self.family = family
        self.cause = cause
        self.alarmTitle = alarmTitle
        self.severity = severity
        self.openedAt = openedAt
        self.closedAt = closedAt
        self.changedAt = changedAt
        self.seenAt = seenAt
        self.lastJoinedAt = lastJoinedAt
        self.lastClearSeenAt = lastClearSeenAt
        self.lastClearedAt = lastClearedAt
        self.told = told
    }

    package var isOpen: Bool { closedAt == nil }
    /// Whether nothing of it can change any more.
    var isDone: Bool {
        !isOpen && activeConsequences == 0
            && standings.values.allSatisfy { !$0.isActive && ($0.reason == nil || openSingles($0).isEmpty) }
    }
    var isMains: Bool { family == AlarmFamily.mains.cause }
    var isSilence: Bool { family == AlarmFamily.communication.cause }

    /// The members of a card that it was told for by itself, and whose end was not told.
    func openSingles(_ standing: Standing) -> [IncidentMember] {
        standing.alarms.sorted().compactMap { members[$0] }.filter { $0.single != nil && $0.singleEndedAt == nil }
    }

    /// Whether the card has an active alarm in it that is no consequence, or had one less than `time` milliseconds before `steady`.
    func troubles(_ card: Int64, within time: Int64, of steady: Int64) -> Bool {
        guard let standing = standings[card] else { return false }
        if standing.isActive { return true }
        let causes = standing.alarms.compactMap { members[$0] }.filter { $0.role != .consequence }
        return causes.compactMap(\.clearSeenAt).max().map { steady - $0 < time } ?? false
    }

    /// Adds a member, or puts a changed one in the old one's place.
    package mutating func put(_ member: IncidentMember) {
        if let old = members[member.alarm] { count(old, -1) }
        members[member.alarm] = member
        count(member, 1)
        if member.role == .group { severity = max(severity, member.severity) }
        if member.role != .consequence {
            if let seen = member.clearSeenAt { lastClearSeenAt = max(lastClearSeenAt ?? seen, seen) }
            if let cleared = member.clearedAt { lastClearedAt = max(lastClearedAt ?? cleared, cleared) }
        }
        if member.reason == nil || member.single != nil { untold.remove(member.alarm) } else { untold.insert(member.alarm) }
    }

    mutating func remove(_ alarm: Int64) {
        guard let old = members.removeValue(forKey: alarm) else { return }
        count(old, -1)
        untold.remove(alarm)
        if standings[old.key]?.alarms.isEmpty == true { standings[old.key] = nil }
    }

    private mutating func count(_ member: IncidentMember, _ one: Int) {
        var standing = standings[member.key] ?? Standing()
        let before = standing
        let active = member.isActive ? one : 0
        switch member.role {
        case .group:
            standing.group += one
            standing.activeGroup += active
        case .grave, .silent:
            standing.others += one
            standing.activeOthers += active
        case .consequence: activeConsequences += active
        }
        if one > 0 {
            standing.alarms.insert(member.alarm)
            if let single = member.single {
                standing.reason = max(standing.reason ?? single.reason, single.reason)
                standing.toldAt = max(standing.toldAt, single.at)
            }
        } else {
            standing.alarms.remove(member.alarm)
        }
        standings[member.key] = standing
        cards += (standing.group > 0 ? 1 : 0) - (before.group > 0 ? 1 : 0)
        self.active += (standing.activeGroup > 0 ? 1 : 0) - (before.activeGroup > 0 ? 1 : 0)
        grave += (standing.others > 0 ? 1 : 0) - (before.others > 0 ? 1 : 0)
        singles += (standing.reason != nil ? 1 : 0) - (before.reason != nil ? 1 : 0)
        activeMembers += active
        if member.isActive, !member.isAcknowledged { unacknowledged += one }
        if !member.isShelved, member.role == .group { tellable += one }
    }
}
