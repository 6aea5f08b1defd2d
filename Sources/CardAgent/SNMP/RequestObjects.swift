import NetVision
import PowerDevice
import SNMP

/// The objects of upsAgent that are set to 1 to make something happen, and its clock, in one branch.
///
///     upsAgent ─ 4 date, 5 time
///              └ 15 reset, 16 restart, 17 … 20 clear a log
struct RequestObjects {
    let group: AgentGroup
    let actions: CardActions

    /// What they read as: nothing(2).
    private static let nothing = SNMPValue.integer(2)

    func objects() -> [ManagedObject] {
        [
            request(group.upsAgentResetToDefault, actions.resetToDefault), request(group.upsAgentRestart, actions.restart),
            clearing(group.upsAgentClearAgentLog, .cardEvents), clearing(group.upsAgentClearEventLog, .deviceEvents),
            clearing(group.upsAgentClearExtHistoryLog, .extendedHistory), clearing(group.upsAgentClearHistoryLog, .history),
        ] + clock()
    }

    private func request(_ type: ObjectType, _ action: @escaping @Sendable (ChangeOrigin) -> Void) -> ManagedObject {
        let handler = WriteHandler(
            perform: { value, requester in
                if value != Self.nothing { action(ChangeOrigin(.snmp, by: "\(requester)")) }
                return true
            },
            // What has been done can't be taken back.
            undo: { _ in false })
        return ManagedObject(type, Self.nothing, write: handler)
    }

    private func clearing(_ type: ObjectType, _ log: LogKind) -> ManagedObject {
        request(type) { [actions] origin in actions.clear(log, origin) }
    }

    // MARK: - Clock

    private func clock() -> [ManagedObject] {
        let clock = actions.clock
        let setting = ClockGroup(clock)
        return [
            ManagedObject(group.upsAgentDate, write: WriteHandler(setting, key: ClockGroup.Part.date.rawValue)) {
                .text(clock.localNow.dateText)
            },
            ManagedObject(group.upsAgentTime, write: WriteHandler(setting, key: ClockGroup.Part.time.rawValue)) {
                .text(clock.localNow.timeText)
            },
        ]
    }
}
