/// What a UPS or a unit does, in one line (manual 12.1.5). The cases are in order of priority: the first that holds counts.
package enum UPSStatus: String, Sendable, Codable, CaseIterable {
    /// There is no communication with the UPS, or it tells nothing of its status.
    case unknown
    case inService
    case onMaintenanceBypass
    case imminentStop
    case autoTest
    case onBattery
    case batteryTest
    case protectedByInverter
    /// Off-line UPS only: the mains feed the load.
    case normalMode
    case ecoMode
    case lineInteractive
    case flexMode
    case onBypass
    case available
    case onStandby
    case loadOff

    /// What an operator reads.
    package var title: String {
        switch self {
        case .unknown: "Unknown"
        case .inService: "In service mode"
        case .onMaintenanceBypass: "On maintenance bypass"
        case .imminentStop: "Imminent stop"
        case .autoTest: "Auto-test procedure"
        case .onBattery: "Operating on battery"
        case .batteryTest: "Battery test in progress"
        case .protectedByInverter: "Load protected by inverter"
        case .normalMode: "Normal mode"
        case .ecoMode: "UPS in eco mode"
        case .lineInteractive: "Line-interactive mode"
        case .flexMode: "UPS in flex mode operation"
        case .onBypass: "Load on bypass"
        case .available: "Unit available"
        case .onStandby: "On standby"
        case .loadOff: "Load off"
        }
    }
}

/// What feeds the load (manual 12.1.7), in order of priority.
package enum OutputState: String, Sendable, Codable, CaseIterable {
    case unknown
    case onMaintenanceBypass
    case protectedByInverter
    /// Off-line UPS only.
    case normalMode
    case ecoMode
    case onBypass
    case lineInteractive
    case onStandby
    case loadOff

    package var title: String {
        switch self {
        case .unknown: "Unknown"
        case .onMaintenanceBypass: "On maintenance bypass"
        case .protectedByInverter: "Load protected by inverter"
        case .normalMode: "Normal mode"
        case .ecoMode: "Eco mode"
        case .onBypass: "Load on bypass"
        case .lineInteractive: "Line-interactive mode"
        case .onStandby: "On standby"
        case .loadOff: "Load off"
        }
    }
}

/// How the battery is (manual 12.1.6), in order of priority. A battery of which nothing else is told is OK.
package enum BatteryState: String, Sendable, Codable, CaseIterable {
    case unknown
    case disconnected
    case discharged
    case low
    case discharging
    /// The battery feeds back into the input: an optional function.
    case toInput
    case alarm
    case roomAlarm
    case temperatureAlarm
    case testRunning
    case charging
    case ok

    package var title: String {
        switch self {
        case .unknown: "Unknown"
        case .disconnected: "Battery disconnected"
        case .discharged: "Battery discharged"
        case .low: "Battery low"
        case .discharging: "Battery discharging"
        case .toInput: "Battery to input"
        case .alarm: "Battery alarm"
        case .roomAlarm: "Battery room alarm"
        case .temperatureAlarm: "Battery temperature alarm"
        case .testRunning: "Battery test running"
        case .charging: "Battery charging"
        case .ok: "Battery OK"
        }
    }

    /// Whether the battery gives power: then its table has the time on battery, and the synoptic the remaining time.
    package var isDischarging: Bool {
        switch self {
        case .discharged, .low, .discharging, .toInput: true
        case .unknown, .disconnected, .alarm, .roomAlarm, .temperatureAlarm, .testRunning, .charging, .ok: false
        }
    }
}

/// What a static transfer system does (manual 13.2), in order of priority. Its registers have no bit for the service mode.
package enum STSStatus: String, Sendable, Codable, CaseIterable {
    case unknown
    case inService
    case onMaintenanceBypass1
    case onMaintenanceBypass2
    case imminentStop
    case onPreferredSource
    case onAlternateSource
    case loadOff

    package var title: String {
        switch self {
        case .unknown: "Unknown"
        case .inService: "In service mode"
        case .onMaintenanceBypass1: "On maintenance bypass 1"
        case .onMaintenanceBypass2: "On maintenance bypass 2"
        case .imminentStop: "Imminent stop"
        case .onPreferredSource: "On preferred source"
        case .onAlternateSource: "On alternate source"
        case .loadOff: "Load off"
        }
    }
}
