/// A time zone that a card knows: a number of upsAgentNtpTimeZone.
struct CardTimeZone: Hashable, Sendable {
    /// 1…77.
    let number: Int
    /// The number's name in the MIB, `gmt0100paris`.
    let name: String
    /// Standard time before UTC, in minutes.
    let offset: Int
    /// Nil where nobody sets the clocks.
    let rule: DaylightSavingRule?

    init(_ number: Int, _ name: String, _ offset: Int, _ rule: DaylightSavingRule? = nil) {
        self.number = number
        self.name = name
        self.offset = offset
        self.rule = rule
    }

    /// The zone with a number; nil where there is none.
    static func numbered(_ number: Int) -> CardTimeZone? { all.indices.contains(number - 1) ? all[number - 1] : nil }

    /// The zone with a name of the MIB.
    static func named(_ name: String) -> CardTimeZone? { all.first { $0.name == name } }

    static let numbers = 1...all.count
}

/// "Daylight Saving Time" (manual §15.1).
enum DaylightSaving: String, Sendable, CaseIterable {
    /// The zone's standard time.
    case disabled
    /// An hour ahead of it, the whole year.
    case enabled
    /// As the zone has it.
    case automatic
}

/// How a card makes local time of UTC.
struct LocalTime: Hashable, Sendable {
    var zone: CardTimeZone
    var daylightSaving: DaylightSaving

    static let utc = LocalTime(zone: CardTimeZone(27, "gmt0000monrovia", 0), daylightSaving: .disabled)

    private var standard: Int64 { Int64(zone.offset) * 60 }

    /// Seconds by which local time is before UTC at an instant.
    func offset(at utc: Int64) -> Int64 {
        let isAhead =
            switch daylightSaving {
            case .disabled: false
            case .enabled: true
            case .automatic: zone.rule?.isAhead(at: utc, offset: standard) ?? false
            }
        return standard + (isAhead ? DaylightSavingRule.shift : 0)
    }

    /// The instant at which the local clock shows `wall`, in its own seconds since 1970.
    ///
    /// Of an hour that comes twice the first is meant; one that is left out counts by the clock before it, and so ends up after it.
    func utc(wall: Int64) -> Int64 {
        let ahead = wall - standard - DaylightSavingRule.shift
        return offset(at: ahead) > standard ? ahead : wall - standard
    }
}
