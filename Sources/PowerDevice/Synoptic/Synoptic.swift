/// The picture of a device: its elements by the manual's numbers, each with a colour (manual 12.1.1, 12.2.1, 13.1).
package struct Synoptic: Sendable, Equatable {
    package enum Colour: String, Sendable, Codable, CaseIterable {
        case grey
        case green
        case yellow
        case red
    }

    package struct Element: Sendable, Equatable {
        /// As the manual's table numbers it.
        package let number: Int
        package let title: String
        package let colour: Colour
        package let isFlashing: Bool

        package init(_ number: Int, _ title: String, _ colour: Colour, isFlashing: Bool = false) {
            self.number = number
            self.title = title
            self.colour = colour
            self.isFlashing = isFlashing
        }
    }

    /// The elements that the device has, in the order of their numbers. One that is not shown now is not there.
    package var elements: [Element]
    /// Load in percent beside the load's symbol; nil where it is not known or not shown.
    package var load: Double?
    package var loadStep: LoadStep?
    package var battery: BatterySymbol?
    /// What stands beside the battery.
    package var batteryValue: BatteryValue?

    package init(
        elements: [Element], load: Double? = nil, loadStep: LoadStep? = nil, battery: BatterySymbol? = nil,
        batteryValue: BatteryValue? = nil
    ) {
        self.elements = elements
        self.load = load
        self.loadStep = loadStep
        self.battery = battery
        self.batteryValue = batteryValue
    }

    /// The colour of an element, or nil where it is absent.
    package subscript(number: Int) -> Colour? { elements.first { $0.number == number }?.colour }

    /// What the card adds to what the device says.
    package struct Surroundings: Sendable, Equatable {
        /// An alarm came that nobody has looked at: the alarm's element flashes.
        package var hasNewAlarm: Bool
        package var isIoTEnabled: Bool
        /// The battery is shared with all other units of the parallel system.
        package var isBatteryShared: Bool

        package init(hasNewAlarm: Bool = false, isIoTEnabled: Bool = false, isBatteryShared: Bool = false) {
            self.hasNewAlarm = hasNewAlarm
            self.isIoTEnabled = isIoTEnabled
            self.isBatteryShared = isBatteryShared
        }
    }
}

/// The battery's symbol (manual 12.1.2).
package enum BatterySymbol: String, Sendable, Codable, CaseIterable {
    case open
    case charged
    case discharging
    case discharged
    case charging

    /// Nil where nothing is known of the battery.
    package init?(_ state: BatteryState) {
        switch state {
        case .unknown: return nil
        case .disconnected: self = .open
        case .discharged: self = .discharged
        case .low, .discharging, .toInput, .testRunning: self = .discharging
        case .charging: self = .charging
        case .alarm, .roomAlarm, .temperatureAlarm, .ok: self = .charged
        }
    }
}

/// The number beside the battery: its charge, while it discharges the time that is left.
package enum BatteryValue: Sendable, Equatable {
    /// Percent.
    case charge(Double)
    /// Seconds.
    case remaining(Double)
}

/// The picture of the load (manual 12.1.3): the least step that is not below the load; from 100 % on it is the last.
package enum LoadStep: Int, Sendable, Codable, CaseIterable {
    case none = 0
    case tenth = 10
    case half = 50
    case high = 90
    case full = 100
    case over = 120

    package init(_ load: Double) { self = Self.allCases.first { load <= Double($0.rawValue) } ?? .over }
}

extension Synoptic.Colour {
    /// 0 % grey, up to 90 % green, above 90 % yellow, above 100 % red.
    package init(load: Double) {
        self = load <= 0 ? .grey : load <= 90 ? .green : load <= 100 ? .yellow : .red
    }

    /// A part: grey off, green on, yellow with a preventive alarm, red with a critical one.
    package init(_ state: ComponentState) {
        switch state {
        case .off: self = .grey
        case .on: self = .green
        case .preventive: self = .yellow
        case .critical: self = .red
        }
    }

    package init(_ level: Severity) {
        switch level {
        case .information: self = .green
        case .warning: self = .yellow
        case .critical: self = .red
        }
    }
}
