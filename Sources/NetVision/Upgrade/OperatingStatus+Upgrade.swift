package import PowerDevice

extension OperatingStatus {
    /// Why a card whose device is in this status must not be upgraded now; nil if it may be.
    ///
    /// The card is how one would watch a device in trouble: it stays as it is until the trouble is over. A transfer switch is to be without
    /// any alarm, and with its load on the source that is preferred.
    ///
    /// - Parameters:
    ///   - alarms: How many there are.
    ///   - load: What feeds the load of a transfer switch.
    package func upgradeObstacle(of kind: DeviceKind, alarms: Int, load: TransferState.LoadStatus? = nil) -> String? {
        let device = kind.title
        switch self {
        case .unreachable: return "The card does not answer."
        case .unknown: return "The state of the \(device) is not known."
        case .warning, .critical: return alarms > 1 ? "The \(device) has \(alarms) alarms." : alarm(of: kind, alarms, load)
        case .onBattery: return "The \(device) is on battery."
        case .onBypass: return "The \(device) is on bypass."
        case .off: return "The \(device) is off."
        case .normal, .eco, .standby: return kind == .sts ? Self.obstacle(ofSwitch: alarms, load) : nil
        }
    }

    private func alarm(of kind: DeviceKind, _ alarms: Int, _ load: TransferState.LoadStatus?) -> String {
        kind == .sts && alarms == 0
            ? Self.obstacle(ofSwitch: 0, load) ?? "A source is not as it should be." : "The \(kind.title) has an alarm."
    }

    private static func obstacle(ofSwitch alarms: Int, _ load: TransferState.LoadStatus?) -> String? {
        guard alarms == 0 else { return "The \(DeviceKind.sts.title) has an alarm." }
        return load == .preferredSource ? nil : "The load is not on the preferred source."
    }
}

extension DeviceState {
    /// Why the card of a device in this state must not be upgraded now; nil if it may be.
    package var upgradeObstacle: String? {
        OperatingStatus(self).upgradeObstacle(of: kind, alarms: alarms.count, load: transfer?.load)
    }
}

extension DeviceKind {
    /// What a sentence calls it.
    package var title: String {
        switch self {
        case .ups: "UPS"
        case .sts: "transfer switch"
        }
    }
}
