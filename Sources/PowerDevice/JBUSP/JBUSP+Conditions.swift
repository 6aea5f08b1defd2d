extension JBUSP {
    /// The conditions of the 62 alarms of the NET VISION MIB (manual, appendix MIB OID description, upsAlarm).
    ///
    /// 8 is printed A09, a bit that the table leaves blank. 16 and 48 to 54 are printed 0: no JBUSP device has them. 57 is printed with one
    /// negation missing: it is off when rectifier, inverter and bypass are. 58 to 62 are the card's own events.
    static let wellKnownAlarms: [AlarmCondition] = AlarmCondition.table(
        Alarm.wellKnown,
        [
            "A31", "A02", "A07", "A45", "A46", "A50", "A43", "A09", "A44", "A42",
            "A00", "A59", batteryDischarged, "S15", "S05", .never, "A47", "S14", "A01", "A52",
            "A23", "A05", "A56", "A10", "A26", "A54", "A25", "A62", "A29", "A06",
            "A61", "A60", "A48", "A58", "A20", "A19", "A51", "A38", "A39", "A40",
            "A41", "A32", "A33", "A34", "A35", "A36", "A37", .never, .never, .never,
            .never, .never, .never, .never, onBypass, loadOff, !"S02" & !"S01" & !"S04", nil, nil, nil,
            nil, nil,
        ])

    /// The conditions of RFC 1628's alarms (manual, appendix RFC1628); 7, 11, 12 and 17 are not available, 20 to 23 are the card's own.
    static let rfc1628Alarms: [AlarmCondition] = AlarmCondition.table(
        RFC1628Alarms.all,
        [
            "A01" | "A47", "S05", "S15", batteryDischarged, "A07", "A05", .never, "A02",
            onBypass, "A29", .never, .never, "A26", loadOff, !"S02" & !"S03" & !"S04", "A60",
            .never, "A00", "S14", nil, nil, nil, nil, "S10",
        ])

    /// Which bits make which trap of NET VISION 7 and 8 (manual, appendix "TRAP description").
    ///
    /// 9 goes by both of the alarm's bits; 18 is not sent in eco mode (S07; the printed S06 disables remote controls); 24 is the end of the
    /// general alarm A00 (the printed A15 is the boost converter's).
    static let traps: [Int32: AlarmExpression] = [
        1: "S05",  // on battery
        5: "A31",  // imminent stop
        6: "A02",  // overload
        7: "A43",  // redundancy lost
        8: "A59",  // battery disconnected
        9: batteryDischarged,
        10: "S15",  // battery low
        11: "A01",  // battery alarm
        12: "A52" | "A54" | "A62",  // critical alarm
        13: loadOff,
        15: "S05",  // switched to battery
        16: "S14",  // battery test failed
        17: "A07",  // temperature
        18: onBypass,
        19: "A00",  // preventive or general alarm
        22: "S03",  // normal
        23: "S00",  // input power restored
        24: !"A00",  // alarm cancelled
    ]

    private static let batteryDischarged: AlarmExpression = "S16" | "A49"
    private static let loadOff: AlarmExpression = !"S03" & !"S04"
    private static let onBypass: AlarmExpression = "S04" & !"S07"
}
