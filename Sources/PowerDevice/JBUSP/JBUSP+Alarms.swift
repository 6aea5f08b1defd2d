extension JBUSP {
    /// A00–A63 at 0x1040–0x1043.
    ///
    /// A39–A41 are printed without a level, but have well-known alarms and events of their own: they are managed as warnings like their
    /// sibling A38.
    package static let alarms: [Point] = alarms0 + alarms1

    private static let alarms0: [Point] = [
        row(0, .warning, "General alarm", everywhere),
        row(1, .warning, "Battery failure", everywhere),
        row(2, .warning, "Overload", everywhere),
        row(3, nil, "Output voltage out of tolerance", untold),
        row(4, nil, "Control failure", untold),
        row(5, .warning, "Rectifier input supply out of tolerance", exceptNetys),
        row(6, .warning, "Bypass input supply out of tolerance", everywhere),
        row(7, .warning, "Over temperature", everywhere),
        row(8, .warning, "Maintenance bypass closed", exceptNetys),
        row(9, nil, nil, untold),
        row(10, .warning, "Battery charger fault", untold),
        row(11, nil, nil, untold),
        row(12, nil, nil, untold),
        row(13, nil, "Precharge out of tolerance", untold),
        row(14, nil, "Boost too low", untold),
        row(15, nil, "Boost too high", untold),
        row(16, nil, "DC voltage too high", untold),
        row(17, nil, "Improper conditions of use", untold),
        row(18, nil, "Inverter stopped for overload", exceptNetys),
        row(19, .warning, "Microprocessor control system", untold),
        row(20, .warning, "Data map corrupted", untold),
        row(21, nil, "PLL fault: sources not synchronised", untold),
        row(22, nil, "Rectifier input supply fault", everywhere),
        row(23, .warning, "Rectifier preventive alarm", exceptNetys),
        row(24, nil, nil, untold),
        row(25, .warning, "Inverter preventive alarm", exceptNetys),
        row(26, .warning, "Charger general alarm", exceptNetys),
        row(27, nil, "Output voltage over its limit", untold),
        row(28, nil, nil, untold),
        row(29, .warning, "Bypass preventive alarm", untold),
        row(30, nil, "UPS stopped for overload", untold),
        row(31, .critical, "Imminent stop", everywhere),
    ]

    private static let alarms1: [Point] = [
        row(32, .warning, "Unit 1 in general alarm", inParallel),
        row(33, .warning, "Unit 2 in general alarm", inParallel),
        row(34, .warning, "Unit 3 in general alarm", inParallel),
        row(35, .warning, "Unit 4 in general alarm", inParallel),
        row(36, .warning, "Unit 5 in general alarm", inParallel),
        row(37, .warning, "Unit 6 in general alarm", inParallel),
        row(38, .warning, "External alarm 1", exceptNetys),
        row(39, .warning, "External alarm 2", untold),
        row(40, .warning, "External alarm 3", untold),
        row(41, .warning, "External alarm 4", untold),
        row(42, .warning, "Remote service alarm", exceptNetys),
        row(43, .warning, "Redundancy lost", untold),
        row(44, .warning, "Servicing alarm", exceptNetys),
        row(45, .warning, "Automatic and manual transfer disabled", untold),
        row(46, .warning, "Automatic transfer disabled", untold),
        row(47, .warning, "Battery room alarm", untold),
        row(48, .warning, "Maintenance bypass alarm", untold),
        row(49, .critical, "Battery discharged", exceptNetys),
        row(50, .warning, "Insufficient resources", exceptNetys),
        row(51, .warning, "Mimic panel alarm", exceptNetys),
        row(52, .critical, "Rectifier fault", exceptNetys),
        row(53, nil, nil, untold),
        row(54, .critical, "Inverter fault", exceptNetys),
        row(55, nil, "Parallel fault", untold),
        row(56, .warning, "Generator set alarm", untold),
        row(57, nil, "Generator set fault", untold),
        row(58, .critical, "Emergency power off active", exceptNetys),
        row(59, .critical, "Battery circuit open", exceptNetys),
        row(60, .warning, "Fan failure", untold),
        row(61, .warning, "Phase rotation fault", untold),
        row(62, .critical, "Bypass critical alarm", untold),
        row(63, nil, nil, untold),
    ]

    private static func row(_ number: Int, _ level: Severity?, _ title: String?, _ presence: Presence) -> Point {
        Point(
            PointCode("A", number, digits: 2), address: alarmAddress + UInt16(number / 16), title: title,
            content: .alarm(bit: number % 16, level: level), presence: presence)
    }
}
