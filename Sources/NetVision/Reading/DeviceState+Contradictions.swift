import PowerDevice

extension DeviceState {
    /// Drops what can't be true together: an active power that the line's voltage and current can't make.
    ///
    /// A card of a make that we don't know may count tenths where UPS-MIB says whole amperes, or kW where it says W. Which of the two is
    /// wrong can't be told, therefore neither is shown. Small loads are left alone: they are rounded too much to be compared.
    mutating func dropContradictions() {
        for line in 1...max(1, outputLines) {
            drop(voltage: "output.{L-N}.voltage", current: "output.{L}.current", power: "output.{L}.realpower", line, of: outputLines)
            drop(voltage: "output.{L-N}.voltage", current: "output.{L}.current", power: "output.{L}.power", line, of: outputLines)
        }
        for line in 1...max(1, inputLines) {
            drop(voltage: "input.{L-N}.voltage", current: "input.{L}.current", power: "input.{L}.realpower", line, of: inputLines)
        }
    }

    /// The least current, in ampere, and power, in watt, that are compared.
    private static let comparable = (current: 2.0, power: 500.0)
    /// A power factor below is not that of a load of this size.
    private static let leastPowerFactor = 0.12

    private mutating func drop(
        voltage: VariableTemplate, current: VariableTemplate, power: VariableTemplate, _ line: Int, of lines: Int
    ) {
        let names = (current: current.variable(line: line, of: lines), power: power.variable(line: line, of: lines))
        guard let volts = readings[voltage.variable(line: line, of: lines)], let amperes = readings[names.current],
            let watts = readings[names.power], volts >= 60
        else { return }
        // A line-to-line voltage makes the apparent power too large by √3, rounding to whole amperes by one.
        let isTooMuch = abs(watts) >= Self.comparable.power && abs(watts) > 2 * volts * (abs(amperes) + 1)
        let isTooLittle =
            abs(amperes) >= Self.comparable.current && volts * abs(amperes) > Self.comparable.power
            && abs(watts) < Self.leastPowerFactor * volts * abs(amperes)
        guard isTooMuch || isTooLittle else { return }
        // Nothing at all is how some say that they don't measure.
        if watts != 0 { readings[names.current] = nil }
        guard amperes != 0 else { return }
        readings[names.power] = nil
        guard power.pattern.hasPrefix("output") else { return }
        // The total was made of it.
        readings[power.pattern.hasSuffix("realpower") ? .realpower : .power] = nil
    }
}
