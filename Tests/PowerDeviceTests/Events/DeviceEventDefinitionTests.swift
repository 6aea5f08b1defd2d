import Testing

@testable import PowerDevice

@Suite struct DeviceEventDefinitionTests {
    private typealias Line = (code: String, level: Severity, text: String)

    /// Manual 18.3 beside the alarm table A000–A127, by hand.
    private static let vuMapAlarms: [Line] =
        [
            ("A000", .critical, "UPS Imminent Stop"), ("A001", .warning, "Overload Alarm"), ("A002", .warning, "Ambient Temperature Alarm"),
            ("A003", .warning, "Transfer locked"), ("A004", .warning, "Transfer impossible"), ("A005", .warning, "Insufficient resource"),
            ("A006", .warning, "Redundancy lost"), ("A007", .warning, "Output Short circuit detection"),
            ("A012", .warning, "Maintenance Alarm"), ("A013", .warning, "Remote Service Alarm"), ("A015", .warning, "General Alarm"),
            ("A016", .critical, "Battery disconnected"), ("A017", .critical, "Battery discharged"),
            ("A018", .warning, "End of Backup Time / Battery Low"), ("A019", .warning, "Operating on Battery"),
            ("A020", .warning, "Battery Temperature Alarm"), ("A021", .warning, "Battery Room Alarm"),
            ("A022", .warning, "Battery Test failed"), ("A027", .warning, "Battery Alarm"), ("A032", .critical, "Rectifier Critical Alarm"),
            ("A033", .warning, "Rectifier Preventive Alarm"), ("A035", .warning, "Rectifier Input Supply not OK"),
            ("A036", .warning, "Gen Set Alarm"), ("A037", .critical, "Charger Critical Alarm"),
            ("A038", .warning, "Charger Preventive Alarm"), ("A040", .critical, "Inverter Critical Alarm"),
            ("A041", .warning, "Inverter Preventive Alarm"), ("A048", .critical, "Bypass Critical Alarm"),
            ("A049", .warning, "Bypass Preventive Alarm"), ("A050", .warning, "Bypass Input Supply not OK"),
            ("A051", .warning, "Phase Rotation fault"), ("A054", .warning, "FAN Failure"), ("A056", .warning, "Maintenance Bypass Alarm"),
            ("A059", .critical, "UPS Power Off"), ("A060", .warning, "Wrong Configuration"),
            ("A061", .warning, "Internal / Communication failure"), ("A062", .warning, "Option Board Alarm"),
            ("A064", .warning, "External Input 1 Alarm"), ("A065", .warning, "External Input 2 Alarm"),
            ("A066", .warning, "External Input 3 Alarm"), ("A067", .warning, "External Input 4 Alarm"),
        ] + (1...12).map { (code: $0 < 5 ? "A09\(95 + $0 - 90)" : "A\(95 + $0)", level: .warning, text: "Unit \($0) General Alarm") }
        + (1...12).map { (code: "A\(111 + $0)", level: .critical, text: "Unit or module \($0) in imminent stop") }

    private static let vuMapStatus: [Line] = [
        ("S000", .information, "Load protected by Inverter"), ("S001", .information, "Normal mode"), ("S002", .warning, "Load on bypass"),
        ("S003", .warning, "On maintenance bypass"), ("S004", .critical, "Load off"), ("S006", .information, "UPS in eco mode"),
        ("S012", .information, "Unit Available"), ("S013", .warning, "On standby"), ("S030", .information, "Auto-test in progress"),
        ("S034", .information, "Battery test in progress"), ("S060", .information, "Power Plugs 1 ON"),
        ("S061", .information, "Power Plugs 2 ON"), ("S062", .information, "Power Plugs 3 ON"), ("S063", .information, "Power Plugs 4 ON"),
    ]

