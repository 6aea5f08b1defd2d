/// An output of its own for loads that matter less, or only without mains: the UPS opens and closes it.
package struct PowerSharePlug: Sendable, Equatable {
    /// When the UPS switches the plug by itself.
    package enum Mode: Sendable, Equatable {
        /// Only on command.
        case none
        /// Opens when the battery holds that many percent or less.
        case batteryCapacity(Double)
        /// Opens when that many minutes or less are left.
        case backupTime(Double)
        /// Opens after so many seconds on battery.
        case timeOnBattery(Double)
        /// Closed on battery only: emergency light.
        case emergencyLight
    }

    package var isClosed = true
    package var mode = Mode.none

    /// The part of the load that hangs on a plug.
    static let share = 0.1

    mutating func follow(_ physics: UPSPhysics) {
        let isOnBattery = physics.isOnBattery
        switch mode {
        case .none: return
        case .emergencyLight: isClosed = isOnBattery
        case .batteryCapacity(let percent): isClosed = !isOnBattery || physics.battery.charge * 100 > percent
        case .backupTime(let minutes): isClosed = !isOnBattery || (isClosed && physics.runtime > minutes * 60)
        case .timeOnBattery(let seconds): isClosed = !isOnBattery || physics.secondsOnBattery < seconds
        }
    }
}
