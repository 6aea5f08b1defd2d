/// What feeds the load at this moment (upsOutputSource of MIB 8.11, and RFC 1628's `battery`).
package enum OutputSource: String, Sendable, Codable, CaseIterable {
    case unknown
    case maintenanceBypass
    case inverter
    /// The normal mode of an off-line UPS: mains feed the load, the inverter waits.
    case normal
    case eco
    case bypass
    case standby
    case off
    case lineInteractive
    case flex
    /// Only RFC 1628 names the battery as a source; the private MIBs say `inverter` and tell of the battery in the battery status.
    case battery
}

/// The battery's condition (upsBatteryStatus of MIB 8.11).
package enum BatteryStatus: String, Sendable, Codable, CaseIterable {
    case unknown
    case normal
    case charging
    case test
    case discharging
    case low
    case depleted
    case failure
    case disconnected
}

/// What a card is plugged into.
package enum DeviceKind: String, Sendable, Codable, CaseIterable {
    case ups
    case sts
}

/// How grave a condition is, as the manual's tables and the vendor's MIB grade it.
package enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
    case information
    case warning
    case critical

    private var rank: Int {
        switch self {
        case .information: 0
        case .warning: 1
        case .critical: 2
        }
    }

    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
