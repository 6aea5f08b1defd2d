import NIOCore

/// How long something that fails is left alone: twice as long after each failure in a row, up to a limit.
struct BackOff: Sendable {
    static let first = TimeAmount.milliseconds(500)
    static let longest = TimeAmount.seconds(8)

    private(set) var failures = 0
    /// Not to be tried earlier.
    private(set) var until = NIODeadline.uptimeNanoseconds(0)

    func isOver(at now: NIODeadline) -> Bool { now >= until }

    mutating func failed(at now: NIODeadline) {
        let pause = min(Self.longest.nanoseconds, Self.first.nanoseconds << Int64(min(failures, 10)))
        failures += 1
        until = now + .nanoseconds(pause)
    }
}
