/// An alarm bit of a device, and all that a card has to say about it: written from the manual (18.3, 18.4, the trap and MIB appendices) and
/// the vendor's MIBs, beside the program's own tables.
struct AlarmPoint: Sendable {
    let code: String
    /// `information`, `warning` or `critical`.
    let level: String
    /// What the event log and the alarm table say.
    let text: String
    /// Its number among the well-known alarms of the vendor's MIB.
    var wellKnown: Int?
    /// Its number among those of RFC 1628.
    var standard: Int?
    /// The traps of the vendor's MIB that tell its beginning, besides the alarm table's own.
    var traps: [Int] = []
    /// Those that tell its end.
    var endingTraps: [Int] = []
    /// Whether it is a row of the alarm table; a status bit is not.
    var isRow = true

    /// - Parameter level: W or C.
    init(
        _ code: String, _ level: Character, _ text: String, _ wellKnown: Int? = nil, rfc standard: Int? = nil, traps: [Int] = [],
        ends endingTraps: [Int] = [], isRow: Bool = true
    ) {
        self.code = code
        self.level = level == "C" ? "critical" : "warning"
        self.text = text
        self.wellKnown = wellKnown
        self.standard = standard
        self.traps = traps
        self.endingTraps = endingTraps
        self.isRow = isRow
    }

    /// Whether the vendor's trap 3 tells of it: not of the battery in use, which has a trap of its own.
    var hasEntryTrap: Bool { wellKnown != nil && wellKnown != 15 }

    /// As above, of RFC 1628.
    var hasStandardEntryTrap: Bool { standard != nil && standard != 2 }
}

extension AlarmPoint {
    /// VU-MAP, A000 to A127.
    static let vuMap: [AlarmPoint] =
        [
            AlarmPoint("A000", "C", "UPS Imminent Stop", 1, traps: [5]),
            AlarmPoint("A001", "W", "Overload Alarm", 2, rfc: 8, traps: [6]),
            AlarmPoint("A002", "W", "Ambient Temperature Alarm", 3, rfc: 5, traps: [17]),
            AlarmPoint("A003", "W", "Transfer locked", 4),
            AlarmPoint("A004", "W", "Transfer impossible", 5),
            AlarmPoint("A005", "W", "Insufficient resource", 6),
            AlarmPoint("A006", "W", "Redundancy lost", 7, traps: [7]),
            AlarmPoint("A007", "W", "Output Short circuit detection", 8),
            AlarmPoint("A012", "W", "Maintenance Alarm", 9),
            AlarmPoint("A013", "W", "Remote Service Alarm", 10),
            AlarmPoint("A015", "W", "General Alarm", 11, rfc: 18, traps: [19], ends: [24]),
            AlarmPoint("A016", "C", "Battery disconnected", 12, traps: [8]),
            AlarmPoint("A017", "C", "Battery discharged", 13, rfc: 4, traps: [9]),
            AlarmPoint("A018", "W", "End of Backup Time / Battery Low", 14, rfc: 3, traps: [10]),
            AlarmPoint("A019", "W", "Operating on Battery", 15, rfc: 2, traps: [1, 15]),
            AlarmPoint("A020", "W", "Battery Temperature Alarm", 16, rfc: 1),
            AlarmPoint("A021", "W", "Battery Room Alarm", 17, rfc: 1),
            AlarmPoint("A022", "W", "Battery Test failed", 18, rfc: 19, traps: [16]),
            AlarmPoint("A027", "W", "Battery Alarm", 19, rfc: 1, traps: [11]),
            AlarmPoint("A032", "C", "Rectifier Critical Alarm", 20, traps: [12]),
            AlarmPoint("A033", "W", "Rectifier Preventive Alarm", 21),
            AlarmPoint("A035", "W", "Rectifier Input Supply not OK", 22, rfc: 6),
            AlarmPoint("A036", "W", "Gen Set Alarm", 23),
            AlarmPoint("A037", "C", "Charger Critical Alarm", 24),
            AlarmPoint("A038", "W", "Charger Preventive Alarm", 25, rfc: 13),
            AlarmPoint("A040", "C", "Inverter Critical Alarm", 26, traps: [12]),
            AlarmPoint("A041", "W", "Inverter Preventive Alarm", 27),
            AlarmPoint("A048", "C", "Bypass Critical Alarm", 28, traps: [12]),
            AlarmPoint("A049", "W", "Bypass Preventive Alarm", 29, rfc: 10),
            AlarmPoint("A050", "W", "Bypass Input Supply not OK", 30),
            AlarmPoint("A051", "W", "Phase Rotation fault", 31),
            AlarmPoint("A054", "W", "FAN Failure", 32, rfc: 16),
            AlarmPoint("A056", "W", "Maintenance Bypass Alarm", 33),
            AlarmPoint("A059", "C", "UPS Power Off", 34),
            AlarmPoint("A060", "W", "Wrong Configuration", 35),
            AlarmPoint("A061", "W", "Internal / Communication failure", 36),
            AlarmPoint("A062", "W", "Option Board Alarm", 37),
            AlarmPoint("A064", "W", "External Input 1 Alarm", 38),
            AlarmPoint("A065", "W", "External Input 2 Alarm", 39),
            AlarmPoint("A066", "W", "External Input 3 Alarm", 40),
            AlarmPoint("A067", "W", "External Input 4 Alarm", 41),
        ] + units + modules

