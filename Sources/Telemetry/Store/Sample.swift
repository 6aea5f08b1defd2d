package import PowerDevice

/// What one poll of a card brought for the history.
package struct Sample: Sendable {
    package let card: Int64
    /// Milliseconds since 1970.
    package let at: Int64
    package let values: [Variable: Double]

    package init(card: Int64, at: Int64, values: [Variable: Double]) {
        self.card = card
        self.at = at
        self.values = values
    }
}

/// How long samples and their summaries are kept, in milliseconds.
package struct Retention: Sendable, Equatable {
    package var raw: Int64
    package var hourly: Int64
    package var daily: Int64

    package init(rawDays: Int, hourlyDays: Int, dailyDays: Int) {
        (raw, hourly, daily) = (Int64(rawDays) * .day, Int64(hourlyDays) * .day, Int64(dailyDays) * .day)
    }

    package static let standard = Retention(rawDays: 30, hourlyDays: 730, dailyDays: 3650)
}

/// From which data an answer was made: the coarsest that was needed.
package enum Resolution: String, Sendable, CaseIterable, Comparable {
    case raw
    case hourly
    case daily

    package static func < (left: Resolution, right: Resolution) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .raw: 0
        case .hourly: 1
        case .daily: 2
        }
    }
}

extension Int64 {
    /// Milliseconds of an hour.
    package static let hour: Int64 = 3_600_000
    /// Milliseconds of a day.
    package static let day: Int64 = 86_400_000

    /// The largest multiple of `step` that is not above this number.
    package func floored(to step: Int64) -> Int64 {
        let rest = self % step
        return rest < 0 ? self - rest - step : self - rest
    }
}

/// Times that are kept: the years 1 to 9999, so that sums of times never overflow.
let representableTimes: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999