    /// Manual 18.3 beside the alarm table A00–A63, by hand.
    private static let jbuspAlarms: [Line] = [
        ("A00", .warning, "General Alarm"), ("A01", .warning, "Battery Alarm"), ("A02", .warning, "Overload Alarm"),
        ("A05", .warning, "Rectifier Input Supply not OK"), ("A06", .warning, "Bypass Input Supply not OK"),
        ("A07", .warning, "Ambient Temperature Alarm"), ("A08", .warning, "On maintenance bypass"),
        ("A10", .warning, "Charger Critical Alarm"), ("A19", .warning, "Internal / Communication failure"),
        ("A20", .warning, "Wrong Configuration"), ("A23", .warning, "Rectifier Preventive Alarm"),
        ("A25", .warning, "Inverter Preventive Alarm"), ("A26", .warning, "Charger Preventive Alarm"),
        ("A29", .warning, "Bypass Preventive Alarm"), ("A31", .critical, "UPS Imminent Stop"), ("A32", .warning, "Unit 1 General Alarm"),
        ("A33", .warning, "Unit 2 General Alarm"), ("A34", .warning, "Unit 3 General Alarm"), ("A35", .warning, "Unit 4 General Alarm"),
        ("A36", .warning, "Unit 5 General Alarm"), ("A37", .warning, "Unit 6 General Alarm"), ("A38", .warning, "External Input 1 Alarm"),
        ("A39", .warning, "External Input 2 Alarm"), ("A40", .warning, "External Input 3 Alarm"),
        ("A41", .warning, "External Input 4 Alarm"), ("A42", .warning, "Remote Service Alarm"), ("A43", .warning, "Redundancy lost"),
        ("A44", .warning, "Maintenance Alarm"), ("A45", .warning, "Transfer locked"), ("A46", .warning, "Transfer impossible"),
        ("A47", .warning, "Battery Room Alarm"), ("A48", .warning, "Maintenance Bypass Alarm"), ("A49", .critical, "Battery discharged"),
        ("A50", .warning, "Insufficient resource"), ("A51", .warning, "Option Board Alarm"), ("A52", .critical, "Rectifier Critical Alarm"),
        ("A54", .critical, "Inverter Critical Alarm"), ("A56", .warning, "Gen Set Alarm"), ("A58", .critical, "UPS Power Off"),
        ("A59", .critical, "Battery disconnected"), ("A60", .warning, "FAN Failure"), ("A61", .warning, "Phase Rotation fault"),
        ("A62", .critical, "Bypass Critical Alarm"),
    ]

    private static let jbuspStatus: [Line] = [
        ("S03", .information, "Load protected by Inverter"), ("", .critical, "Load off"), ("S04", .warning, "Load on bypass"),
        ("S05", .warning, "Operating on Battery"), ("S07", .information, "UPS in eco mode"), ("S08", .warning, "On standby"),
        ("S10", .information, "Battery test in progress"), ("S14", .warning, "Battery Test failed"),
        ("S15", .critical, "End of Backup Time / Battery Low"), ("S16", .critical, "Battery discharged"),
    ]

    /// Manual 18.4, line by line, beside the bits of the register table.
    private static let sts: [Line] = [
        ("0140.0", .information, "Source 1 OK"), ("0140.1", .critical, "Source 1 Critical"),
        ("0140.2", .warning, "Source 1 Out of tolerance"), ("0140.3", .warning, "Source 1 Absent"),
        ("0140.4", .information, "Power Path 1 OK"), ("0140.6", .information, "Source 2 OK"), ("0140.7", .critical, "Source 2 Critical"),
        ("0140.8", .warning, "Source 2 Out of tolerance"), ("0140.9", .warning, "Source 2 Absent"),
        ("0140.10", .information, "Power Path 2 OK"), ("0140.12", .information, "Sources perm. Synchronised"),
        ("0140.13", .warning, "Sliding Sources"), ("0140.14", .warning, "Sources not Synchronised"),
        ("0140.15", .information, "Sources Instant. Synchronised"), ("0141.0", .information, "S1 is preferred source"),
        ("0141.1", .information, "Load on preferred source"), ("0141.2", .warning, "Load on alternate source"),
        ("0141.3", .critical, "Load Off"), ("0141.4", .warning, "Load on manual bypass 1"), ("0141.5", .warning, "Load on manual bypass 2"),
        ("0141.7", .information, "Load on S1"), ("0141.8", .information, "Load on S2"), ("0141.10", .warning, "Transfer locked ext."),
        ("0141.12", .information, "Output OK"), ("0141.13", .warning, "Output out of tolerance"), ("0141.14", .warning, "Output Absent"),
        ("0142.0", .warning, "ESD input active"), ("0142.1", .information, "Q41 closed"), ("0142.2", .information, "Q42 closed"),
        ("0142.3", .information, "SS1 closed"), ("0142.4", .information, "SS2 closed"), ("0142.5", .information, "Q30 closed"),
        ("0142.6", .information, "Q51 closed"), ("0142.7", .information, "Q52 closed"),
        ("0142.13", .information, "Remote controls enabled"), ("0142.14", .warning, "Maintenance alert"),
        ("0142.15", .information, "User mode"), ("0148.0", .critical, "Imminent Stop"), ("0148.1", .warning, "Output Isc detection"),
        ("0148.2", .warning, "Manual Bypass Alarm"), ("0148.3", .warning, "Overload Alarm"), ("0148.4", .critical, "SoLink Alarm"),
        ("0148.5", .warning, "Consecutive Detections Alarm"), ("0148.6", .warning, "Switchback Impossible Alarm"),
        ("0148.7", .warning, "Transfer Impossible alarm"), ("0148.9", .warning, "Powerpath1 deteriorated"),
        ("0148.10", .warning, "PowerPath1 short circuit"), ("0148.11", .critical, "PowerPath1 Failure"),
        ("0148.13", .warning, "PowerPath2 deteriorated"), ("0148.14", .warning, "PowerPath2 short circuit"),
        ("0148.15", .critical, "PowerPath2 Failure"), ("0149.0", .warning, "Backfeed1 protection open"),
        ("0149.1", .warning, "Backfeed2 protection open"), ("0149.2", .warning, "Ambient temperature max"),
        ("0149.9", .warning, "Preventive Alarm"), ("0149.10", .warning, "Wrong Configuration"), ("0149.11", .warning, "HMI Alarm"),
        ("0149.12", .warning, "Electronics alarm"), ("0149.13", .warning, "Custom input alarm"), ("0149.14", .warning, "Maintenance alarm"),
        ("0149.15", .warning, "General Alarm"),
    ]

