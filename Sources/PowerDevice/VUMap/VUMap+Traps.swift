extension VUMap {
    /// Which bits make which trap of NET VISION 7 and 8 (manual, appendix "TRAP description").
    ///
    /// 17 goes by A002 like the well-known alarm 3, not by the battery's temperature; 18 is not sent in eco mode (S006). The other numbers
    /// are the card's own events (3, 4, 14, 20, 21, 25–42) or never sent (2).
    static let traps: [Int32: AlarmExpression] = [
        1: "A019" & "S000",  // on battery
        5: "A000",  // imminent stop
        6: "A001",  // overload
        7: "A006",  // redundancy lost
        8: "A016",  // battery disconnected
        9: "A017",  // battery discharged
        10: "A018",  // battery low
        11: "A027",  // battery alarm
        12: "A032" | "A040" | "A048",  // critical alarm
        13: "S004",  // load off
        15: "A019" & "S000",  // switched to battery
        16: "A022",  // battery test failed
        17: "A002",  // temperature
        18: "S002" & !"S006",  // on bypass
        19: "A015",  // preventive or general alarm
        22: "S000" | "S001",  // normal
        23: "S048",  // input power restored
        24: !"A015",  // alarm cancelled
    ]
}
