import NetVision
import SNMP

/// Objects of the private branches that always have the same value: the numbers of rows, the version of the MIB.
enum FixedObjects {
    static func objects(_ part: SettingObject.Part) -> [ManagedObject] {
        switch part {
        case .agent: agent
        case .ups: ups
        case .olderBranch: olderBranch
        }
    }

    /// MIB 8.11 and MIB 6.20.
    private static let agent = agent(.netVision7, mibVersion: 811)
    private static let ups = control(.netVision7)
    private static let olderBranch = agent(.netVision6, mibVersion: 620) + communities + control(.netVision6)

    private static func agent(_ group: AgentGroup, mibVersion: Int32) -> [ManagedObject] {
        [ManagedObject(group.upsAgentMibVersion, .integer(mibVersion)), ManagedObject(group.upsAgentTrapString, .text(""))]
            + numbers(group.receivers.trapsIndex, AgentGroup.rows) + numbers(group.guests.index, AgentGroup.rows)
    }

    /// What is not a setting in upsAgentAccessControlTable: the addresses, and the rows from 3 on.
    private static let communities: [ManagedObject] = (1...UInt32(AgentGroup.rows)).flatMap { row in
        let table = AgentGroup.netVision6.guests
        let address = ManagedObject(table.address, row: row, .text(""))
        return row < 3
            ? [address] : [address, ManagedObject(table.extent, row: row, .text("")), ManagedObject(table.mode, row: row, .integer(3))]
    }

    private static func control(_ group: ControlGroup) -> [ManagedObject] {
        let events = SettingsTable.shutdownEvents.enumerated().map { position, event in
            let type = group.events.event
            let index = SettingObject.eventIndex(position + 1, in: group.events)
            let isText = if case .displayString = type.syntax { true } else { false }
            return ManagedObject(type, named: type.oid.appending(index), isText ? .text(event.title) : .integer(Int32(position + 1)))
        }
        return events + numbers(group.weekly.index, ControlGroup.weeklyRows) + numbers(group.special.index, ControlGroup.specialRows)
            + numbers(group.ecoMode.index, ControlGroup.ecoModeRows)
    }

    private static func numbers(_ type: ObjectType, _ rows: Int) -> [ManagedObject] {
        (1...rows).map { ManagedObject(type, row: UInt32($0), .integer(Int32($0))) }
    }
}
