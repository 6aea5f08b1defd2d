extension ParameterTable {
    /// 13.2. `clock` is the date and time to show.
    package static func transferSystem(_ snapshot: DeviceSnapshot, _ state: STSState, clock: DeviceClock? = nil) -> ParameterTable {
        let data = snapshot.state
        return ParameterTable(
            "STS Parameters",
            [
                text("STS Status", state.status.title),
                loadRate(data),
                readings("Output Current", .ampere, "output.{L}.current", data.outputLines, of: data),
                readings("Output Power", .kilowatt, "ups.realpower", of: data),
                readings("Output Voltage", .volt, "output.{L-N}.voltage", data.outputLines, of: data),
                readings("Output Frequency", .hertz, "output.frequency", of: data),
                readings("Phase shift", .degree, "input.phase.shift", of: data),
                readings("STS Temperature", .celsius, "ambient.temperature", of: data),
                time(clock),
            ])
    }

    /// 13.3.
    package static func transferOutput(_ snapshot: DeviceSnapshot, _ state: STSState) -> ParameterTable {
        let data = snapshot.state
        let lines = data.outputLines
        return ParameterTable(
            "Output Parameters",
            [
                text("STS Status", state.status.title),
                loadRate(data),
                readings("Output Power", .kilovoltAmpere, "output.{L}.power", lines, of: data),
                readings("Output Power", .kilowatt, "output.{L}.realpower", lines, of: data),
                readings("Output Current", .ampere, "output.{L}.current", lines, of: data),
                readings("Output Voltage", .voltBetweenLines, "output.{L-L}.voltage", lines, of: data),
                readings("Output Voltage", .volt, "output.{L-N}.voltage", lines, of: data),
                readings("Output Frequency", .hertz, "output.frequency", of: data),
                readings("Output power factor", .none, "output.{L}.powerfactor", lines, of: data),
                readings("Output crest factor", .none, "output.{L}.crestfactor", lines, of: data),
            ])
    }

    /// 13.4: path 1 or 2.
    package static func path(_ number: Int, _ snapshot: DeviceSnapshot) -> ParameterTable {
        let data = snapshot.state
        let input = "input.\(number)"
        return ParameterTable(
            "Path \(number) Parameters",
            [
                readings("Input Voltage", .volt, VariableTemplate(input + ".{L-N}.voltage"), data.inputLines, of: data),
                readings("Input Voltage", .voltBetweenLines, VariableTemplate(input + ".{L-L}.voltage"), data.inputLines, of: data),
                readings("Input Frequency", .hertz, VariableTemplate(input + ".frequency"), of: data),
                readings("Temperature", .celsius, VariableTemplate(input + ".switch.temperature"), of: data),
            ])
    }
}
