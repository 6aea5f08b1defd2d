/// Hours of the week in a time zone, such as Monday to Friday from 18:00 to 06:00.
package struct WeeklyHours: Sendable, Equatable, Codable {
    package enum Weekday: String, Sendable, Codable, CaseIterable {
        case sunday, monday, tuesday, wednesday, thursday, friday, saturday
    }

    /// Where it begins; empty: all.
    package var days: [Weekday]
    /// `HH:MM`, local time.
    package var from: String
    /// Not earlier than `from` by the clock: over midnight, into the day after. Equal: the whole day.
    package var to: String
    /// A name of the IANA database, `Europe/Zurich`.
    package var zone: String

    package init(days: [Weekday] = [], from: String, to: String, zone: String = "UTC") {
        self.days = days
        self.from = from
        self.to = to
        self.zone = zone
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        days = try container.decodeIfPresent([Weekday].self, forKey: .days) ?? []
        from = try container.decode(String.self, forKey: .from)
        to = try container.decode(String.self, forKey: .to)
        zone = try container.decodeIfPresent(String.self, forKey: .zone) ?? "UTC"
    }

    /// Minutes after midnight; nil of what is no time of day. 24:00 is the end of a day.
    package static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]), let minute = Int(parts[1]),
            0...24 ~= hour, 0...59 ~= minute, hour < 24 || minute == 0
        else { return nil }
        return hour * 60 + minute
    }

    /// Whether a time (seconds since 1970) is among them.
    package func contains(_ time: Int64, in rules: ZoneRules) -> Bool {
        guard let from = Self.minutes(from), let to = Self.minutes(to) else { return false }
        let local = time + Int64(rules.offset(at: time))
        let day = CivilDay(containing: local)
        let minute = Int((local - day.number * 86_400) / 60)
        let (today, yesterday) = (isDay(day.weekday), isDay((day.weekday + 6) % 7))
        if from < to { return today && minute >= from && minute < to }
        return today && minute >= from || yesterday && minute < to
    }

    /// When they are over that a time is in, in seconds since 1970; nil if it is in none. Looks ahead for nine days at most.
    package func end(after time: Int64, in rules: ZoneRules) -> Int64? {
        guard contains(time, in: rules) else { return nil }
        let minute = time - ((time % 60) + 60) % 60
        let limit = minute + 9 * 86_400
        var later = minute + 60
        while later < limit, contains(later, in: rules) { later += 60 }
        return later
    }

    private func isDay(_ weekday: Int) -> Bool {
        days.isEmpty || days.contains(Weekday.allCases[weekday])
    }
}
