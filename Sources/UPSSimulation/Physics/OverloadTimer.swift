/// How long an inverter bears more than its rating: the less, the higher the load.
///
/// The usual limits of double-conversion UPS: 110 % an hour, 125 % ten minutes, 150 % a minute, more than that a second.
package struct OverloadTimer: Sendable {
    /// 0 cool … 1 tripped.
    package private(set) var strain: Double = 0
    /// The inverter has given up, and stays so until the load is back within the rating for a while.
    package private(set) var isTripped = false
    private var secondsWithin: Double = 0

    private static let coolingSeconds = 300.0
    private static let resetSeconds = 10.0

    /// Seconds that `load` (percent) may last, or nil where it may last for ever.
    package static func limit(at load: Double) -> Double? {
        switch load {
        case ...100: nil
        case ...110: 3600
        case ...125: 600
        case ...150: 60
        default: 1
        }
    }

    mutating func advance(load: Double, isOnInverter: Bool, seconds: Double) {
        if isOnInverter, let limit = Self.limit(at: load) {
            strain = min(1, strain + seconds / limit)
        } else {
            strain = max(0, strain - seconds / Self.coolingSeconds)
        }
        secondsWithin = load <= 100 ? secondsWithin + seconds : 0
        if strain >= 1 { isTripped = true }
        if isTripped && secondsWithin >= Self.resetSeconds {
            isTripped = false
            strain = 0
        }
    }
}
