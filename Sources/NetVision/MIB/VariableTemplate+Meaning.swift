import PowerDevice

extension VariableTemplate {
    /// What the variable is, as the text of a MIB says it.
    var meaning: String { Self.meanings[pattern] ?? "\(pattern)." }

    private static let meanings: [String: String] = [
        "ambient.1.humidity": "Relative humidity at the environment sensor.",
        "ambient.1.temperature": "Temperature at the environment sensor.",
        "ambient.temperature": "Temperature of the air in the UPS.",
        "battery.charge": "How full the battery is.",
        "battery.current": "Current of the battery; below zero while it is charged.",
        "battery.runtime": "How long the battery would carry the present load. A begun minute does not count.",
        "battery.runtime.elapsed": "How long the UPS has been on battery; 0 while it is not.",
        "battery.temperature": "Temperature at the battery.",
        "battery.voltage": "Voltage of the battery.",
        "input.1.frequency": "Frequency of the first source.",
        "input.1.{L-N}.voltage": "Voltage of the first source: from line to neutral, or from line to line where there is no neutral.",
        "input.2.frequency": "Frequency of the second source.",
        "input.2.{L-N}.voltage": "Voltage of the second source: from line to neutral, or from line to line where there is no neutral.",
        "input.bypass.frequency": "Frequency of the bypass supply.",
        "input.bypass.{L-N}.voltage": "Voltage of the bypass supply, from line to neutral.",
        "input.bypass.{L}.current": "Current of the line at the bypass supply.",
        "input.frequency": "Frequency of the input supply.",
        "input.{L-N}.voltage": "Voltage of the input supply, from line to neutral.",
        "input.{L-N}.voltage.maximum": "The highest voltage of the input supply within the last minute.",
        "input.{L-N}.voltage.minimum": "The lowest voltage of the input supply within the last minute.",
        "input.{L}.current": "Current of the line at the input.",
        "output.frequency": "Frequency at the output.",
        "output.{L-N}.voltage": "Voltage at the output, from line to neutral.",
        "output.{L}.crestfactor": "Crest factor of the current of the line at the output.",
        "output.{L}.current": "Current of the line at the output.",
        "output.{L}.power": "Apparent power of the line at the output.",
        "output.{L}.power.percent": "Load of the line in relation to its rating.",
        "output.{L}.powerfactor": "Power factor of the line at the output.",
        "output.{L}.realpower": "Active power of the line at the output.",
        "ups.load": "Load of the whole device in relation to its rating.",
        "ups.power": "Apparent power of all lines at the output.",
        "ups.power.nominal": "Rated apparent power of the whole UPS.",
        "ups.realpower": "Active power of all lines at the output.",
    ]
}
