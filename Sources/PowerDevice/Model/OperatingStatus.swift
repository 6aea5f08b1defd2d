/// A card's status in one word: what an operator sees first.
package enum OperatingStatus: String, Sendable, Codable, CaseIterable {
    case normal
    case onBattery
    case onBypass
    case eco
    case standby
    case off
    case warning
    case critical
    case unreachable
    case unknown

    /// What threatens the load now, as opposed to what wants attention some time today.
    static let threatening: Set<Alarm> = [
        .imminentStop, .lowBattery, .batteryDischarged, .overload, .rectifierCritical, .inverterCritical, .bypassCritical, .powerOff,
    ]

    /// Alarms that describe a mode which has a status of its own, or nothing that needs attention.
    static let modes: Set<Alarm> = [.onBattery, .onBypass, .autoTestRunning, .outputOff, .systemOff, .maintenanceBypass]

    /// The status of a device that has just answered with `state`.
    ///
    /// In order: unknown, critical, onBattery, off, onBypass, standby, warning, eco, normal. `normal` needs an output source that says so:
    /// silence about the source is `unknown`, never well-being. (`unreachable` is the poller's to say.)
    package init(_ state: DeviceState) {
        let source = state.outputSource ?? .unknown
        let battery = state.batteryStatus ?? .unknown
        if !state.isCommunicating || state.alarms.contains(.communicationLost) {
            self = .unknown
        } else if !state.alarms.isDisjoint(with: Self.threatening) || battery == .low || battery == .depleted {
            self = .critical
        } else if source == .battery || battery == .discharging || state.alarms.contains(.onBattery) {
            self = .onBattery
        } else if source == .unknown {
            self = .unknown
        } else if source == .off || (source != .standby && state.alarms.contains(.outputOff)) {
            self = .off
        } else if source == .bypass || source == .maintenanceBypass || state.alarms.contains(.onBypass) {
            self = .onBypass
        } else if source == .standby {
            self = .standby
        } else if !state.alarms.subtracting(Self.modes).isEmpty || battery == .failure || battery == .disconnected {
            self = .warning
        } else if source == .eco || source == .flex {
            self = .eco
        } else {
            self = .normal
        }
    }
}
