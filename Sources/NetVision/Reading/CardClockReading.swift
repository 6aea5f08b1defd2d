import PowerDevice
package import SNMP

/// What a card's clock showed: local time in whole seconds, and the zone that it is set to.
package struct CardClockReading: Sendable, Equatable {
    /// Seconds since the clock showed 1 January 1970, 00:00.
    package let local: Int64
    /// Minutes by which the zone's standard time is before UTC; nil where the card does not tell its zone.
    package let zone: Int?

    package init(local: Int64, zone: Int?) {
        self.local = local
        self.zone = zone
    }

    /// Seconds by which the clock was ahead of `utc`, the seconds since 1970 at which it was read; below 0 where it was behind.
    ///
    /// Cards don't tell whether they have put the clock forward for the summer: the hour counts that fits better. Where a card does not tell
    /// its zone either, the quarter of an hour counts that fits best, and only what is beyond all zones is seen whole.
    package func skew(at utc: Double) -> Double {
        let offsets = zone.map { [$0, $0 + Self.summer] } ?? Array(stride(from: -720, through: 840, by: 15))
        // The clock shows whole seconds: half of one has passed on average.
        let skews = offsets.map { Double(local) + 0.5 - Double($0 * 60) - utc }
        return skews.min { abs($0) < abs($1) } ?? 0
    }

    /// Minutes by which local time is put forward.
    private static let summer = 60
}

extension CardClockReading {
    /// The objects that tell a card's clock, of each branch that such a card may answer; empty where no card of the kind has them.
    package static func objects(of generation: CardGeneration) -> [OID] { groups(of: generation).flatMap(objects) }

    /// Nil if the answers hold no date and time of the calendar.
    package init?(_ bindings: [VariableBinding], of generation: CardGeneration) {
        let answers = Dictionary(bindings.lazy.map { ($0.name, $0.value) }) { first, _ in first }
        for group in Self.groups(of: generation) {
            let (date, time) = (answers[group.upsAgentDate.scalar]?.cardText, answers[group.upsAgentTime.scalar]?.cardText)
            guard let date, let time, let clock = DeviceClock(cardDate: date, time: time) else { continue }
            var zone: Int?
            if case .integer(let number)? = answers[group.upsAgentNtpTimeZone.scalar] { zone = TimeZoneNames.offset(ofZone: Int(number)) }
            self.init(local: clock.seconds, zone: zone)
            return
        }
        return nil
    }

    private static func groups(of generation: CardGeneration) -> [AgentGroup] {
        switch generation {
        case .netVision7, .netVision8, .cardAgent: [.netVision7, .netVision6]
        case .netVision5, .netVision6: [.netVision6]
        case .rfc1628, .unknown: []
        }
    }

    private static func objects(_ group: AgentGroup) -> [OID] {
        [group.upsAgentDate, group.upsAgentTime, group.upsAgentNtpTimeZone].map(\.scalar)
    }
}

extension DeviceClock {
    /// Nil for what no clock shows; one that was never set shows a year before 2000.
    ///
    /// - Parameters:
    ///   - date: `dd/mm/yyyy`. - time: `hh:mm:ss`.
    fileprivate init?(cardDate date: String, time: String) {
        guard let day = Self.numbers(date, between: "/", digits: [2, 2, 4]),
            let hour = Self.numbers(time, between: ":", digits: [2, 2, 2]),
            (1970...2099).contains(day[2]), (1...12).contains(day[1]), (1...31).contains(day[0]), (0...23).contains(hour[0]),
            (0...59).contains(hour[1]), (0...59).contains(hour[2])
        else { return nil }
        self.init(year: day[2], month: day[1], day: day[0], hour: hour[0], minute: hour[1], second: hour[2])
    }

    private static func numbers(_ text: String, between separator: Character, digits: [Int]) -> [Int]? {
        let fields = text.split(separator: separator, omittingEmptySubsequences: false)
        guard fields.count == digits.count, zip(fields, digits).allSatisfy({ $0.utf8.count <= $1 && $0.allSatisfy(\.isASCII) }) else {
            return nil
        }
        let numbers = fields.compactMap { Int($0) }
        return numbers.count == fields.count ? numbers : nil
    }
}

extension CardReader {
    /// What the card's clock shows; nil where it does not tell. Throws `SNMPError`.
    package func clock(of card: CardIdentity, at target: SNMPTarget) async throws -> CardClockReading? {
        let objects = CardClockReading.objects(of: card.generation)
        guard !objects.isEmpty else { return nil }
        return CardClockReading(try await available(objects, target), of: card.generation)
    }
}
