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

    /// What arrives at the rectifier.
    package var rectifierMains: Mains
    /// What arrives at the bypass.
    package var bypassMains: Mains
    /// The one supply of both inputs.
    package var mains: Mains {
        get { rectifierMains }
        set {
            rectifierMains = newValue
            bypassMains = newValue
        }
    }
    /// Apparent power that the load takes, in percent of the rating (0…200).
    package var load: Double
    /// Room temperature in °C.
    package var ambient: Double
    package var mode: Mode = .online
    /// The inverter is defective.
    package var isFailed = false
    /// Which of the modules inside are defective, counted from 0.
    package var failedModules: Set<Int> = []
    /// What the other units of a parallel system do.
    var others = Others()

    /// What the UPS has been told to do.
    package enum Mode: String, Sendable, Codable, CaseIterable {
        case online
        /// The bypass feeds the load as long as the mains are good; the inverter takes over when they are not.
        case eco
        case bypass
        case maintenanceBypass
        case standby
        /// Mains and inverter feed the load together, and the inverter alone when the mains fail.
        case lineInteractive
    }

    struct Others: Sendable, Equatable {
        /// Another unit's inverter feeds the load.
        var areFeeding = false
        /// The system is on its bypass: no unit can stay on its inverter.
        var areOnBypass = false
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
        case lineInteractive
        case eco
        case bypass
        case maintenanceBypass
        case standby
        case off

        /// The inverter gives power, alone or with the mains.
        var isFromInverter: Bool { self == .inverter || self == .lineInteractive }
    }

    package let unit: UPSUnit
    package let build: Build
    package internal(set) var battery: Battery
    package private(set) var rectifier = Rectifier.on
    package private(set) var supply = Supply.inverter
    package private(set) var overload = OverloadTimer()
    package internal(set) var batteryTest = BatteryTest()
    /// °C at the power stages.
    package private(set) var internalTemperature: Double
    /// Hz and degrees of the inverter, which follows the bypass as fast as it may.
    private(set) var inverterFrequency: Double
    private(set) var inverterPhase = 0.0
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

    /// What a machine has and has not, beside its model.
    package struct Build: Sendable, Equatable {
        package var hasBypass = true
        package var hasBattery = true
        /// Power modules inside; 1 where it is not modular.
        package var modules = 1
        /// Hz that the inverter makes while no bypass leads it: 60 of a converter.
        package var frequency = 50.0
    }

    package init(_ unit: UPSUnit, build: Build? = nil) {
        self.unit = unit
        self.build = build ?? Build(modules: unit.model.modules)
        rectifierMains = Mains(voltage: unit.initialVoltage)
        bypassMains = rectifierMains
        load = unit.initialLoad
        ambient = unit.initialAmbient
        battery = Battery(design: unit.model.battery, health: unit.batteryHealth, ambient: unit.initialAmbient)
        internalTemperature = unit.initialAmbient + 15
        inverterFrequency = self.build.frequency
    }

    private static let inverterStartSeconds = 8.0
    /// Hz and degrees a second by which the inverter may follow the bypass.
    private static let frequencySlew = 1.0
    private static let phaseSlew = 20.0
    /// Steps are a second at most, so that nothing is jumped over in compressed time; a call does 86,400 of them at most.
    private static let stepSeconds = 1.0
    private static let longestAdvance = 86_400.0

    /// Lets some seconds pass (a day at most).
    package mutating func advance(by seconds: Double) {
        Self.steps(of: seconds) { advanceStep($0) }
    }

    /// Cuts a time into steps that the physics can take.
    static func steps(of seconds: Double, _ advance: (Double) -> Void) {
        guard seconds.isFinite, seconds > 0 else { return }
        var remaining = min(seconds, longestAdvance)
        while remaining > 1e-9 {
            let step = min(remaining, stepSeconds)
            advance(step)
            remaining -= step
        }
    }

    mutating func advanceStep(_ seconds: Double) {
        elapsed += seconds
        rectifierMains.advance(seconds)
        bypassMains.advance(seconds)
        advanceRectifier(seconds)
        advanceSynchronism(seconds)
        overload.advance(load: inverterLoad, isOnInverter: supply.isFromInverter, seconds: seconds)
        advanceInverterStart(seconds)
        supply = nextSupply()
        advanceBattery(seconds)
        secondsOnBattery = isOnBattery ? secondsOnBattery + seconds : 0
        secondsOnBypass = supply == .bypass ? secondsOnBypass + seconds : 0
        let rise = 12 + 0.28 * (supply.isFromInverter ? inverterLoad : 0)
        internalTemperature += (ambient + rise - internalTemperature) * min(1, seconds / 900)
    }

    private mutating func advanceRectifier(_ seconds: Double) {
        guard isRectifierInputGood, !isFailed else {
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

    private mutating func advanceSynchronism(_ seconds: Double) {
        let isLed = build.hasBypass && isBypassGood
        let frequency = (isLed ? bypassMains.frequency : build.frequency) - inverterFrequency
        inverterFrequency += min(max(frequency, -Self.frequencySlew * seconds), Self.frequencySlew * seconds)
        guard isLed else { return }
        let phase = degrees(bypassMains.phase - inverterPhase)
        inverterPhase = degrees(inverterPhase + min(max(phase, -Self.phaseSlew * seconds), Self.phaseSlew * seconds))
    }

    /// After the load was off the inverter comes back by itself, a while after the rectifier.
    private mutating func advanceInverterStart(_ seconds: Double) {
        guard supply == .off || supply == .standby, mode != .standby, mode != .maintenanceBypass, canInvert, !overload.isTripped else {
            inverterStart = nil
            return
        }
        inverterStart = (inverterStart ?? Self.inverterStartSeconds) - seconds
    }

    private func nextSupply() -> Supply {
        switch mode {
        case .standby: return .standby
        case .maintenanceBypass: return bypassMains.isPresent ? .maintenanceBypass : .off
        case .eco where canTransfer && !overload.isTripped: return .eco
        case .bypass where canTransfer: return .bypass
        case .lineInteractive where isRectifierInputGood && isBypassGood && supply.isFromInverter && canInvert && !overload.isTripped:
            return .lineInteractive
        case .online, .eco, .bypass, .lineInteractive: return inverterSupply()
        }
    }

    private func inverterSupply() -> Supply {
        if overload.isTripped || (others.areOnBypass && hasGoodBypass) { return hasGoodBypass ? .bypass : .off }
        guard canInvert else { return hasGoodBypass && supply != .off && !others.areFeeding ? .bypass : .off }
        if supply == .off || supply == .standby { return (inverterStart ?? 1) <= 0 ? .inverter : .off }
        return .inverter
    }

    private mutating func advanceBattery(_ seconds: Double) {
        guard build.hasBattery else { return }
        if isOnBattery {
            batteryTest.interrupt()
            discharge(seconds)
        } else if batteryTest.isRunning && supply.isFromInverter && rectifier == .on && battery.isConnected {
            discharge(seconds)
            batteryTest.advance(seconds, health: battery.health)
        } else {
            batteryTest.interrupt()
            if rectifier == .on { battery.recharge(seconds: seconds) } else { battery.rest() }
            if battery.charge >= 0.05 { isBatteryDischarged = false }
        }
        battery.age(seconds: seconds)
        battery.exchangeHeat(ambient: ambient, seconds: seconds)
    }

    private mutating func discharge(_ seconds: Double) {
        battery.discharge(power: inverterInputPower, seconds: seconds)
        guard battery.charge <= 0 else { return }
        isBatteryDischarged = true
        isBatteryOpen = true
        supply = inverterSupply()
    }
}