    private static func lines(_ map: DeviceMap) -> [String] {
        map.events.map { "\($0.code?.rawValue ?? "") \($0.severity) \($0.text)" }
    }

    private static func lines(_ lines: [Line]) -> [String] { lines.map { "\($0.code) \($0.level) \($0.text)" } }

    @Test func eventsOfVUMapAreThoseOfTheManual() {
        #expect(Set(Self.lines(.vuMap)) == Set(Self.lines(Self.vuMapStatus + Self.vuMapAlarms)))
        #expect(DeviceMap.vuMap.events.count == Self.vuMapStatus.count + Self.vuMapAlarms.count)
    }

    @Test func eventsOfJBUSPAreThoseOfTheManual() {
        #expect(Set(Self.lines(.jbusp)) == Set(Self.lines(Self.jbuspStatus + Self.jbuspAlarms)))
        #expect(DeviceMap.jbusp.events.count == Self.jbuspStatus.count + Self.jbuspAlarms.count)
    }

    @Test func eventsOfSTSAreThoseOfTheManual() {
        let lines = Self.sts.map { (code: "STS:0x\($0.code)", level: $0.level, text: "STS \($0.text)") }
        #expect(Self.lines(.sts) == Self.lines(lines))
    }

    @Test(arguments: DeviceMap.Family.allCases) func alarmsAreTheManagedBitsOfTheAlarmWords(_ family: DeviceMap.Family) throws {
        let map = try #require(DeviceMap.all.first { $0.family == family })
        let managed = map.points.filter { $0.isAlarm && $0.level != nil }.map(\.code)
        #expect(map.events.filter(\.isAlarm).compactMap(\.code) == managed)
        for event in map.events where event.isAlarm {
            #expect(event.severity == event.code.flatMap { map[$0]?.level })
        }
    }

    @Test func controlsHaveTheTextsOfTheManual() {
        func texts(_ control: DeviceControl, isScheduled: Bool = false) -> [String] { control.events(isScheduled: isScheduled).map(\.text) }
        #expect(texts(.transferToBypass) == ["Transfer Load to Bypass"])
        #expect(texts(.transferToInverter) == ["Transfer Load to Inverter"])
        #expect(texts(.ecoModeOn) == ["Enable eco mode"] && texts(.ecoModeOff) == ["Disable eco mode"])
        #expect(texts(.standbyOn) == ["Enable standby mode"] && texts(.standbyOff) == ["Disable standby mode"])
        #expect(texts(.acknowledgeAlarms) == ["Alarm Acknowledgement"])
        #expect(texts(.scheduleStandby(StandbySchedule(kind: .restore))) == ["UPS shut off sent"])
        #expect(texts(.scheduleStandby(StandbySchedule(kind: .once))) == ["Standby schedule sent"])
        #expect(texts(.ecoModeOff, isScheduled: true) == ["Eco mode schedule sent", "Disable eco mode"])
        #expect(texts(.muteBuzzer).isEmpty)
    }
}
