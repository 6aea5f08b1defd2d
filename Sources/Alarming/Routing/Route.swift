package import PowerDevice

/// Who is told what, and when. All that is given must fit; an empty list fits everything.
package struct Route: Sendable, Equatable, Codable {
    package struct Match: Sendable, Equatable, Codable {
        package var sites: [String] = []
        /// One of them on one of the cards is enough.
        package var tags: [String] = []
        package var cards: [Int64] = []
        package var kinds: [Tell.Kind] = []
        package var causes: [String] = []
        package var alarms: [String] = []
        /// At least this grave.
        package var severity: Severity = .information
        package var hours: [WeeklyHours] = []

        package init() {}

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            sites = try container.decodeIfPresent([String].self, forKey: .sites) ?? []
            tags = try container.decodeIfPresent([String].self, forKey: .tags) ?? []
            cards = try container.decodeIfPresent([Int64].self, forKey: .cards) ?? []
            kinds = try container.decodeIfPresent([Tell.Kind].self, forKey: .kinds) ?? []
            causes = try container.decodeIfPresent([String].self, forKey: .causes) ?? []
            alarms = try container.decodeIfPresent([String].self, forKey: .alarms) ?? []
            severity = try container.decodeIfPresent(Severity.self, forKey: .severity) ?? .information
            hours = try container.decodeIfPresent([WeeklyHours].self, forKey: .hours) ?? []
        }
    }

    /// What is less grave than `below` waits until these hours are over, and is told together then.
    package struct QuietHours: Sendable, Equatable, Codable {
        package var hours: WeeklyHours
        package var below: Severity

        package init(hours: WeeklyHours, below: Severity = .critical) {
            self.hours = hours
            self.below = below
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            hours = try container.decode(WeeklyHours.self, forKey: .hours)
            below = try container.decodeIfPresent(Severity.self, forKey: .below) ?? .critical
        }
    }

    /// Whoever is told when nobody has acknowledged it for so long.
    package struct Step: Sendable, Equatable, Codable {
        package var minutes: Int
        package var channels: [Int64]

        package init(minutes: Int, channels: [Int64]) {
            self.minutes = minutes
            self.channels = channels
        }
    }

    package var match = Match()
    package var channels: [Int64] = []
    /// Whether the routes after this one are looked at, too, where it matches.
    package var goesOn = true
    package var quietHours: QuietHours?
    /// What is not critical is collected for so many minutes.
    package var digestMinutes: Int?
    package var escalation: [Step] = []
    package var tellsEnd = true
    package var tellsAcknowledgement = false

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case match, channels, quietHours, digestMinutes, escalation
        case goesOn = "continue"
        case tellsEnd = "tellEnd"
        case tellsAcknowledgement = "tellAcknowledged"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        match = try container.decodeIfPresent(Match.self, forKey: .match) ?? Match()
        channels = try container.decodeIfPresent([Int64].self, forKey: .channels) ?? []
        goesOn = try container.decodeIfPresent(Bool.self, forKey: .goesOn) ?? true
        quietHours = try container.decodeIfPresent(QuietHours.self, forKey: .quietHours)
        digestMinutes = try container.decodeIfPresent(Int.self, forKey: .digestMinutes)
        escalation = try container.decodeIfPresent([Step].self, forKey: .escalation) ?? []
        tellsEnd = try container.decodeIfPresent(Bool.self, forKey: .tellsEnd) ?? true
        tellsAcknowledgement = try container.decodeIfPresent(Bool.self, forKey: .tellsAcknowledgement) ?? false
    }

    /// What every route is like as long as there is none: what is a warning or worse goes to all channels at once.
    package static func standard(_ channels: [Int64]) -> Route {
        var route = Route()
        route.match.severity = .warning
        route.channels = channels
        return route
    }

    /// - Parameter time: seconds since 1970.
    func matches(_ tell: Tell, at time: Int64, zones: (String) -> ZoneRules?) -> Bool {
        tell.severity >= match.severity
            && (match.sites.isEmpty || tell.site.map(match.sites.contains) ?? false)
            && (match.tags.isEmpty || tell.cards.contains { !$0.tags.isDisjoint(with: match.tags) })
            && (match.cards.isEmpty || tell.cards.contains { match.cards.contains($0.id) })
            && (match.kinds.isEmpty || match.kinds.contains(tell.kind))
            && (match.causes.isEmpty || tell.cause.map(match.causes.contains) ?? false)
            && (match.alarms.isEmpty || tell.alarm.map(match.alarms.contains) ?? false)
            && (match.hours.isEmpty || match.hours.contains { hours in zones(hours.zone).map { hours.contains(time, in: $0) } ?? true })
    }
}
