extension VUMap {
    /// The conditions of the 62 alarms of the NET VISION MIB (manual, appendix MIB OID description, upsAlarm).
    ///
    /// 55 is on bypass but not in eco mode (S006) in all three places where the manual prints it; 57 has no VU-MAP condition there and
    /// takes that of RFC 1628's 15; 58 to 62 are the card's own events.
    static let wellKnownAlarms: [AlarmCondition] = AlarmCondition.table(
        Alarm.wellKnown,
        [
            "A000", "A001", "A002", "A003", "A004", "A005", "A006", "A007", "A012", "A013",
            "A015", "A016", "A017", "A018", "A019", "A020", "A021", "A022", "A027", "A032",
            "A033", "A035", "A036", "A037", "A038", "A040", "A041", "A048", "A049", "A050",
            "A051", "A054", "A056", "A059", "A060", "A061", "A062", "A064", "A065", "A066",
            "A067", "A096", "A097", "A098", "A099", "A100", "A101", "A102", "A103", "A104",
            "A105", "A106", "A107", "S030", onBypass, "S004", systemOff, nil, nil, nil,
            nil, nil,
        ])

    /// The conditions of RFC 1628's alarms (manual, appendix RFC1628).
    ///
    /// 2 needs the inverter to feed the load besides the battery alarm; 10 and 13 are the preventive alarms, as printed; 7, 11, 12 and 17
    /// are not available; 20 to 23 are the card's own; 24 is a battery test (S034).
    static let rfc1628Alarms: [AlarmCondition] = AlarmCondition.table(
        RFC1628Alarms.all,
        [
            "A027" | "A020" | "A021", "A019" & "S000", "A018", "A017", "A002", "A035", .never, "A001",
            onBypass, "A049", .never, .never, "A038", "S004", systemOff, "A054",
            .never, "A015", "A022", nil, nil, nil, nil, "S034",
        ])

    private static let onBypass: AlarmExpression = "S002" & !"S006"
    private static let systemOff: AlarmExpression = !"S049" & !"S052" & !"S057"
}
