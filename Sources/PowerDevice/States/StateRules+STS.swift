extension StateRules {
    /// STS: the status words 0x0140–0x0142 and the alarm words 0x0148–0x0149.
    static let sts = StateRules(
        transferStatuses: [
            .init(.onMaintenanceBypass1, when: bit(0x0141, 4)),
            .init(.onMaintenanceBypass2, when: bit(0x0141, 5)),
            .init(.imminentStop, when: bit(0x0148, 0)),
            .init(.onPreferredSource, when: bit(0x0141, 1)),
            .init(.onAlternateSource, when: bit(0x0141, 2)),
            .init(.loadOff, when: bit(0x0141, 3)),
        ],
        transferFacts: [
            .source1Present: bit(0x0140, 0) | bit(0x0140, 1) | bit(0x0140, 2),
            .source2Present: bit(0x0140, 6) | bit(0x0140, 7) | bit(0x0140, 8),
            .source1Absent: bit(0x0140, 3), .source2Absent: bit(0x0140, 9),
            .notSynchronised: bit(0x0140, 14), .sliding: bit(0x0140, 13),
            .source1Preferred: bit(0x0141, 0), .onPreferred: bit(0x0141, 1), .onAlternate: bit(0x0141, 2),
            .onSource1: bit(0x0141, 7), .onSource2: bit(0x0141, 8),
            .switch1Closed: bit(0x0142, 3), .switch2Closed: bit(0x0142, 4),
            .switch1Alarm: bit(0x0148, 9) | bit(0x0148, 10) | bit(0x0148, 11),
            .switch2Alarm: bit(0x0148, 13) | bit(0x0148, 14) | bit(0x0148, 15),
            .maintenanceBypass1Closed: bit(0x0141, 4) | bit(0x0142, 6), .maintenanceBypass2Closed: bit(0x0141, 5) | bit(0x0142, 7),
            .imminentStop: bit(0x0148, 0), .transferImpossible: bit(0x0148, 7),
            .maintenanceAlarm: bit(0x0142, 14) | bit(0x0149, 9) | bit(0x0149, 14), .generalAlarm: bit(0x0149, 15),
        ])

    private static func bit(_ address: UInt16, _ bit: Int) -> AlarmExpression {
        .code(PointCode("STS:\(RegisterBit(address, bit))"))
    }
}
