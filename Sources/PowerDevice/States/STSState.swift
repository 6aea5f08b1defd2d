/// The typed state of a static transfer system (manual ch. 13); its sources and the load are told by ``TransferState`` too.
package struct STSState: Sendable, Equatable {
    package var status: STSStatus
    package var facts: Set<Fact>
    /// The gravest of the active alarms.
    package var alarmLevel: Severity?

    package enum Fact: String, Sendable, CaseIterable {
        /// OK, critical or out of tolerance, but there.
        case source1Present
        case source2Present
        case source1Absent
        case source2Absent
        case notSynchronised
        case sliding
        case source1Preferred
        case onPreferred
        case onAlternate
        case onSource1
        case onSource2
        case switch1Closed
        case switch2Closed
        case switch1Alarm
        case switch2Alarm
        case maintenanceBypass1Closed
        case maintenanceBypass2Closed
        case imminentStop
        case transferImpossible
        case maintenanceAlarm
        case generalAlarm
    }

    package init(status: STSStatus = .unknown, facts: Set<Fact> = [], alarmLevel: Severity? = nil) {
        self.status = status
        self.facts = facts
        self.alarmLevel = alarmLevel
    }

    package func has(_ fact: Fact) -> Bool { facts.contains(fact) }
}

extension DeviceMap {
    /// The typed state of an STS, or nil for a UPS. `snapshot` is that of the same registers.
    package func stsState(of registers: RegisterFile, snapshot: DeviceSnapshot) -> STSState? {
        guard kind == .sts else { return nil }
        guard snapshot.state.isCommunicating else { return STSState() }
        let rules = stateRules
        let holds = { (expression: AlarmExpression) in self.holds(expression, in: registers) }
        let facts = Set(rules.transferFacts.filter { holds($0.value) }.keys)
        let level = snapshot.conditions.map(\.level).max() ?? (facts.contains(.generalAlarm) ? .warning : nil)
        return STSState(status: StateRules.first(rules.transferStatuses, holds) ?? .unknown, facts: facts, alarmLevel: level)
    }
}
