package import PowerDevice

/// A model of UPS that can be simulated: what its rating plate and its measuring equipment are.
package struct UPSModel: Sendable {
    /// As `--model` takes it and the card shows it.
    package let name: String
    /// T015 of VU-MAP.
    package let deviceCode: UInt16
    package let inputLines: Int
    package let outputLines: Int
    /// Rated apparent power in VA.
    package let power: Double
    /// Rated active power in W.
    package let realpower: Double
    /// Power modules inside; 1 where the UPS is not modular.
    package let modules: Int
    package let battery: BatteryDesign
    /// T014: whether powers, currents, battery voltages and ampere-hours have a decimal.
    package let isDecimal: Bool
    package let instruments: Instruments

    package var map: DeviceMap { .vuMap }

    /// A battery of lead-acid blocks.
    package struct BatteryDesign: Sendable {
        /// Nominal voltage in V, over all strings.
        package let voltage: Double
        /// Capacity in Ah at the ten-hour rate.
        package let capacity: Double
        /// 2 where the strings + and - are measured apart.
        package let strings: Int

        package init(voltage: Double, capacity: Double, strings: Int = 1) {
            self.voltage = voltage
            self.capacity = capacity
            self.strings = strings
        }
    }

    /// What a model measures besides load, voltages, frequencies, output currents and battery, which all do.
    package struct Instruments: OptionSet, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) { self.rawValue = rawValue }

        package static let batteryTemperature = Instruments(rawValue: 1)
        package static let batteryCapacity = Instruments(rawValue: 1 << 1)
        /// Output power of each line.
        package static let linePower = Instruments(rawValue: 1 << 2)
        /// Voltages between the lines.
        package static let lineToLine = Instruments(rawValue: 1 << 3)
        /// Power and crest factors, neutral current.
        package static let factors = Instruments(rawValue: 1 << 4)
        /// Currents and power of the rectifier input.
        package static let inputPower = Instruments(rawValue: 1 << 5)
        /// Currents and power of the bypass.
        package static let bypassPower = Instruments(rawValue: 1 << 6)

        package static let all: Instruments = [
            .batteryTemperature, .batteryCapacity, .linePower, .lineToLine, .factors, .inputPower, .bypassPower,
        ]
    }
}
