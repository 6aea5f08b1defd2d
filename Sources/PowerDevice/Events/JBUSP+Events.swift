extension JBUSP {
    /// What the event log tells (manual 18.3), in the order of the map's tables.
    static let events = DeviceMap.events(of: status + alarms, texts: statusTexts + systemTexts + partTexts + unitTexts)
    static let eventAddresses = DeviceMap.eventAddresses(of: status + alarms, events: events)

    /// The texts of manual 18.3. The load is off where neither inverter nor bypass feeds it; on bypass is not told in eco mode (S07).
    private static let statusTexts: [DeviceEventText] = [
        DeviceEventText("S03", "Load protected by Inverter"),
        DeviceEventText("S03", "Load off", when: !"S03" & !"S04", .critical, isBit: false),
        DeviceEventText("S04", "Load on bypass", when: "S04" & !"S07"),
        DeviceEventText("S05", "Operating on Battery"),
        DeviceEventText("S07", "UPS in eco mode"),
        DeviceEventText("S08", "On standby"),
        DeviceEventText("S10", "Battery test in progress"),
        DeviceEventText("S14", "Battery Test failed"),
        DeviceEventText("S15", "End of Backup Time / Battery Low"),
        DeviceEventText("S16", "Battery discharged"),
    ]

    private static let systemTexts: [DeviceEventText] = [
        DeviceEventText("A00", "General Alarm"),
        DeviceEventText("A01", "Battery Alarm"),
        DeviceEventText("A02", "Overload Alarm"),
        DeviceEventText("A05", "Rectifier Input Supply not OK"),
        DeviceEventText("A06", "Bypass Input Supply not OK"),
        DeviceEventText("A07", "Ambient Temperature Alarm"),
        DeviceEventText("A08", "On maintenance bypass"),
        DeviceEventText("A19", "Internal / Communication failure"),
        DeviceEventText("A20", "Wrong Configuration"),
        DeviceEventText("A31", "UPS Imminent Stop"),
        DeviceEventText("A42", "Remote Service Alarm"),
        DeviceEventText("A43", "Redundancy lost"),
        DeviceEventText("A44", "Maintenance Alarm"),
        DeviceEventText("A45", "Transfer locked"),
        DeviceEventText("A46", "Transfer impossible"),
        DeviceEventText("A47", "Battery Room Alarm"),
        DeviceEventText("A49", "Battery discharged"),
        DeviceEventText("A50", "Insufficient resource"),
    ]

    private static let partTexts: [DeviceEventText] = [
        DeviceEventText("A10", "Charger Critical Alarm"),
        DeviceEventText("A23", "Rectifier Preventive Alarm"),
        DeviceEventText("A25", "Inverter Preventive Alarm"),
        DeviceEventText("A26", "Charger Preventive Alarm"),
        DeviceEventText("A29", "Bypass Preventive Alarm"),
        DeviceEventText("A48", "Maintenance Bypass Alarm"),
        DeviceEventText("A51", "Option Board Alarm"),
        DeviceEventText("A52", "Rectifier Critical Alarm"),
        DeviceEventText("A54", "Inverter Critical Alarm"),
        DeviceEventText("A56", "Gen Set Alarm"),
        DeviceEventText("A58", "UPS Power Off"),
        DeviceEventText("A59", "Battery disconnected"),
        DeviceEventText("A60", "FAN Failure"),
        DeviceEventText("A61", "Phase Rotation fault"),
        DeviceEventText("A62", "Bypass Critical Alarm"),
    ]

    private static let unitTexts: [DeviceEventText] =
        (1...6).map { DeviceEventText(PointCode("A", 31 + $0, digits: 2), "Unit \($0) General Alarm") }
        + (1...4).map { DeviceEventText(PointCode("A", 37 + $0, digits: 2), "External Input \($0) Alarm") }
}
