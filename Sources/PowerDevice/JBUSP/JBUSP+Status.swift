extension JBUSP {
    /// S00–S95 at 0x1020–0x1025. The manual describes S00–S63; S64–S95 are read by other masters and mean nothing here.
    ///
    /// S06 is of negative logic: 1 forbids remote controls.
    package static let status: [Point] = status0 + status1 + (50..<96).map { row($0, nil, nil, untold) }

    private static let status0: [Point] = [
        row(0, .information, "Rectifier input supply present", everywhere),
        row(1, .information, "Inverter on", everywhere),
        row(2, .information, "Rectifier on", everywhere),
        row(3, .information, "Load protected by the inverter", everywhere),
        row(4, .warning, "Load on automatic bypass", everywhere),
        row(5, .warning, "On battery", everywhere),
        row(6, nil, "Remote controls disabled", exceptNetys),
        row(7, nil, "Eco mode on", everywhere),
        row(8, .warning, "Standby mode", untold),
        row(9, nil, "Buzzer on", everywhere),
        row(10, .information, "Battery test in progress", everywhere),
        row(11, .information, "Battery test scheduled", exceptNetys),
        row(12, .information, "Battery test waiting", exceptNetys),
        row(13, .information, "Battery test supported", everywhere),
        row(14, .warning, "Battery test failed", everywhere),
        row(15, .critical, "Battery near the end of backup time", everywhere),
        row(16, .critical, "Battery discharged", everywhere),
        row(17, .information, "Battery OK", everywhere),
        row(18, nil, nil, untold),
        row(19, nil, nil, untold),
        row(20, nil, nil, untold),
        row(21, nil, nil, untold),
        row(22, nil, nil, untold),
        row(23, nil, "Inverter synchronised with the mains", everywhere),
        row(24, nil, "Boost on", untold),
    ]

    private static let status1: [Point] = [
        row(25, nil, nil, untold),
        row(26, .information, "Bypass input supply present", everywhere),
        row(27, .information, "Battery charging", everywhere),
        row(28, nil, "Bypass input frequency out of tolerance", everywhere),
        row(29, nil, "Standby schedule", untold),
        row(30, nil, "Part of a parallel system", inParallel),
        row(31, nil, "Battery extension", untold),
        row(32, nil, "Unit 1 present", inParallel),
        row(33, nil, "Unit 2 present", inParallel),
        row(34, nil, "Unit 3 present", inParallel),
        row(35, nil, "Unit 4 present", inParallel),
        row(36, nil, "Unit 5 present", inParallel),
        row(37, nil, "Unit 6 present", inParallel),
        row(38, nil, "External input 1", exceptNetys),
        row(39, nil, "External input 2", exceptNetys),
        row(40, nil, "External input 3", exceptNetys),
        row(41, nil, "External input 4", exceptNetys),
        row(42, nil, "Permissions of controls managed", everywhere),
        row(43, nil, "Power share", untold),
        row(44, nil, nil, untold),
        row(45, nil, nil, untold),
        row(46, .information, "On generator set", withOption),
        row(47, nil, nil, untold),
        row(48, .warning, "Maintenance mode active", exceptNetys),
        row(49, .warning, "End of the first maintenance period", exceptNetys),
    ]

    private static func row(_ number: Int, _ level: Severity?, _ title: String?, _ presence: Presence) -> Point {
        Point(
            PointCode("S", number, digits: 2), address: statusAddress + UInt16(number / 16), title: title,
            content: .status(bit: number % 16, level: level), presence: presence)
    }
}
