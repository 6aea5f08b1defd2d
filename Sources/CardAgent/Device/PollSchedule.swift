import NIOCore

/// What to read from the device next, and when to give it up: sans-IO, time is an argument.
///
/// A poll reads the system, and one unit of a parallel system after the other: with n units, the data of each are n polls old at most
/// (manual §7.2), and those of the system one poll. What a unit that keeps silent costs is one turn in `skippedTurns` + 1.
///
///     silent ──a poll succeeds──▶ answering ──`patience` polls fail in a row──▶ silent
struct PollSchedule: Sendable {
    enum FailedAction: Equatable {
        /// It may be a passing disturbance.
        case carryOn
        /// Communication is lost.
        case giveUp
        /// It has been lost for a while: what is known of the link may be wrong by now.
        case startOver
    }

    /// A unit whose turn it is.
    struct Turn: Equatable {
        let unit: Int
        let readsConfiguration: Bool
    }

    private struct Unit {
        var isNew = true
        var needsConfiguration = true
        var failures = 0
        var skips = 0
    }

    /// Failures in a row that mean the link, or the unit, is dead.
    static let patience = 3
    /// Turns that a dead unit is passed over.
    static let skippedTurns = 3

    /// From one reading of the configuration words to the next.
    let configurationPeriod: TimeAmount
    private(set) var isAnswering = false
    private var nextConfiguration: NIODeadline?
    private var failures = 0
    private var units: [Int: Unit] = [:]
    private var lastUnit = 0

    init(configurationPeriod: TimeAmount = .seconds(20)) { self.configurationPeriod = configurationPeriod }

    // MARK: - The system

    /// Whether the next poll reads the configuration words, too.
    func isConfigurationDue(at now: NIODeadline) -> Bool { nextConfiguration.map { now >= $0 } ?? true }

    /// The system has answered.
    mutating func succeeded(readConfiguration: Bool, at now: NIODeadline) {
        isAnswering = true
        failures = 0
        guard readConfiguration else { return }
        nextConfiguration = now + configurationPeriod
        for unit in units.keys { units[unit]?.needsConfiguration = true }
    }

    mutating func failed() -> FailedAction {
        failures += 1
        guard failures >= Self.patience else { return .carryOn }
        isAnswering = false
        nextConfiguration = nil
        units = [:]
        return failures == Self.patience ? .giveUp : .startOver
    }

    // MARK: - Its units

    /// The units that there are, or those of them that are to be asked.
    mutating func follow(units numbers: [Int]) {
        units = numbers.reduce(into: [:]) { $0[$1] = units[$1] ?? Unit() }
    }

    /// The units to read now: those that have never been read, and the next in turn.
    mutating func turns() -> [Turn] {
        let order = units.keys.sorted()
        let rotation = order.filter { $0 > lastUnit } + order.filter { $0 <= lastUnit }
        var numbers = order.filter { units[$0]?.isNew == true }
        for number in rotation where numbers.isEmpty {
            lastUnit = number
            if let skips = units[number]?.skips, skips > 0 {
                units[number]?.skips = skips - 1
            } else {
                numbers = [number]
            }
        }
        return numbers.map { Turn(unit: $0, readsConfiguration: units[$0]?.needsConfiguration ?? true) }
    }

    mutating func succeeded(_ turn: Turn) {
        units[turn.unit]?.isNew = false
        units[turn.unit]?.failures = 0
        if turn.readsConfiguration { units[turn.unit]?.needsConfiguration = false }
    }

    /// Whether the unit is to be given up.
    mutating func failed(_ turn: Turn) -> FailedAction {
        guard var unit = units[turn.unit] else { return .carryOn }
        unit.isNew = false
        unit.failures += 1
        unit.needsConfiguration = true
        if unit.failures >= Self.patience { unit.skips = Self.skippedTurns }
        units[turn.unit] = unit
        if unit.failures < Self.patience { return .carryOn }
        return unit.failures == Self.patience ? .giveUp : .startOver
    }
}
