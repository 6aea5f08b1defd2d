/// The test that a UPS makes of its battery: it feeds the load from it for half a minute, and looks at how it bears that.
package struct BatteryTest: Sendable, Equatable {
    package enum Result: String, Sendable, Codable {
        case none
        case passed
        case failed
        /// The mains failed, or someone stopped it.
        case interrupted
    }

    package private(set) var result = Result.none
    /// Seconds until the test that runs is over; nil while none does.
    package private(set) var remaining: Double?
    package var isRunning: Bool { remaining != nil }

    private static let seconds = 30.0
    /// A battery with less of its capacity left than that sags too deep under load.
    package static let leastHealth = 0.7

    mutating func start() { remaining = remaining ?? Self.seconds }

    mutating func interrupt() {
        guard isRunning else { return }
        remaining = nil
        result = .interrupted
    }

    /// Forgets a bad result, as the acknowledgement of alarms does.
    mutating func acknowledge() {
        if result != .passed { result = .none }
    }

    mutating func advance(_ seconds: Double, health: Double) {
        guard let left = remaining else { return }
        if health < Self.leastHealth && left <= Self.seconds - 5 {
            remaining = nil
            result = .failed
        } else if left <= seconds {
            remaining = nil
            result = .passed
        } else {
            remaining = left - seconds
        }
    }
}
