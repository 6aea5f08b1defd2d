import FoundationEssentials
import NetVision
import PowerDevice

/// The live view of one card: what its answers, and its silence, make of its status. Pure.
struct CardMonitor: Sendable {
    /// What is said of a card whose last answer is too old.
    static let fadedProblem = "There has been no fresh answer of the card for too long."

    private(set) var status: CardStatus
    /// Polls in a row that got no answer.
    private(set) var failures = 0
    private var state: DeviceState?
    /// Alarms that the card does not know of itself.
    private var foreignAlarms: Set<Alarm> = []

    init(status: CardStatus = .unknown) { self.status = status }

    /// The card answered, to a whole read or to one of the status points only.
    ///
    /// - Parameter asked: the variables that a status read asked for.
    mutating func answered(
        _ state: DeviceState, scope: ReadPlan.Scope = .all, asked: Set<Variable> = ReadPlan.statusVariables, at date: Date
    ) {
        failures = 0
        var (merged, readingsAt) = (state, date)
        if scope == .status, let before = self.state, before.isCommunicating {
            merged = before.refreshed(by: state, asking: asked)
            readingsAt = status.readingsAt ?? date
        }
        self.state = merged
        let operating = OperatingStatus(merged)
        status = CardStatus(
            status: operating, problem: operating == .unknown ? Self.problem(of: merged) : nil, warnings: status.warnings,
            outputSource: merged.outputSource, batteryStatus: merged.batteryStatus, transfer: merged.transfer, lastSeen: date,
            alarmCount: merged.alarms.union(foreignAlarms).count, readingsAt: readingsAt,
            readings: merged.isCommunicating ? merged.readings : [:])
    }

    /// The card did not answer. The last values stay, with their time; the status says that they are old.
    mutating func silent(_ problem: String) {
        failures += 1
        status.status = .unreachable
        status.problem = problem
    }

    /// The card did not answer once, which may be the network's loss: its status stays for as long as its last answer is fresh.
    mutating func doubt() { failures += 1 }

    /// Something answers at the card's address that is not the card: nothing that it says is recorded.
    mutating func impostor(_ problem: String) {
        failures += 1
        state = nil
        status.status = .unreachable
        status.problem = problem
    }

    /// The last answer is too old to tell the status.
    mutating func fade() {
        status.status = .unknown
        status.problem = Self.fadedProblem
    }

    /// What else is known to be wrong; replaces what was said before.
    mutating func warn(_ warnings: [String], alarms: Set<Alarm> = []) {
        status.warnings = warnings
        guard alarms != foreignAlarms else { return }
        foreignAlarms = alarms
        status.alarmCount = self.alarms.count
    }

    var alarms: Set<Alarm> { deviceAlarms.union(foreignAlarms) }
    /// What the card itself says, or said last.
    var deviceAlarms: Set<Alarm> { state?.alarms ?? [] }

    private static func problem(of state: DeviceState) -> String {
        if !state.isCommunicating || state.alarms.contains(.communicationLost) { return "The card has lost its \(state.kind.title)." }
        return "The card does not say what feeds the load."
    }
}