    /// A096 to A107, and A112 to A123, which have no alarm in any MIB.
    private static let units = (1...12).map { AlarmPoint(code(95 + $0), "W", "Unit \($0) General Alarm", 41 + $0) }
    private static let modules = (1...12).map { AlarmPoint(code(111 + $0), "C", "Unit or module \($0) in imminent stop") }

    private static func code(_ number: Int) -> String { number < 100 ? "A0\(number)" : "A\(number)" }

    /// JBUSP, A00 to A63, and the status bits that say what others have an alarm bit for.
    static let jbusp: [AlarmPoint] = [
        AlarmPoint("A00", "W", "General Alarm", 11, rfc: 18, traps: [19], ends: [24]),
        AlarmPoint("A01", "W", "Battery Alarm", 19, rfc: 1, traps: [11]),
        AlarmPoint("A02", "W", "Overload Alarm", 2, rfc: 8, traps: [6]),
        AlarmPoint("A05", "W", "Rectifier Input Supply not OK", 22, rfc: 6),
        AlarmPoint("A06", "W", "Bypass Input Supply not OK", 30),
        AlarmPoint("A07", "W", "Ambient Temperature Alarm", 3, rfc: 5, traps: [17]),
        AlarmPoint("A08", "W", "On maintenance bypass"),
        AlarmPoint("A10", "W", "Charger Critical Alarm", 24),
        AlarmPoint("A19", "W", "Internal / Communication failure", 36),
        AlarmPoint("A20", "W", "Wrong Configuration", 35),
        AlarmPoint("A23", "W", "Rectifier Preventive Alarm", 21),
        AlarmPoint("A25", "W", "Inverter Preventive Alarm", 27),
        AlarmPoint("A26", "W", "Charger Preventive Alarm", 25, rfc: 13),
        AlarmPoint("A29", "W", "Bypass Preventive Alarm", 29, rfc: 10),
        AlarmPoint("A31", "C", "UPS Imminent Stop", 1, traps: [5]),
        AlarmPoint("A32", "W", "Unit 1 General Alarm", 42),
        AlarmPoint("A33", "W", "Unit 2 General Alarm", 43),
        AlarmPoint("A34", "W", "Unit 3 General Alarm", 44),
        AlarmPoint("A35", "W", "Unit 4 General Alarm", 45),
        AlarmPoint("A36", "W", "Unit 5 General Alarm", 46),
        AlarmPoint("A37", "W", "Unit 6 General Alarm", 47),
        AlarmPoint("A38", "W", "External Input 1 Alarm", 38),
        AlarmPoint("A39", "W", "External Input 2 Alarm", 39),
        AlarmPoint("A40", "W", "External Input 3 Alarm", 40),
        AlarmPoint("A41", "W", "External Input 4 Alarm", 41),
        AlarmPoint("A42", "W", "Remote Service Alarm", 10),
        AlarmPoint("A43", "W", "Redundancy lost", 7, traps: [7]),
        AlarmPoint("A44", "W", "Maintenance Alarm", 9),
        AlarmPoint("A45", "W", "Transfer locked", 4),
        AlarmPoint("A46", "W", "Transfer impossible", 5),
        AlarmPoint("A47", "W", "Battery Room Alarm", 17, rfc: 1),
        AlarmPoint("A48", "W", "Maintenance Bypass Alarm", 33),
        AlarmPoint("A49", "C", "Battery discharged", 13, rfc: 4, traps: [9]),
        AlarmPoint("A50", "W", "Insufficient resource", 6),
        AlarmPoint("A51", "W", "Option Board Alarm", 37),
        AlarmPoint("A52", "C", "Rectifier Critical Alarm", 20, traps: [12]),
        AlarmPoint("A54", "C", "Inverter Critical Alarm", 26, traps: [12]),
        AlarmPoint("A56", "W", "Gen Set Alarm", 23),
        AlarmPoint("A58", "C", "UPS Power Off", 34),
        AlarmPoint("A59", "C", "Battery disconnected", 12, traps: [8]),
        AlarmPoint("A60", "W", "FAN Failure", 32, rfc: 16),
        AlarmPoint("A61", "W", "Phase Rotation fault", 31),
        AlarmPoint("A62", "C", "Bypass Critical Alarm", 28, traps: [12]),
        // In another batch than A49, which says the same as S16.
        AlarmPoint("S05", "W", "Operating on Battery", 15, rfc: 2, traps: [1, 15], isRow: false),
        AlarmPoint("S14", "W", "Battery Test failed", 18, rfc: 19, traps: [16], isRow: false),
        AlarmPoint("S15", "C", "End of Backup Time / Battery Low", 14, rfc: 3, traps: [10], isRow: false),
        AlarmPoint("S16", "C", "Battery discharged", 13, rfc: 4, traps: [9], isRow: false),
    ]

