/// How a part of a UPS is: the gravest that holds.
package enum ComponentState: String, Sendable, Codable, CaseIterable {
    case critical
    /// A preventive alarm.
    case preventive
    case on
    case off

    package var title: String {
        switch self {
        case .critical: "Critical alarm"
        case .preventive: "Preventive alarm"
        case .on: "On"
        case .off: "Off"
        }
    }
}

package typealias RectifierState = ComponentState
package typealias InverterState = ComponentState
package typealias BypassState = ComponentState
package typealias GensetState = ComponentState

/// An input supply, of the rectifier or of the bypass.
package enum SupplyState: String, Sendable, Codable, CaseIterable {
    case notPresent
    case outOfTolerance
    case present
}

/// Whether the load can go from the inverter to the bypass.
package enum TransferAbility: String, Sendable, Codable, CaseIterable {
    /// Locked, by a control or after too many transfers.
    case locked
    case impossible
    case possible
}
