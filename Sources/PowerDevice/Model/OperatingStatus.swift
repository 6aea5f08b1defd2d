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
        .stsImminentStop, .stsOverload,
    ]

    /// Alarms that describe a mode which has a status of its own, or nothing that needs attention.
    static let modes: Set<Alarm> = [.onBattery, .onBypass, .autoTestRunning, .outputOff, .systemOff, .maintenanceBypass]

    /// The status of a device that has just answered with `state`.
    ///
    /// In order: unknown, critical, onBattery, off, onBypass, standby, warning, eco, normal. `normal` needs an output source that says so:
    /// silence about the source is `unknown`, never well-being. (`unreachable` is the poller's to say.)
    ///
    /// Of a transfer system `onBypass` is one of its manual bypasses; the load on the alternate source is a warning, on the preferred one
    /// it is normal.
    package init(_ state: DeviceState) {
        self = state.kind == .sts ? Self.ofTransferSystem(state) : Self.ofUPS(state)
    }

    private static func ofTransferSystem(_ state: DeviceState) -> OperatingStatus {
        guard state.isCommunicating, !state.alarms.contains(.communicationLost), let transfer = state.transfer else { return .unknown }
        if !state.alarms.isDisjoint(with: threatening) { return .critical }
        switch transfer.load {
        case .off: return .off
        case .maintenanceBypass1, .maintenanceBypass2: return .onBypass
        case .alternateSource: return .warning
        case .unknown, .preferredSource: break
        }
        if !state.alarms.isEmpty || transfer.source1.needsAttention || transfer.source2.needsAttention { return .warning }
        return transfer.load == .preferredSource ? .normal : .unknown
    }

    private static func ofUPS(_ state: DeviceState) -> OperatingStatus {
        let source = state.outputSource ?? .unknown
        let battery = state.batteryStatus ?? .unknown
        let isOnBypass =
            source == .bypass || source == .maintenanceBypass || !state.alarms.isDisjoint(with: [.onBypass, .maintenanceBypass])
        // With rectifier and inverter off only a bypass feeds the load.
        let isOff = state.alarms.contains(.outputOff) || (state.alarms.contains(.systemOff) && !isOnBypass)
        return if !state.isCommunicating || state.alarms.contains(.communicationLost) {
            .unknown
        } else if !state.alarms.isDisjoint(with: threatening) || battery == .low || battery == .depleted {
            .critical
        } else if source == .battery || battery == .discharging || state.alarms.contains(.onBattery) {
            .onBattery
        } else if source == .unknown {
            .unknown
        } else if source == .off || (source != .standby && isOff) {
            .off
        } else if isOnBypass {
            .onBypass
        } else if source == .standby {
            .standby
        } else if !state.alarms.subtracting(modes).isEmpty || battery == .failure || battery == .disconnected {
            .warning
        } else if source == .eco || source == .flex {
            .eco
        } else {
            .normal
        }
    }
}
