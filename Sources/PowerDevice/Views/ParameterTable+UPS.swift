extension ParameterTable {
    /// The parameters of a UPS, a unit or, with its data, a whole system (12.1.5, 12.2.3). `clock` is the date and time to show.
    package static func ups(_ snapshot: DeviceSnapshot, _ state: UPSState, clock: DeviceClock? = nil) -> ParameterTable {
        let data = snapshot.state
        let hasBattery = state.battery != nil
        return ParameterTable(
            "UPS or Unit Parameters",
            [
                text("UPS Status", state.status.title),
                loadRate(data),
                readings("Output Power", .kilovoltAmpere, "ups.power", of: data),
                readings("Output Power", .kilowatt, "ups.realpower", of: data),
                readings("Output Voltage", .volt, "output.{L-N}.voltage", data.outputLines, of: data),
                readings("Input Voltage", .volt, "input.{L-N}.voltage", data.inputLines, of: data),
                hasBattery ? readings("Battery capacity", .percent, "battery.charge", of: data) : nil,
                hasBattery ? remainingTime(data, state) : nil,
                hasBattery ? batteryVoltage(data) : nil,
                readings("Temperature", .celsius, "ambient.temperature", of: data),
                time(clock),
            ])
    }

    /// 12.1.6; nil for a device without battery.
    package static func battery(_ snapshot: DeviceSnapshot, _ state: UPSState) -> ParameterTable? {
        guard let battery = state.battery else { return nil }
        let data = snapshot.state
        return ParameterTable(
            "Battery Parameters",
            [
                text("Battery Status", battery.title),
                batteryVoltage(data),
                readings("Battery capacity", .percent, "battery.charge", of: data),
                readings("Battery capacity", .ampereHour, "battery.capacity", of: data),
                remainingTime(data, state),
                readings("Battery temperature", .celsius, "battery.temperature", of: data),
                battery.isDischarging
                    ? readings("Time since on battery power", .minute, "battery.runtime.elapsed", of: data) : nil,
            ])
    }

    /// 12.1.7, and with a system's data 12.2.4.
    package static func output(_ snapshot: DeviceSnapshot, _ state: UPSState) -> ParameterTable {
        let data = snapshot.state
        return ParameterTable(
            "Output Parameters",
            [
                text("Output Status", state.output.title),
                loadRate(data),
                readings("Output Power", .kilovoltAmpere, "ups.power", of: data),
                readings("Output Power", .kilowatt, "ups.realpower", of: data),
                readings("Output power factor", .none, "output.{L}.powerfactor", data.outputLines, of: data),
                readings("Output crest factor", .none, "output.crestfactor", of: data),
                readings("Output Current", .ampere, "output.{L}.current", data.outputLines, of: data),
                readings("Output Voltage", .volt, "output.{L-N}.voltage", data.outputLines, of: data),
                readings("Output Voltage", .voltBetweenLines, "output.{L-L}.voltage", data.outputLines, of: data),
                readings("Output Frequency", .hertz, "output.frequency", of: data),
            ])
    }

    /// 12.1.8.
    package static func rectifier(_ snapshot: DeviceSnapshot, _ state: UPSState) -> ParameterTable {
        let data = snapshot.state
        return ParameterTable(
            "Input Parameters",
            [
                readings("Input Voltage", .volt, "input.{L-N}.voltage", data.inputLines, of: data),
                readings("Input Current", .ampere, "input.{L}.current", data.inputLines, of: data),
                readings("Input Power", .kilowatt, "input.{L}.realpower", data.inputLines, of: data),
                readings("Input Frequency", .hertz, "input.frequency", of: data),
                text("Gen Set Status", state.genset?.title),
            ])
    }

    /// 12.1.9; nil for a device without bypass.
    package static func bypass(_ snapshot: DeviceSnapshot, _ state: UPSState) -> ParameterTable? {
        guard state.bypass != nil else { return nil }
        let data = snapshot.state
        return ParameterTable(
            "Bypass Parameters",
            [
                readings("Bypass Voltage", .volt, "input.bypass.{L-N}.voltage", data.bypassLines, of: data),
                readings("Bypass Voltage", .voltBetweenLines, "input.bypass.{L-L}.voltage", data.bypassLines, of: data),
                readings("Bypass Power", .kilowatt, "input.bypass.{L}.realpower", data.bypassLines, of: data),
                readings("Bypass Frequency", .hertz, "input.bypass.frequency", of: data),
            ])
    }

    /// 12.1.10: the output's voltages and frequency, which are the inverter's; 0 while it is off.
    package static func inverter(_ snapshot: DeviceSnapshot, _ state: UPSState) -> ParameterTable {
        let data = snapshot.state
        let scale: Double = state.inverter == .off ? 0 : 1
        return ParameterTable(
            "Inverter Parameters",
            [
                readings("Inverter Voltage", .volt, "output.{L-N}.voltage", data.outputLines, of: data, scale: scale),
                readings("Inverter Voltage", .voltBetweenLines, "output.{L-L}.voltage", data.outputLines, of: data, scale: scale),
                readings("Inverter Frequency", .hertz, "output.frequency", of: data, scale: scale),
            ])
    }

    /// Per line, else of the whole device.
    static func loadRate(_ data: DeviceState) -> Row? {
        readings("Output load rate", .percent, "output.{L}.power.percent", data.outputLines, of: data)
            ?? readings("Output load rate", .percent, "ups.load", of: data)
    }

    /// String + and, where the device has it, string -.
    private static func batteryVoltage(_ data: DeviceState) -> Row? {
        let strings = ["battery.voltage", "battery.2.voltage"].compactMap { data.readings[Variable($0)] }
        return strings.isEmpty ? nil : Row("Battery voltage", "V", strings.map { .number($0, decimals: 1) })
    }

    /// While the battery discharges the time that the device computes; else its nominal backup time.
    private static func remainingTime(_ data: DeviceState, _ state: UPSState) -> Row? {
        var row = readings("Remaining backup time", .minute, "battery.runtime", of: data)
        row?.note = state.battery?.isDischarging == true ? "computed" : "nominal"
        return row
    }
}
