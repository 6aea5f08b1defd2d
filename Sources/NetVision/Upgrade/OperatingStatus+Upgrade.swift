package import PowerDevice

extension OperatingStatus {
    /// Why a card whose UPS is in this status must not be upgraded now; nil if it may be.
    ///
    /// The card is how one would watch a UPS in trouble: it stays as it is until the trouble is over.
    package var upgradeObstacle: String? {
        switch self {
        case .normal, .eco, .standby: nil
        case .onBattery: "The UPS is on battery."
        case .onBypass: "The UPS is on bypass."
        case .off: "The UPS is off."
        case .warning, .critical: "The UPS has an alarm."
        case .unreachable: "The card does not answer."
        case .unknown: "The state of the UPS is not known."
        }
    }
}
