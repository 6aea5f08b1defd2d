import PowerDevice

/// What people read of an incident.
package struct IncidentWording {
    package struct Text: Sendable, Equatable {
        package let title: String
        package let body: String
    }

    /// Names of cards that a message has at most.
    static let names = 10

    private let incident: Incident
    private let now: Moment
    private let policy: IncidentPolicy

    package init(_ incident: Incident, _ now: Moment, _ policy: IncidentPolicy = IncidentPolicy()) {
        self.incident = incident
        self.now = now
        self.policy = policy
    }

    /// The incident in a line, as it is now.
    package var title: String {
        if incident.place == .server, incident.cause != Incident.serverIsolated { return incident.alarmTitle }
        if incident.cards == 1, let only = groupMembers.first { return "\(only.cardName): \(only.title)" }
        let place = incident.place.title
        return switch incident.cause {
        case "mains": "\(place): mains failure, \(cards(incident.cards))"
        case "communication": "\(place): \(cards(incident.cards)) don't answer"
        case Incident.siteUnreachable: "\(place) is not reachable: router or link, \(cards(incident.cards)) silent"
        case Incident.serverIsolated: "This server reaches no card, so it is its own network: \(cards(incident.cards)) silent"
        case "battery": "\(place): batteries low, \(cards(incident.cards))"
        case "load": "\(place): loads without supply or about to be, \(cards(incident.cards))"
        case "environment": "\(place): environment, \(cards(incident.cards))"
        default: "\(place): \(incident.alarmTitle), \(cards(incident.cards))"
        }
    }

    var opened: Text { Text(title: title, body: lines([list(groupMembers), late(incident.openedAt)])) }

    func changed(since told: Incident.Told) -> Text {
        var changes: [String?] = []
        if incident.severity > told.severity { changes.append("Now \(incident.severity.rawValue), was \(told.severity.rawValue).") }
        if incident.cards > told.cards { changes.append("\(cards(incident.cards)), were \(told.cards).") }
        if incident.grave > told.grave { changes.append("\(cards(incident.grave)) with a graver alarm, or silent.") }
        return Text(title: title, body: lines(changes + [list(groupMembers.filter(\.isActive)), since(incident.openedAt)]))
    }

    var ended: Text {
        let (left, recovered) = (incident.active, incident.cards - incident.active)
        let over = incident.cause == "mains" ? "mains is back" : "over"
        let place = incident.place == .server ? "This server" : incident.place.title
        let lasted = "after \(Self.duration((incident.closedAt ?? now.wall) - incident.openedAt))"
        let isByItself = incident.cards == 1 || (incident.place == .server && incident.cause != Incident.serverIsolated)
        let head =
            isByItself && left == 0
            ? "\(title): over" : "\(place): \(over), \(recovered) of \(cards(incident.cards)) recovered"
        let title = left == 0 ? head : "\(head), \(left) did not"
        var body: [String?] = ["Over \(lasted)."]
        if left > 0 { body.append("Not recovered, \(list(groupMembers.filter(\.isActive)))") }
        if incident.singles > 0 { body.append("\(cards(incident.singles)) had messages of their own.") }
        if left == 0, let cleared = incident.closedAt { body.append(late(cleared)) }
        return Text(title: title, body: lines(body))
    }

    func single(_ member: IncidentMember) -> Text {
        let recovered = incident.cards - incident.active
        switch member.role {
        case .group:
            return Text(
                title: "\(member.cardName) did not recover with the others",
                body: lines([
                    "\(recovered) of \(cards(incident.cards)) of \(incident.place.title) have recovered. This one has not: \(member.title).",
                    since(member.joinedAt),
                ]))
        case .silent:
            return Text(
                title: "\(member.cardName) fell silent during the mains failure",
                body: lines(["It does not answer; its last state was without mains.", place, since(member.joinedAt)]))
        case .grave, .consequence:
            return Text(
                title: "\(member.cardName): \(member.title)",
                body: lines([
                    "It is one of \(cards(incident.cards)) in: \(title).", place, late(member.joinedAt),
                ]))
        }
    }

    func singleEnded(_ member: IncidentMember, at: Int64) -> Text {
        Text(
            title: "\(member.cardName) has recovered",
            body: lines([
                "It was: \(member.title).", place, "Over after \(Self.duration(at - member.joinedAt)).", late(at),
            ]))
    }

    // MARK: -

    private var place: String { "Place: \(incident.place.title)." }

    /// One member of each card, the first.
    private var groupMembers: [IncidentMember] {
        var seen: Set<Int64> = []
        return incident.members.values.filter { $0.role == .group }.sorted { ($0.joinedAt, $0.alarm) < ($1.joinedAt, $1.alarm) }
            .filter { seen.insert($0.key).inserted }
    }

    private func list(_ members: [IncidentMember]) -> String {
        var seen: Set<Int64> = []
        let distinct = members.filter { seen.insert($0.key).inserted }
        let named = distinct.prefix(Self.names).map { "\($0.cardName) (\($0.title))" }.joined(separator: ", ")
        let more = distinct.count - Self.names
        return "\(cards(distinct.count)): \(named)\(more > 0 ? " and \(more) more" : "")."
    }

    private func since(_ at: Int64) -> String { "For \(Self.duration(now.wall - at)) now." }

    private func late(_ at: Int64) -> String? {
        now.wall - at >= policy.late ? "Told late: it happened \(Self.duration(now.wall - at)) before this message." : nil
    }

    private func cards(_ count: Int) -> String { count == 1 ? "1 card" : "\(count) cards" }

    private func lines(_ lines: [String?]) -> String { lines.compactMap(\.self).joined(separator: "\n") }

    /// Milliseconds in words; never negative.
    static func duration(_ milliseconds: Int64) -> String {
        let seconds = max(0, milliseconds) / 1000
        return switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) days"
        }
    }
}
