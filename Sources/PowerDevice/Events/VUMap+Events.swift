extension VUMap {
    /// What the event log tells (manual 18.3), in the order of the map's tables.
    static let events = DeviceMap.events(of: status + alarms, texts: eventTexts)
    static let eventAddresses = DeviceMap.eventAddresses(of: status + alarms, events: events)

    /// The texts of manual 18.3. S001 is taken for the normal mode of an off-line UPS; the manual's table leaves it blank. On bypass is not
    /// told in eco mode (S006), as in the alarm and the trap.
    private static let eventTexts: [DeviceEventText] = statusTexts + plugTexts + systemTexts + batteryTexts + partTexts + unitTexts

    private static let statusTexts: [DeviceEventText] = [
        DeviceEventText("S000", "Load protected by Inverter"),
        DeviceEventText("S001", "Normal mode"),
        DeviceEventText("S002", "Load on bypass", when: "S002" & !"S006"),
        DeviceEventText("S003", "On maintenance bypass"),
        DeviceEventText("S004", "Load off"),
        DeviceEventText("S006", "UPS in eco mode"),
        DeviceEventText("S012", "Unit Available"),
        DeviceEventText("S013", "On standby"),
        DeviceEventText("S030", "Auto-test in progress"),
        DeviceEventText("S034", "Battery test in progress"),
    ]

    private static let plugTexts: [DeviceEventText] = (1...4).map {
        DeviceEventText(PointCode("S", 59 + $0), "Power Plugs \($0) ON", ending: "Power Plugs \($0) OFF")
    }

    private static let systemTexts: [DeviceEventText] = [
        DeviceEventText("A000", "UPS Imminent Stop"),
        DeviceEventText("A001", "Overload Alarm"),
        DeviceEventText("A002", "Ambient Temperature Alarm"),
        DeviceEventText("A003", "Transfer locked"),
        DeviceEventText("A004", "Transfer impossible"),
        DeviceEventText("A005", "Insufficient resource"),
        DeviceEventText("A006", "Redundancy lost"),
        DeviceEventText("A007", "Output Short circuit detection"),
        DeviceEventText("A012", "Maintenance Alarm"),
        DeviceEventText("A013", "Remote Service Alarm"),
        DeviceEventText("A015", "General Alarm"),
    ]

    private static let batteryTexts: [DeviceEventText] = [
        DeviceEventText("A016", "Battery disconnected"),
        DeviceEventText("A017", "Battery discharged"),
        DeviceEventText("A018", "End of Backup Time / Battery Low"),
        DeviceEventText("A019", "Operating on Battery"),
        DeviceEventText("A020", "Battery Temperature Alarm"),
        DeviceEventText("A021", "Battery Room Alarm"),
        DeviceEventText("A022", "Battery Test failed"),
        DeviceEventText("A027", "Battery Alarm"),
    ]

    private static let partTexts: [DeviceEventText] = [
        DeviceEventText("A032", "Rectifier Critical Alarm"),
        DeviceEventText("A033", "Rectifier Preventive Alarm"),
        DeviceEventText("A035", "Rectifier Input Supply not OK"),
        DeviceEventText("A036", "Gen Set Alarm"),
        DeviceEventText("A037", "Charger Critical Alarm"),
        DeviceEventText("A038", "Charger Preventive Alarm"),
        DeviceEventText("A040", "Inverter Critical Alarm"),
        DeviceEventText("A041", "Inverter Preventive Alarm"),
        DeviceEventText("A048", "Bypass Critical Alarm"),
        DeviceEventText("A049", "Bypass Preventive Alarm"),
        DeviceEventText("A050", "Bypass Input Supply not OK"),
        DeviceEventText("A051", "Phase Rotation fault"),
        DeviceEventText("A054", "FAN Failure"),
        DeviceEventText("A056", "Maintenance Bypass Alarm"),
        DeviceEventText("A059", "UPS Power Off"),
        DeviceEventText("A060", "Wrong Configuration"),
        DeviceEventText("A061", "Internal / Communication failure"),
        DeviceEventText("A062", "Option Board Alarm"),
    ]

    private static let unitTexts: [DeviceEventText] =
        (1...4).map { DeviceEventText(PointCode("A", 63 + $0), "External Input \($0) Alarm") }
        + (1...12).map { DeviceEventText(PointCode("A", 95 + $0), "Unit \($0) General Alarm") }
}
