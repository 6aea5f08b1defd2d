import PowerDevice

/// What to read from the device next, and when to give it up.
///
///     silent ──a poll succeeds──▶ answering ──`patience` polls fail in a row──▶ silent
struct PollSchedule: Sendable {
    enum FailedAction: Equatable {
        /// It may be a passing disturbance.
        case carryOn
        /// Communication is lost.
        case giveUp
    }

    /// Polls from one reading of the configuration words to the next; they are due once a minute at least.
    static let configurationPeriod = 10
    /// Failures in a row that mean the link is dead.
    static let patience = 3

    private(set) var isAnswering = false
    private var untilConfiguration = 0
    private var failures = 0

    /// The blocks of the next poll.
    func ranges(of map: DeviceMap) -> [RegisterRange] {
        untilConfiguration == 0 ? map.readPlan : map.liveRanges
    }

    mutating func succeeded() {
        isAnswering = true
        failures = 0
        untilConfiguration = untilConfiguration == 0 ? Self.configurationPeriod - 1 : untilConfiguration - 1
    }

    mutating func failed() -> FailedAction {
        failures += 1
        guard failures == Self.patience else { return .carryOn }
        isAnswering = false
        untilConfiguration = 0
        return .giveUp
    }
}
