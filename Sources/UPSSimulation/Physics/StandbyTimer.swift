package import PowerDevice

/// A standby schedule that runs: the load goes off after a delay, and comes back after a while.
package struct StandbyTimer: Sendable, Equatable {
    package enum Phase: Sendable, Equatable {
        case idle
        /// Seconds until the load goes off.
        case counting(Double)
        /// Seconds until it comes back; nil where it never does by itself.
        case off(Double?)
    }

    package private(set) var schedule: StandbySchedule?
    package private(set) var phase = Phase.idle

    var isOff: Bool { if case .off = phase { true } else { false } }
    var isCounting: Bool { if case .counting = phase { true } else { false } }

    /// Starts a schedule, in place of any other; `.none` forgets the one there is.
    mutating func start(_ schedule: StandbySchedule) {
        guard schedule.kind != .none else { return cancel() }
        self.schedule = schedule
        phase = .counting(Double(schedule.delay))
    }

    mutating func cancel() {
        schedule = nil
        phase = .idle
    }

    mutating func advance(_ seconds: Double, areMainsGood: Bool) {
        switch phase {
        case .idle: return
        case .counting(let left) where left > seconds: phase = .counting(left - seconds)
        case .counting:
            let minutes = schedule?.standby ?? 0
            phase = .off(minutes > 0 ? Double(minutes) * 60 : nil)
        case .off(nil): return
        case .off(.some(let left)):
            let isOver = left <= seconds
            if isOver && (schedule?.kind != .restore || areMainsGood) { cancel() } else { phase = .off(max(0, left - seconds)) }
        }
    }
}
