package import PowerDevice

/// What is worth telling somebody.
package struct IncidentTell: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case opened, changed, ended
        /// One card of the incident by itself.
        case single, singleEnded
        case acknowledged
    }

    package let kind: Kind
    package let incident: Int64
    package let alarm: Int64?
    package let card: Int64?
    package let site: String?
    /// By the wall clock: when what it tells happened.
    package let at: Int64
    package let severity: Severity
    package let title: String
    package let body: String

    package init(
        _ kind: Kind, incident: Int64, alarm: Int64? = nil, card: Int64? = nil, site: String?, at: Int64, severity: Severity,
        title: String, body: String
    ) {
        self.kind = kind
        self.incident = incident
        self.alarm = alarm
        self.card = card
        self.site = site
        self.at = at
        self.severity = severity
        self.title = title
        self.body = body
    }
}

/// A line of an incident's timeline.
package struct IncidentLine: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case opened, joined, recovered, relapsed, cause, severity, single, singleEnded, told, ended, acknowledged, unacknowledged, commented
    }

    package let incident: Int64
    package let kind: Kind
    package let at: Int64
    package let text: String
    package let username: String?

    package init(_ kind: Kind, incident: Int64, at: Int64, text: String, username: String? = nil) {
        self.kind = kind
        self.incident = incident
        self.at = at
        self.text = text
        self.username = username
    }
}

/// What has to be stored, all of it together with the cursor up to which the news were read.
package struct IncidentChanges: Sendable, Equatable {
    package struct MemberKey: Hashable, Sendable {
        package let incident: Int64
        package let alarm: Int64
    }

    /// What an incident's members did within one batch of news: one line each.
    struct Count: Sendable, Equatable {
        var joined = 0
        var recovered = 0
        var relapsed = 0
        var at: Int64 = 0
    }

    package internal(set) var incidents: Set<Int64> = []
    package internal(set) var members: Set<MemberKey> = []
    package internal(set) var removedMembers: Set<MemberKey> = []
    package internal(set) var removedIncidents: Set<Int64> = []
    package internal(set) var lines: [IncidentLine] = []
    package internal(set) var tells: [IncidentTell] = []
    /// Incidents all of whose alarms are acknowledged now, and by whom that was done last.
    package internal(set) var acknowledged: [Int64: String] = [:]
    package internal(set) var unacknowledged: Set<Int64> = []
    /// Changed incidents that the engine has nothing more to do with.
    package internal(set) var finished: [Int64: Incident] = [:]
    var counts: [Int64: Count] = [:]

    package var isEmpty: Bool {
        incidents.isEmpty && members.isEmpty && removedMembers.isEmpty && removedIncidents.isEmpty && lines.isEmpty && tells.isEmpty
            && acknowledged.isEmpty && unacknowledged.isEmpty
    }
}
