extension STS {
    /// 0x0220–0x025F. The manual prints no formats: voltages, currents, powers, load rates and degrees are whole, frequencies, temperatures
    /// and crest factors × 10, power factors × 100.
    package static let measurements: [Point] = source1 + source2 + output + powers + shares

    private static let source1: [Point] = [
        line(0x0220, .input, 1, "Source 1 voltage L1", .volt, .whole, "input.1.{L-N}.voltage"),
        line(0x0221, .input, 2, "Source 1 voltage L2", .volt, .whole, "input.1.{L-N}.voltage"),
        line(0x0222, .input, 3, "Source 1 voltage L3", .volt, .whole, "input.1.{L-N}.voltage"),
        line(0x0223, .input, 1, "Source 1 voltage L1-L2", .volt, .whole, "input.1.{L-L}.voltage"),
        line(0x0224, .input, 2, "Source 1 voltage L2-L3", .volt, .whole, "input.1.{L-L}.voltage"),
        line(0x0225, .input, 3, "Source 1 voltage L3-L1", .volt, .whole, "input.1.{L-L}.voltage"),
        word(0x0226, "Source 1 frequency", .hertz, .tenths, "input.1.frequency"),
        word(0x0227, "Static switch 1 temperature", .celsius, .tenths, "input.1.switch.temperature"),
    ]

    private static let source2: [Point] = [
        line(0x0228, .input, 1, "Source 2 voltage L1", .volt, .whole, "input.2.{L-N}.voltage"),
        line(0x0229, .input, 2, "Source 2 voltage L2", .volt, .whole, "input.2.{L-N}.voltage"),
        line(0x022A, .input, 3, "Source 2 voltage L3", .volt, .whole, "input.2.{L-N}.voltage"),
        line(0x022B, .input, 1, "Source 2 voltage L1-L2", .volt, .whole, "input.2.{L-L}.voltage"),
        line(0x022C, .input, 2, "Source 2 voltage L2-L3", .volt, .whole, "input.2.{L-L}.voltage"),
        line(0x022D, .input, 3, "Source 2 voltage L3-L1", .volt, .whole, "input.2.{L-L}.voltage"),
        word(0x022E, "Source 2 frequency", .hertz, .tenths, "input.2.frequency"),
        word(0x022F, "Static switch 2 temperature", .celsius, .tenths, "input.2.switch.temperature"),
    ]

    private static let output: [Point] = [
        line(0x0230, .output, 1, "Output voltage L1", .volt, .whole, "output.{L-N}.voltage"),
        line(0x0231, .output, 2, "Output voltage L2", .volt, .whole, "output.{L-N}.voltage"),
        line(0x0232, .output, 3, "Output voltage L3", .volt, .whole, "output.{L-N}.voltage"),
        line(0x0233, .output, 1, "Output voltage L1-L2", .volt, .whole, "output.{L-L}.voltage"),
        line(0x0234, .output, 2, "Output voltage L2-L3", .volt, .whole, "output.{L-L}.voltage"),
        line(0x0235, .output, 3, "Output voltage L3-L1", .volt, .whole, "output.{L-L}.voltage"),
        word(0x0236, "Output frequency", .hertz, .tenths, "output.frequency"),
        reserved(0x0237),
        line(0x0238, .output, 1, "Output current L1", .ampere, .whole, "output.{L}.current"),
        line(0x0239, .output, 2, "Output current L2", .ampere, .whole, "output.{L}.current"),
        line(0x023A, .output, 3, "Output current L3", .ampere, .whole, "output.{L}.current"),
        word(0x023B, "Output neutral current", .ampere, .whole, "output.N.current"),
        reserved(0x023C),
        word(0x023D, "Output load rate", .percent, .whole, "ups.load"),
        reserved(0x023E),
        point(0x023F, "Phase shift between the sources", Measurement(.degree, .whole, "input.phase.shift", isSigned: true)),
    ]

    private static let powers: [Point] = [
        line(0x0240, .output, 1, "Output apparent power L1", .kilovoltAmpere, .whole, "output.{L}.power"),
        line(0x0241, .output, 2, "Output apparent power L2", .kilovoltAmpere, .whole, "output.{L}.power"),
        line(0x0242, .output, 3, "Output apparent power L3", .kilovoltAmpere, .whole, "output.{L}.power"),
        line(0x0243, .output, 1, "Output power factor L1", .none, .hundredths, "output.{L}.powerfactor"),
        line(0x0244, .output, 2, "Output power factor L2", .none, .hundredths, "output.{L}.powerfactor"),
        line(0x0245, .output, 3, "Output power factor L3", .none, .hundredths, "output.{L}.powerfactor"),
        reserved(0x0246),
        reserved(0x0247),
        line(0x0248, .output, 1, "Output crest factor L1", .none, .tenths, "output.{L}.crestfactor"),
        line(0x0249, .output, 2, "Output crest factor L2", .none, .tenths, "output.{L}.crestfactor"),
        line(0x024A, .output, 3, "Output crest factor L3", .none, .tenths, "output.{L}.crestfactor"),
        word(0x024B, "Output crest factor of the neutral", .none, .tenths, "output.N.crestfactor"),
        reserved(0x024C),
        reserved(0x024D),
        reserved(0x024E),
        word(0x024F, "Ambient temperature", .celsius, .tenths, "ambient.temperature"),
    ]

    private static let shares: [Point] =
        [
            line(0x0250, .output, 1, "Output active power L1", .kilowatt, .whole, "output.{L}.realpower"),
            line(0x0251, .output, 2, "Output active power L2", .kilowatt, .whole, "output.{L}.realpower"),
            line(0x0252, .output, 3, "Output active power L3", .kilowatt, .whole, "output.{L}.realpower"),
            word(0x0253, "Output active power", .kilowatt, .whole, "ups.realpower"),
            reserved(0x0254),
            reserved(0x0255),
            reserved(0x0256),
            reserved(0x0257),
            line(0x0258, .output, 1, "Output load rate L1", .percent, .whole, "output.{L}.power.percent"),
            line(0x0259, .output, 2, "Output load rate L2", .percent, .whole, "output.{L}.power.percent"),
            line(0x025A, .output, 3, "Output load rate L3", .percent, .whole, "output.{L}.power.percent"),
            word(0x025B, "Output load rate of the neutral", .percent, .whole, "output.N.power.percent"),
        ] + (0x025C..<0x0260).map(reserved)

    private static func point(_ address: UInt16, _ title: String?, _ measurement: Measurement) -> Point {
        Point(code(address), address: address, title: title, content: .measurement(measurement))
    }

    private static func word(
        _ address: UInt16, _ title: String, _ unit: Measurement.PrintedUnit, _ scale: Measurement.Scale, _ variable: VariableTemplate
    ) -> Point {
        point(address, title, Measurement(unit, scale, variable))
    }

    private static func line(
        _ address: UInt16, _ supply: Measurement.Supply, _ line: Int, _ title: String, _ unit: Measurement.PrintedUnit,
        _ scale: Measurement.Scale, _ variable: VariableTemplate
    ) -> Point {
        point(address, title, Measurement(unit, scale, variable, line: .init(supply, line)))
    }

    private static func reserved(_ address: UInt16) -> Point { point(address, nil, Measurement(.none, .whole, nil)) }
}
