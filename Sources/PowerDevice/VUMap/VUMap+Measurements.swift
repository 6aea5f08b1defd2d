extension VUMap {
    /// M000–M079 at 0x0040–0x008F.
    ///
    /// Frequencies, temperatures, crest and power factors always have decimals; T014 decides only on powers, currents, battery and DC
    /// voltages and ampere-hours. M064–M066 are printed "L1" three times and are L1, L2, L3.
    package static let measurements: [Point] = [
        word(0, "Output load rate", .percent, .whole, "ups.load"),
        output(1, 1, "Output load rate", .percent, .whole, "output.{L}.power.percent"),
        output(2, 2, "Output load rate", .percent, .whole, "output.{L}.power.percent"),
        output(3, 3, "Output load rate", .percent, .whole, "output.{L}.power.percent"),
        word(4, "Output apparent power", .kilovoltAmpere, .factored, "ups.power"),
        word(5, "Output active power", .kilowatt, .factored, "ups.realpower"),
        output(6, 1, "Output current", .ampere, .factored, "output.{L}.current"),
        output(7, 2, "Output current", .ampere, .factored, "output.{L}.current"),
        output(8, 3, "Output current", .ampere, .factored, "output.{L}.current"),
        word(9, "Output neutral current", .ampere, .factored, "output.N.current"),
        output(10, 1, "Output voltage", .volt, .whole, "output.{L-N}.voltage"),
        output(11, 2, "Output voltage", .volt, .whole, "output.{L-N}.voltage"),
        output(12, 3, "Output voltage", .volt, .whole, "output.{L-N}.voltage"),
        word(13, "Output frequency", .hertz, .tenths, "output.frequency"),
        word(14, "Output crest factor", .none, .tenths, "output.crestfactor"),
        word(15, "Ambient temperature", .celsius, .tenths, "ambient.temperature"),
        word(16, "Battery voltage, string +", .volt, .factored, "battery.voltage"),
        word(17, "Battery voltage, string -", .volt, .factored, "battery.2.voltage"),
        word(18, "Battery current, string +", .ampere, .factored, "battery.current"),
        word(19, "Battery current, string -", .ampere, .factored, "battery.2.current"),
        reserved(20),
        reserved(21),
        word(22, "Battery charge", .percent, .whole, "battery.charge"),
        word(23, "Battery capacity", .ampereHour, .factored, "battery.capacity"),
        word(24, "Remaining backup time", .minute, .whole, "battery.runtime"),
        word(25, "Time on battery", .second, .whole, "battery.runtime.elapsed"),
        word(26, "Battery temperature", .celsius, .tenths, "battery.temperature"),
        word(27, "Average battery temperature", .celsius, .tenths, "battery.temperature.average"),
        word(28, "DC storage voltage", .volt, .factored, "dcstorage.voltage"),
        word(29, "DC storage temperature", .celsius, .tenths, "dcstorage.temperature"),
        reserved(30),
        reserved(31),
        input(32, 1, "Rectifier input voltage", .volt, .whole, "input.{L-N}.voltage"),
        input(33, 2, "Rectifier input voltage", .volt, .whole, "input.{L-N}.voltage"),
        input(34, 3, "Rectifier input voltage", .volt, .whole, "input.{L-N}.voltage"),
        word(35, "Rectifier input frequency", .hertz, .tenths, "input.frequency"),
        input(36, 1, "Rectifier input voltage between lines", .volt, .whole, "input.{L-L}.voltage"),
        input(37, 2, "Rectifier input voltage between lines", .volt, .whole, "input.{L-L}.voltage"),
        input(38, 3, "Rectifier input voltage between lines", .volt, .whole, "input.{L-L}.voltage"),
        bypass(39, 1, "Bypass input voltage", .volt, .whole, "input.bypass.{L-N}.voltage"),
        bypass(40, 2, "Bypass input voltage", .volt, .whole, "input.bypass.{L-N}.voltage"),
        bypass(41, 3, "Bypass input voltage", .volt, .whole, "input.bypass.{L-N}.voltage"),
        word(42, "Bypass input frequency", .hertz, .tenths, "input.bypass.frequency"),
        bypass(43, 1, "Bypass input voltage between lines", .volt, .whole, "input.bypass.{L-L}.voltage"),
        bypass(44, 2, "Bypass input voltage between lines", .volt, .whole, "input.bypass.{L-L}.voltage"),
        bypass(45, 3, "Bypass input voltage between lines", .volt, .whole, "input.bypass.{L-L}.voltage"),
        reserved(46),
        reserved(47),
        output(48, 1, "Output apparent power", .kilovoltAmpere, .factored, "output.{L}.power"),
        output(49, 2, "Output apparent power", .kilovoltAmpere, .factored, "output.{L}.power"),
        output(50, 3, "Output apparent power", .kilovoltAmpere, .factored, "output.{L}.power"),
        output(51, 1, "Output active power", .kilowatt, .factored, "output.{L}.realpower"),
        output(52, 2, "Output active power", .kilowatt, .factored, "output.{L}.realpower"),
        output(53, 3, "Output active power", .kilowatt, .factored, "output.{L}.realpower"),
        output(54, 1, "Output voltage between lines", .volt, .whole, "output.{L-L}.voltage"),
        output(55, 2, "Output voltage between lines", .volt, .whole, "output.{L-L}.voltage"),
        output(56, 3, "Output voltage between lines", .volt, .whole, "output.{L-L}.voltage"),
        output(57, 1, "Output power factor", .none, .hundredths, "output.{L}.powerfactor"),
        output(58, 2, "Output power factor", .none, .hundredths, "output.{L}.powerfactor"),
        output(59, 3, "Output power factor", .none, .hundredths, "output.{L}.powerfactor"),
        output(60, 1, "Output crest factor", .none, .tenths, "output.{L}.crestfactor"),
        output(61, 2, "Output crest factor", .none, .tenths, "output.{L}.crestfactor"),
        output(62, 3, "Output crest factor", .none, .tenths, "output.{L}.crestfactor"),
        word(63, "Output crest factor of the neutral", .none, .tenths, "output.N.crestfactor"),
        input(64, 1, "Rectifier input current", .ampere, .factored, "input.{L}.current"),
        input(65, 2, "Rectifier input current", .ampere, .factored, "input.{L}.current"),
        input(66, 3, "Rectifier input current", .ampere, .factored, "input.{L}.current"),
        input(67, 1, "Rectifier active power", .kilowatt, .factored, "input.{L}.realpower"),
        input(68, 2, "Rectifier active power", .kilowatt, .factored, "input.{L}.realpower"),
        input(69, 3, "Rectifier active power", .kilowatt, .factored, "input.{L}.realpower"),
        bypass(70, 1, "Bypass input current", .ampere, .factored, "input.bypass.{L}.current"),
        bypass(71, 2, "Bypass input current", .ampere, .factored, "input.bypass.{L}.current"),
        bypass(72, 3, "Bypass input current", .ampere, .factored, "input.bypass.{L}.current"),
        bypass(73, 1, "Bypass active power", .kilowatt, .factored, "input.bypass.{L}.realpower"),
        bypass(74, 2, "Bypass active power", .kilowatt, .factored, "input.bypass.{L}.realpower"),
        bypass(75, 3, "Bypass active power", .kilowatt, .factored, "input.bypass.{L}.realpower"),
        reserved(76),
        reserved(77),
        reserved(78),
        reserved(79),
    ]

    private static func point(_ number: Int, _ title: String?, _ measurement: Measurement) -> Point {
        Point(PointCode("M", number), address: measurementAddress + UInt16(number), title: title, content: .measurement(measurement))
    }

    private static func word(
        _ number: Int, _ title: String, _ unit: Measurement.PrintedUnit, _ scale: Measurement.Scale, _ variable: VariableTemplate
    ) -> Point {
        point(number, title, Measurement(unit, scale, variable))
    }

    private static func input(
        _ number: Int, _ line: Int, _ title: String, _ unit: Measurement.PrintedUnit, _ scale: Measurement.Scale,
        _ variable: VariableTemplate
    ) -> Point {
        point(number, "\(title) L\(line)", Measurement(unit, scale, variable, line: .init(.input, line)))
    }

    private static func bypass(
        _ number: Int, _ line: Int, _ title: String, _ unit: Measurement.PrintedUnit, _ scale: Measurement.Scale,
        _ variable: VariableTemplate
    ) -> Point {
        point(number, "\(title) L\(line)", Measurement(unit, scale, variable, line: .init(.bypass, line)))
    }

    private static func output(
        _ number: Int, _ line: Int, _ title: String, _ unit: Measurement.PrintedUnit, _ scale: Measurement.Scale,
        _ variable: VariableTemplate
    ) -> Point {
        point(number, "\(title) L\(line)", Measurement(unit, scale, variable, line: .init(.output, line)))
    }

    private static func reserved(_ number: Int) -> Point { point(number, nil, Measurement(.none, .whole, nil)) }
}
