extension JBUSP {
    /// M00–M47 at 0x1060–0x108F.
    ///
    /// The input frequency is M43, and where a device has none that of the bypass (M18). M40–M42 are printed without unit or format:
    /// they are shown raw and feed no reading. Of a one-phase device only phase 1 counts.
    package static let measurements: [Point] = [
        line(0, .output, 1, "Load rate", .percent, .whole, "output.{L}.power.percent", everywhere),
        line(1, .output, 2, "Load rate", .percent, .whole, "output.{L}.power.percent", exceptNetys),
        line(2, .output, 3, "Load rate", .percent, .whole, "output.{L}.power.percent", exceptNetys),
        word(3, "Load rate", .percent, .whole, "ups.load", everywhere),
        word(4, "Battery charge", .percent, .whole, "battery.charge", everywhere),
        word(5, "Battery capacity", .ampereHour, .tenths, "battery.capacity", exceptNetys),
        line(6, .bypass, 1, "Bypass input voltage", .volt, .whole, "input.bypass.{L-N}.voltage", everywhere),
        line(7, .bypass, 2, "Bypass input voltage", .volt, .whole, "input.bypass.{L-N}.voltage", exceptNetys),
        line(8, .bypass, 3, "Bypass input voltage", .volt, .whole, "input.bypass.{L-N}.voltage", exceptNetys),
        line(9, .output, 1, "Output voltage", .volt, .whole, "output.{L-N}.voltage", everywhere),
        line(10, .output, 2, "Output voltage", .volt, .whole, "output.{L-N}.voltage", exceptNetys),
        line(11, .output, 3, "Output voltage", .volt, .whole, "output.{L-N}.voltage", exceptNetys),
        line(12, .input, 1, "Input current", .ampere, .whole, "input.{L}.current", onlyMasterys),
        line(13, .input, 2, "Input current", .ampere, .whole, "input.{L}.current", onlyMasterys),
        line(14, .input, 3, "Input current", .ampere, .whole, "input.{L}.current", onlyMasterys),
        line(15, .output, 1, "Output current", .ampere, .tenths, "output.{L}.current", everywhere),
        line(16, .output, 2, "Output current", .ampere, .tenths, "output.{L}.current", exceptNetys),
        line(17, .output, 3, "Output current", .ampere, .tenths, "output.{L}.current", exceptNetys),
        word(18, "Bypass input frequency", .hertz, .tenths, "input.bypass.frequency", everywhere),
        word(19, "Output frequency", .hertz, .tenths, "output.frequency", everywhere),
        word(20, "Battery voltage, string +", .volt, .tenths, "battery.voltage", everywhere),
        word(21, "Battery voltage, string -", .volt, .tenths, "battery.2.voltage", onlyMasterys),
        word(22, "Ambient temperature", .celsius, .whole, "ambient.temperature", everywhere),
        word(23, "Remaining backup time", .minute, .whole, "battery.runtime", everywhere),
        point(
            24, "Battery current", Measurement(.ampere, .tenths, "battery.current", isSigned: true), exceptNetys),
        reserved(25),
        reserved(26),
        reserved(27),
        reserved(28),
        reserved(29),
        reserved(30),
        reserved(31),
        reserved(32),
        line(33, .input, 1, "Rectifier input voltage", .volt, .whole, "input.{L-N}.voltage", everywhere),
        line(34, .input, 2, "Rectifier input voltage", .volt, .whole, "input.{L-N}.voltage", exceptNetys),
        line(35, .input, 3, "Rectifier input voltage", .volt, .whole, "input.{L-N}.voltage", exceptNetys),
        word(36, "Output active power", .kilowatt, .tenths, "ups.realpower", exceptBCGP),
        line(37, .output, 1, "Output apparent power", .kilovoltAmpere, .tenths, "output.{L}.power", exceptNetys),
        line(38, .output, 2, "Output apparent power", .kilovoltAmpere, .tenths, "output.{L}.power", exceptNetys),
        line(39, .output, 3, "Output apparent power", .kilovoltAmpere, .tenths, "output.{L}.power", exceptNetys),
        point(40, "Input power L1, raw", Measurement(.none, .whole, nil), exceptNetys),
        point(41, "Input power L2, raw", Measurement(.none, .whole, nil), exceptNetys),
        point(42, "Input power L3, raw", Measurement(.none, .whole, nil), exceptNetys),
        word(43, "Rectifier input frequency", .hertz, .tenths, "input.frequency", onlyMasterys),
        reserved(44),
        reserved(45),
        reserved(46),
        reserved(47),
    ]

    private static func point(_ number: Int, _ title: String?, _ measurement: Measurement, _ presence: Presence) -> Point {
        Point(
            PointCode("M", number, digits: 2), address: measurementAddress + UInt16(number), title: title,
            content: .measurement(measurement), presence: presence)
    }

    private static func word(
        _ number: Int, _ title: String, _ unit: Measurement.PrintedUnit, _ scale: Measurement.Scale, _ variable: VariableTemplate,
        _ presence: Presence
    ) -> Point {
        point(number, title, Measurement(unit, scale, variable), presence)
    }

    private static func line(
        _ number: Int, _ supply: Measurement.Supply, _ line: Int, _ title: String, _ unit: Measurement.PrintedUnit,
        _ scale: Measurement.Scale, _ variable: VariableTemplate, _ presence: Presence
    ) -> Point {
        point(number, "\(title) L\(line)", Measurement(unit, scale, variable, line: .init(supply, line)), presence)
    }

    private static func reserved(_ number: Int) -> Point { point(number, nil, Measurement(.none, .whole, nil), untold) }
}
