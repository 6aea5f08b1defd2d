import PowerDevice
import SNMP

/// What an object instance tells about a device, and how far its group is to be believed.
struct ObjectMeaning: Sendable {
    enum Role: Sendable {
        case reading(ProfileCell)
        case lineCount(LineGroup)
        case outputSource([Int: OutputSource])
        case batteryStatus([Int: BatteryStatus])
        case transfer(TransferPart, [Int: String])
        case alarmCount
        case alarms([ProfileAlarm])
    }

    /// The group's place among the profile's groups, 0 the best.
    let rank: Int
    /// The object's place in its group's tables: of two objects for one variable the earlier is believed.
    let order: Int
    let role: Role
}

/// The meaning of every object that cards of one profile answer.
struct ObjectMeanings: Sendable {
    let groups: [ProfileGroup]
    private let meanings: [OID: ObjectMeaning]
    /// The columns of the alarm tables, with their groups' ranks.
    private let alarmTables: [(column: OID, rank: Int)]

    subscript(object: OID) -> ObjectMeaning? { meanings[object] }

    /// The rank of the group whose alarm table has this instance of upsAlarmDescr.
    func rank(ofAlarmRow object: OID) -> Int? { alarmTables.first { object.isDescendant(of: $0.column) }?.rank }

    init(_ groups: [ProfileGroup]) {
        self.groups = groups
        var meanings: [OID: ObjectMeaning] = [:]
        for (rank, group) in groups.enumerated() {
            for (order, (object, role)) in Self.objects(of: group).enumerated() where meanings[object] == nil {
                meanings[object] = ObjectMeaning(rank: rank, order: order, role: role)
            }
        }
        self.meanings = meanings
        alarmTables = groups.enumerated().compactMap { rank, group in group.alarmTable.map { ($0, rank) } }
    }

    private static func objects(of group: ProfileGroup) -> [(OID, ObjectMeaning.Role)] {
        var objects = group.cells.map { ($0.object, ObjectMeaning.Role.reading($0)) }
        objects += group.lineCounts.map { ($0.object, .lineCount($0.lines)) }
        objects += Dictionary(grouping: group.alarms, by: \.object).map { ($0, .alarms($1)) }
        objects += group.transfer.map { ($0.object, .transfer($0.part, $0.values)) }
        if let state = group.batteryStatus { objects.append((state.object, .batteryStatus(state.values))) }
        if let state = group.outputSource { objects.append((state.object, .outputSource(state.values))) }
        if let count = group.alarmCount { objects.append((count, .alarmCount)) }
        return objects
    }

    /// The alarms by what any module's upsAlarmDescr calls them: a table may name another module's alarms.
    static let describedAlarms: [OID: Alarm] = {
        let modules: [MIBModule] = [.netVision7, .netVision6, .rfc1628]
        let pairs = modules.flatMap { module in module.alarms.enumerated().map { (module.alarmDescription($0.offset + 1), $0.element) } }
        return Dictionary(uniqueKeysWithValues: pairs)
    }()
}
