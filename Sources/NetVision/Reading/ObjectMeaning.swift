import PowerDevice
import SNMP

/// What an object instance tells about a device, and how far its module is to be believed.
struct ObjectMeaning: Sendable {
    enum Role: Sendable {
        case reading(MIBCell)
        case lineCount(LineGroup)
        case outputSource
        case batteryStatus
        case alarmsPresent
        case alarm(Alarm)
    }

    /// The module's place among the generation's modules, 0 the best.
    let rank: Int
    /// The object's place in its module's tables: of two objects for one variable the earlier is believed.
    let order: Int
    let role: Role
}

/// The meaning of every object that cards of one generation answer.
struct ObjectMeanings: Sendable {
    let modules: [MIBModule]
    private let meanings: [OID: ObjectMeaning]

    subscript(object: OID) -> ObjectMeaning? { meanings[object] }

    /// The rank of the module whose alarm table has this instance of upsAlarmDescr.
    func rank(ofAlarmRow object: OID) -> Int? {
        modules.firstIndex { object.isDescendant(of: $0.alarmDescriptions) }
    }

    private init(_ modules: [MIBModule]) {
        self.modules = modules
        var meanings: [OID: ObjectMeaning] = [:]
        for (rank, module) in modules.enumerated() {
            for (order, (object, role)) in Self.objects(of: module).enumerated() {
                meanings[object] = ObjectMeaning(rank: rank, order: order, role: role)
            }
        }
        self.meanings = meanings
    }

    private static func objects(of module: MIBModule) -> [(OID, ObjectMeaning.Role)] {
        let readings = module.cells.map { ($0.object, ObjectMeaning.Role.reading($0)) }
        let counts = LineGroup.allCases.compactMap { group in
            module.lineCountObject(group).map { ($0, ObjectMeaning.Role.lineCount(group)) }
        }
        let alarms = zip(module.alarmFlags, module.alarms).map { ($0, ObjectMeaning.Role.alarm($1)) }
        let states: [(OID, ObjectMeaning.Role)] = [
            (module.batteryStatusObject, .batteryStatus), (module.outputSourceObject, .outputSource),
            (module.alarmsPresentObject, .alarmsPresent),
        ]
        return readings + counts + alarms + states
    }

    private static let byGeneration = Dictionary(
        uniqueKeysWithValues: CardGeneration.allCases.map { ($0, ObjectMeanings($0.modules)) })

    static func of(_ generation: CardGeneration) -> ObjectMeanings { byGeneration[generation] ?? ObjectMeanings(generation.modules) }

    /// The alarms by what any module's upsAlarmDescr calls them: a table may name another module's alarms.
    static let describedAlarms: [OID: Alarm] = {
        let modules: [MIBModule] = [.netVision7, .netVision6, .rfc1628]
        let pairs = modules.flatMap { module in module.alarms.enumerated().map { (module.alarmDescription($0.offset + 1), $0.element) } }
        return Dictionary(uniqueKeysWithValues: pairs)
    }()
}