    /// Transfer systems, 0x0148 and 0x0149.
    static let sts: [AlarmPoint] = [
        AlarmPoint("STS:0x0148.0", "C", "STS Imminent Stop", 1, traps: [1]),
        AlarmPoint("STS:0x0148.1", "W", "STS Output Isc detection"),
        AlarmPoint("STS:0x0148.2", "W", "STS Manual Bypass Alarm"),
        AlarmPoint("STS:0x0148.3", "W", "STS Overload Alarm", 4, traps: [2]),
        AlarmPoint("STS:0x0148.4", "C", "STS SoLink Alarm"),
        AlarmPoint("STS:0x0148.5", "W", "STS Consecutive Detections Alarm", 3),
        AlarmPoint("STS:0x0148.6", "W", "STS Switchback Impossible Alarm"),
        AlarmPoint("STS:0x0148.7", "W", "STS Transfer Impossible alarm", 2),
        AlarmPoint("STS:0x0148.9", "W", "STS Powerpath1 deteriorated", 5),
        AlarmPoint("STS:0x0148.10", "W", "STS PowerPath1 short circuit", 5),
        AlarmPoint("STS:0x0148.11", "C", "STS PowerPath1 Failure", 5),
        AlarmPoint("STS:0x0148.13", "W", "STS PowerPath2 deteriorated", 6),
        AlarmPoint("STS:0x0148.14", "W", "STS PowerPath2 short circuit", 6),
        AlarmPoint("STS:0x0148.15", "C", "STS PowerPath2 Failure", 6),
        AlarmPoint("STS:0x0149.0", "W", "STS Backfeed1 protection open"),
        AlarmPoint("STS:0x0149.1", "W", "STS Backfeed2 protection open"),
        AlarmPoint("STS:0x0149.2", "W", "STS Ambient temperature max"),
        AlarmPoint("STS:0x0149.9", "W", "STS Preventive Alarm", 7),
        AlarmPoint("STS:0x0149.10", "W", "STS Wrong Configuration"),
        AlarmPoint("STS:0x0149.11", "W", "STS HMI Alarm"),
        AlarmPoint("STS:0x0149.12", "W", "STS Electronics alarm"),
        AlarmPoint("STS:0x0149.13", "W", "STS Custom input alarm", 9),
        AlarmPoint("STS:0x0149.14", "W", "STS Maintenance alarm", 7),
        AlarmPoint("STS:0x0149.15", "W", "STS General Alarm", 8, traps: [7], ends: [8]),
    ]
}
