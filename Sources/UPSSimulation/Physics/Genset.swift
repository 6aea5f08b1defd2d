/// A generator set in front of a power system: it starts when the mains stay away, and stops when they stay back.
package struct Genset: Sendable, Equatable {
    package var isPresent = false
    /// It does not start, or has stopped.
    package var hasFailed = false
    /// Seconds from the loss of the mains until it feeds, 0…600.
    package var startDelay = 10.0
    package private(set) var isRunning = false
    private var secondsWithout = 0.0
    private var secondsWith = 0.0

    /// Seconds that the mains must be good before the load goes back to them.
    private static let returnDelay = 10.0

    /// What it gives: a little off the mains, as engines are.
    package static let supply = Mains(voltage: 230, frequency: 50.2)

    mutating func advance(_ seconds: Double, areMainsGood: Bool) {
        secondsWithout = areMainsGood ? 0 : secondsWithout + seconds
        secondsWith = areMainsGood ? secondsWith + seconds : 0
        if !isPresent || hasFailed {
            isRunning = false
        } else if isRunning {
            isRunning = secondsWith < Self.returnDelay
        } else {
            isRunning = !areMainsGood && secondsWithout >= startDelay
        }
    }

    /// It should run, and does not.
    var hasAlarm: Bool { isPresent && hasFailed }
}
