/// A time in which what happens to some cards is expected, and nobody is told.
package struct MaintenanceWindow: Sendable, Equatable, Codable {
    /// What is given must fit; all empty: the whole fleet.
    package var sites: [String] = []
    package var tags: [String] = []
    package var cards: [Int64] = []
    /// Once: seconds since 1970.
    package var from: Int64?
    package var until: Int64?
    /// Or each week.
    package var weekly: WeeklyHours?

    package init() {}

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        sites = try container.decodeIfPresent([String].self, forKey: .sites) ?? []
        tags = try container.decodeIfPresent([String].self, forKey: .tags) ?? []
        cards = try container.decodeIfPresent([Int64].self, forKey: .cards) ?? []
        from = try container.decodeIfPresent(Int64.self, forKey: .from)
        until = try container.decodeIfPresent(Int64.self, forKey: .until)
        weekly = try container.decodeIfPresent(WeeklyHours.self, forKey: .weekly)
    }

    /// Whether all that a tell is about is in its scope: one card outside of it is enough to tell.
    func covers(_ tell: Tell) -> Bool {
        guard sites.isEmpty || tell.site.map(sites.contains) ?? false else { return false }
        guard !tags.isEmpty || !cards.isEmpty else { return true }
        return !tell.cards.isEmpty
            && tell.cards.allSatisfy { card in
                (tags.isEmpty || !card.tags.isDisjoint(with: tags)) && (cards.isEmpty || cards.contains(card.id))
            }
    }

    /// When it ends if it is open at `time`, in seconds since 1970; nil if it is not open.
    package func end(at time: Int64, zones: (String) -> ZoneRules?) -> Int64? {
        if let weekly { return zones(weekly.zone).flatMap { weekly.end(after: time, in: $0) } }
        guard let until, time < until, time >= (from ?? .min) else { return nil }
        return until
    }
}
