import Glibc

/// A lead-acid battery with its charger: charge, voltage, current, temperature.
///
/// Discharge follows Peukert's law above the ten-hour rate (exponent 1.15, usual for VRLA blocks); charging is constant current (a tenth of
/// the capacity) up to about 80 %, then a taper with a time constant of two hours.
package struct Battery: Sendable {
    /// 2 V cells in series, all strings together.
    private let cells: Double
    /// Capacity in Ah at the ten-hour rate when it was new.
    private let nominalCapacity: Double
    /// What is left of the capacity, 0.1…1.
    package private(set) var health: Double
    /// Capacity in Ah at the ten-hour rate, as aged.
    package var capacity: Double { nominalCapacity * health }
    /// The battery breaker is closed.
    package var isConnected = true
    /// 0 empty … 1 full.
    package private(set) var charge: Double
    /// A; positive into the battery.
    package private(set) var current: Double = 0
    /// °C.
    package private(set) var temperature: Double
    package private(set) var isCharging = false
    /// Energy taken out of, and put into, the terminals since the start, in J.
    package private(set) var energyDelivered: Double = 0
    package private(set) var energyAbsorbed: Double = 0

    private static let peukert = 1.15
    private static let chargeEfficiency = 0.95
    private static let taperHours = 2.0
    private static let fullCharge = 0.9975
    /// Heat capacity makes the blocks follow the room slowly.
    private static let thermalSeconds = 7200.0
    private static let leastHealth = 0.1
    /// A fifth of the capacity is gone after ten years at 20 °C, twice as fast with every 10 °C more.
    private static let agePerSecond = 0.2 / (10 * 365 * 86_400)

    package init(design: UPSModel.BatteryDesign, health: Double, ambient: Double, charge: Double = 1) {
        cells = design.voltage / 2
        nominalCapacity = design.capacity
        self.health = min(max(health, Self.leastHealth), 1)
        temperature = ambient + 1
        self.charge = min(max(charge, 0), 1)
    }

    /// V at the terminals: on charge up to 2.27 V a cell, on discharge from 2.03 V down to the cut-off at 1.67 V.
    package var voltage: Double {
        if current > 0 || (current == 0 && charge >= Self.fullCharge) { return cells * (2.10 + 0.17 * min(1, charge / 0.8)) }
        return current < 0 ? dischargeVoltage(at: charge) : cells * (1.96 + 0.17 * charge)
    }

    private func dischargeVoltage(at charge: Double) -> Double { cells * (1.67 + 0.36 * charge.squareRoot()) }

    /// Cold blocks give less: 0.7 % a degree, from 25 °C.
    private var usableCapacity: Double { capacity * min(max(1 + 0.007 * (temperature - 25), 0.6), 1.1) }

    /// The current that empties the battery as fast as the real one does at `current` (both in A, positive).
    private func effectiveCurrent(_ current: Double) -> Double {
        let tenHour = capacity / 10
        return current > tenHour ? current * pow(current / tenHour, Self.peukert - 1) : current
    }

    /// Seconds that the battery can give `power` (W) from now on.
    package func runtime(at power: Double) -> Double {
        guard charge > 0 else { return 0 }
        let current = max(power, 1) / dischargeVoltage(at: charge / 2)
        return charge * usableCapacity * 3600 / effectiveCurrent(current)
    }

    /// Gives `power` (W) for some seconds, or as long as there is charge.
    mutating func discharge(power: Double, seconds: Double) {
        isCharging = false
        guard charge > 0, power > 0 else { return rest() }
        let drawn = power / dischargeVoltage(at: charge)
        let demand = effectiveCurrent(drawn) * seconds / (3600 * usableCapacity)
        let spent = min(charge, demand)
        charge -= spent
        if charge < 1e-9 { charge = 0 }
        current = -drawn
        energyDelivered += power * seconds * (demand > 0 ? spent / demand : 0)
    }

    /// Takes what the charger gives for some seconds.
    mutating func recharge(seconds: Double) {
        guard isConnected else { return rest() }
        if charge >= Self.fullCharge {
            charge = 1
            return rest()
        }
        isCharging = true
        current = min(capacity / 10, capacity * (1 - charge) / Self.taperHours)
        charge = min(1, charge + Self.chargeEfficiency * current * seconds / (3600 * capacity))
        energyAbsorbed += voltage * current * seconds
    }

    /// Puts the battery into a state: what is nil stays as it is.
    mutating func set(charge: Double?, health: Double?, temperature: Double?, isConnected: Bool?) {
        self.charge = min(max(charge ?? self.charge, 0), 1)
        self.health = min(max(health ?? self.health, Self.leastHealth), 1)
        self.temperature = temperature ?? self.temperature
        self.isConnected = isConnected ?? self.isConnected
        if !self.isConnected { rest() }
    }

    mutating func age(seconds: Double) {
        health = max(Self.leastHealth, health - Self.agePerSecond * seconds * pow(2, (temperature - 20) / 10))
    }

    mutating func rest() {
        isCharging = false
        current = 0
    }

    mutating func exchangeHeat(ambient: Double, seconds: Double) {
        let target = ambient + 1 + (current == 0 ? 0 : 4)
        temperature += (target - temperature) * min(1, seconds / Self.thermalSeconds)
    }
}
