extension STS {
    /// What the event log tells (manual 18.4), in the order of the map's tables.
    static let events = DeviceMap.events(of: status + alarms, texts: sourceTexts + loadTexts + switchTexts + transferTexts + deviceTexts)
    static let eventAddresses = DeviceMap.eventAddresses(of: status + alarms, events: events)

    /// The texts of manual 18.4. Where its list is misprinted ("Output of tolerance", "Sort Circuit", "Consecutives", power path 1 twice)
    /// the text goes by the name that the register table gives to the bit.
    private static func texts(_ word: UInt16, _ texts: [(bit: Int, text: String)]) -> [DeviceEventText] {
        texts.map { DeviceEventText(code(word, bit: $0.bit), "STS \($0.text)") }
    }

    private static let sourceTexts = texts(
        statusAddress,
        [
            (0, "Source 1 OK"),
            (1, "Source 1 Critical"),
            (2, "Source 1 Out of tolerance"),
            (3, "Source 1 Absent"),
            (4, "Power Path 1 OK"),
            (6, "Source 2 OK"),
            (7, "Source 2 Critical"),
            (8, "Source 2 Out of tolerance"),
            (9, "Source 2 Absent"),
            (10, "Power Path 2 OK"),
            (12, "Sources perm. Synchronised"),
            (13, "Sliding Sources"),
            (14, "Sources not Synchronised"),
            (15, "Sources Instant. Synchronised"),
        ])

    private static let loadTexts = texts(
        statusAddress + 1,
        [
            (0, "S1 is preferred source"),
            (1, "Load on preferred source"),
            (2, "Load on alternate source"),
            (3, "Load Off"),
            (4, "Load on manual bypass 1"),
            (5, "Load on manual bypass 2"),
            (7, "Load on S1"),
            (8, "Load on S2"),
            (10, "Transfer locked ext."),
            (12, "Output OK"),
            (13, "Output out of tolerance"),
            (14, "Output Absent"),
        ])

    private static let switchTexts = texts(
        statusAddress + 2,
        [
            (0, "ESD input active"),
            (1, "Q41 closed"),
            (2, "Q42 closed"),
            (3, "SS1 closed"),
            (4, "SS2 closed"),
            (5, "Q30 closed"),
            (6, "Q51 closed"),
            (7, "Q52 closed"),
            (13, "Remote controls enabled"),
            (14, "Maintenance alert"),
            (15, "User mode"),
        ])

    private static let transferTexts = texts(
        alarmAddress,
        [
            (0, "Imminent Stop"),
            (1, "Output Isc detection"),
            (2, "Manual Bypass Alarm"),
            (3, "Overload Alarm"),
            (4, "SoLink Alarm"),
            (5, "Consecutive Detections Alarm"),
            (6, "Switchback Impossible Alarm"),
            (7, "Transfer Impossible alarm"),
            (9, "Powerpath1 deteriorated"),
            (10, "PowerPath1 short circuit"),
            (11, "PowerPath1 Failure"),
            (13, "PowerPath2 deteriorated"),
            (14, "PowerPath2 short circuit"),
            (15, "PowerPath2 Failure"),
        ])

    private static let deviceTexts = texts(
        alarmAddress + 1,
        [
            (0, "Backfeed1 protection open"),
            (1, "Backfeed2 protection open"),
            (2, "Ambient temperature max"),
            (9, "Preventive Alarm"),
            (10, "Wrong Configuration"),
            (11, "HMI Alarm"),
            (12, "Electronics alarm"),
            (13, "Custom input alarm"),
            (14, "Maintenance alarm"),
            (15, "General Alarm"),
        ])
}
