extension STS {
    /// The conditions of the MIB's nine alarms; a power path is in alarm when it is deteriorated, in short circuit or in failure.
    static let wellKnownAlarms: [AlarmCondition] = AlarmCondition.table(
        Alarm.stsWellKnown,
        [
            imminentStop, "STS:0x0148.7", "STS:0x0148.5", overload, "STS:0x0148.9" | "STS:0x0148.10" | "STS:0x0148.11",
            "STS:0x0148.13" | "STS:0x0148.14" | "STS:0x0148.15", "STS:0x0149.9" | "STS:0x0149.14" | "STS:0x0142.14", generalAlarm,
            "STS:0x0149.13",
        ])

    /// Which bits make which trap, in the numbers of the vendor's MIB; 9 to 23 are the card's own events.
    static let traps: [Int32: AlarmExpression] = [
        1: imminentStop,
        2: overload,
        3: onPreferredSource,
        4: onAlternateSource,
        5: source1IsPreferred,
        6: loadOff,
        7: generalAlarm,
        8: !generalAlarm,
    ]

    private static let imminentStop: AlarmExpression = "STS:0x0148.0"
    private static let overload: AlarmExpression = "STS:0x0148.3"
    private static let generalAlarm: AlarmExpression = "STS:0x0149.15"
    private static let source1IsPreferred: AlarmExpression = "STS:0x0141.0"
    private static let onPreferredSource: AlarmExpression = "STS:0x0141.1"
    private static let onAlternateSource: AlarmExpression = "STS:0x0141.2"
    private static let loadOff: AlarmExpression = "STS:0x0141.3"

    private static let source1: [DeviceMap.Rule<TransferState.SourceStatus>] = [
        .init(.absent, when: "STS:0x0140.3"), .init(.outOfTolerance, when: "STS:0x0140.2"), .init(.critical, when: "STS:0x0140.1"),
        .init(.ok, when: "STS:0x0140.0"),
    ]

    private static let source2: [DeviceMap.Rule<TransferState.SourceStatus>] = [
        .init(.absent, when: "STS:0x0140.9"), .init(.outOfTolerance, when: "STS:0x0140.8"), .init(.critical, when: "STS:0x0140.7"),
        .init(.ok, when: "STS:0x0140.6"),
    ]

    private static let preferredSource: [DeviceMap.Rule<Int>] = [
        .init(1, when: source1IsPreferred), .init(2, when: !source1IsPreferred),
    ]

    /// Sources that are synchronised at this instant may still be sliding past each other.
    private static let interaction: [DeviceMap.Rule<TransferState.Interaction>] = [
        .init(.synchronised, when: "STS:0x0140.12"), .init(.sliding, when: "STS:0x0140.13"), .init(.asynchronous, when: "STS:0x0140.14"),
        .init(.synchronised, when: "STS:0x0140.15"),
    ]

    /// A manual bypass supplies the load whatever the switches do; otherwise the worst that is told counts.
    private static let load: [DeviceMap.Rule<TransferState.LoadStatus>] = [
        .init(.maintenanceBypass1, when: "STS:0x0141.4"), .init(.maintenanceBypass2, when: "STS:0x0141.5"), .init(.off, when: loadOff),
        .init(.alternateSource, when: onAlternateSource), .init(.preferredSource, when: onPreferredSource),
    ]

    private static let output: [DeviceMap.Rule<TransferState.OutputStatus>] = [
        .init(.switch1, when: "STS:0x0141.7"), .init(.switch2, when: "STS:0x0141.8"),
        .init(.off, when: !"STS:0x0141.7" & !"STS:0x0141.8"),
    ]

    /// What the system does: the first rule of each list that holds decides.
    @Sendable static func transfer(_ map: DeviceMap, _ registers: RegisterFile) -> TransferState {
        func first<Value>(_ rules: [DeviceMap.Rule<Value>]) -> Value? {
            rules.first { map.holds($0.expression, in: registers) }?.value
        }
        return TransferState(
            source1: first(source1) ?? .unknown, source2: first(source2) ?? .unknown, preferredSource: first(preferredSource),
            interaction: first(interaction) ?? .unknown, load: first(load) ?? .unknown, output: first(output) ?? .unknown)
    }
}
