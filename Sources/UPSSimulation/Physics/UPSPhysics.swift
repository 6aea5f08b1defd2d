/// A double-conversion UPS between its mains and its load: what happens to it, second by second.
///
/// Simple and honest: power balances, a battery that empties and fills, a rectifier that needs time to start, an inverter that bears an
/// overload for so long. No time and no chance in it: the same inputs give the same states.
///
///     mains ──┬── rectifier ──┬── inverter ──┐
///             │            battery           ├── load
///             └── bypass (static switch) ────┘
package struct UPSPhysics: Sendable {
    // MARK: - What the world does

    package var mains: Mains
    /// Apparent power that the load takes, in percent of the rating (0…200).
    package var load: Double
    /// Room temperature in °C.
    package var ambient: Double
    package var mode: Mode = .online

    package struct Mains: Sendable, Equatable {
        package var isPresent = true
        /// Line to neutral, in V.
        package var voltage = 230.0
        /// Hz.
        package var frequency = 50.0
    }

    /// What the UPS has been told to do.
    package enum Mode: String, Sendable, Codable, CaseIterable {
        case online
        /// The bypass feeds the load as long as the mains are good; the inverter takes over when they are not.
        case eco
        case bypass
        case maintenanceBypass
        case standby
    }

    // MARK: - What the machine does

    package enum Rectifier: Sendable, Equatable {
        case off
        case starting(remaining: Double)
        case on
    }

    /// What feeds the load.
    package enum Supply: String, Sendable, Codable {
        case inverter
        case eco
        case bypass
        case maintenanceBypass
        case standby
        case off
    }

    package let unit: UPSUnit
    package private(set) var battery: Battery
    package private(set) var rectifier = Rectifier.on
    package private(set) var supply = Supply.inverter
    package private(set) var overload = OverloadTimer()
    /// °C at the power stages.
    package private(set) var internalTemperature: Double
    /// Seconds since the battery began to feed the inverter; 0 while it does not.
    package private(set) var secondsOnBattery: Double = 0
    package private(set) var secondsOnBypass: Double = 0
    /// Seconds simulated so far.
    package private(set) var elapsed: Double = 0
    /// The battery reached its cut-off, and has hardly been recharged yet.
    package private(set) var isBatteryDischarged = false
    /// Seconds until the inverter is up again after the load was off; nil when no start is under way.
    package private(set) var inverterStart: Double?
    /// Opened at the cut-off, closed by the rectifier.
    private(set) var isBatteryOpen = false

    package init(_ unit: UPSUnit) {
        self.unit = unit
        mains = Mains(voltage: unit.initialVoltage)
        load = unit.initialLoad
        ambient = unit.initialAmbient
        battery = Battery(design: unit.model.battery, health: unit.batteryHealth, ambient: unit.initialAmbient)
        internalTemperature = unit.initialAmbient + 15
    }

    private static let inverterStartSeconds = 8.0
    /// Steps are a second at most, so that nothing is jumped over in compressed time; a call does 86,400 of them at most.
    private static let stepSeconds = 1.0
    private static let longestAdvance = 86_400.0

    /// Lets some seconds pass (a day at most).
    package mutating func advance(by seconds: Double) {
        guard seconds.isFinite, seconds > 0 else { return }
        var remaining = min(seconds, Self.longestAdvance)
        while remaining > 1e-9 {
            let step = min(remaining, Self.stepSeconds)
            advanceStep(step)
            remaining -= step
        }
    }

    private mutating func advanceStep(_ seconds: Double) {
        elapsed += seconds
        advanceRectifier(seconds)
        overload.advance(load: load, isOnInverter: supply == .inverter, seconds: seconds)
        advanceInverterStart(seconds)
        supply = nextSupply()
        advanceBattery(seconds)
        secondsOnBattery = isOnBattery ? secondsOnBattery + seconds : 0
        secondsOnBypass = supply == .bypass ? secondsOnBypass + seconds : 0
        let rise = 12 + 0.28 * (supply == .inverter ? load : 0)
        internalTemperature += (ambient + rise - internalTemperature) * min(1, seconds / 900)
    }

    private mutating func advanceRectifier(_ seconds: Double) {
        guard isRectifierInputGood else {
            rectifier = .off
            return
        }
        switch rectifier {
        case .off: rectifier = .starting(remaining: unit.rectifierStart)
        case .starting(let remaining) where remaining > seconds: rectifier = .starting(remaining: remaining - seconds)
        case .starting, .on:
            rectifier = .on
            isBatteryOpen = false
        }
    }

    /// After the load was off the inverter comes back by itself, a while after the rectifier.
    private mutating func advanceInverterStart(_ seconds: Double) {
        guard supply == .off || supply == .standby, mode != .standby, mode != .maintenanceBypass, hasDirectCurrent, !overload.isTripped
        else {
            inverterStart = nil
            return
        }
        inverterStart = (inverterStart ?? Self.inverterStartSeconds) - seconds
    }

    private func nextSupply() -> Supply {
        switch mode {
        case .standby: return .standby
        case .maintenanceBypass: return mains.isPresent ? .maintenanceBypass : .off
        case .eco where isBypassGood && !overload.isTripped: return .eco
        case .bypass where isBypassGood: return .bypass
        case .online, .eco, .bypass: return inverterSupply()
        }
    }

    private func inverterSupply() -> Supply {
        if overload.isTripped { return isBypassGood ? .bypass : .off }
        guard hasDirectCurrent else { return isBypassGood && supply != .off ? .bypass : .off }
        if supply == .off || supply == .standby { return (inverterStart ?? 1) <= 0 ? .inverter : .off }
        return .inverter
    }

    private mutating func advanceBattery(_ seconds: Double) {
        if isOnBattery {
            battery.discharge(power: inverterInputPower, seconds: seconds)
            if battery.charge <= 0 {
                isBatteryDischarged = true
                isBatteryOpen = true
                supply = inverterSupply()
            }
        } else if rectifier == .on {
            battery.recharge(seconds: seconds)
            if battery.charge >= 0.05 { isBatteryDischarged = false }
        } else {
            battery.rest()
        }
        battery.exchangeHeat(ambient: ambient, seconds: seconds)
    }
}
