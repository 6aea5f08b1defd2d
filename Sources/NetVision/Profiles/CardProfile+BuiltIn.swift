import PowerDevice
import SNMP

/// The profiles of the cards that we know, made of the tables by which CardAgent serves the same objects: there is one copy of each fact.
extension CardProfile {
    static let builtIn: [CardProfile] = [
        ups(.netVision5, "NET VISION 4 and 5"), ups(.netVision6, "NET VISION 6"), ups(.netVision7, "NET VISION 7"),
        ups(.netVision8, "NET VISION 8"), ups(.cardAgent, "CardAgent, which answers as a NET VISION 8"),
        ups(.rfc1628, "A UPS of any make, by UPS-MIB (RFC 1628)"), transferSwitch,
        registers(.vuMap, "A UPS with VU-MAP, by Modbus TCP"), registers(.jbusp, "An older UPS with JBUSP, by Modbus TCP"),
    ]

    private static let byGeneration = Dictionary(
        uniqueKeysWithValues: CardGeneration.allCases.compactMap { generation in
            builtIn.first { $0.name == generation.rawValue }.map { (generation, $0) }
        })

    /// The built-in profile of a card: by its generation, which its version string alone has told.
    static func builtIn(for generation: CardGeneration, _ kind: DeviceKind) -> CardProfile {
        switch kind {
        case .ups: byGeneration[generation] ?? ups(generation, generation.rawValue)
        case .sts: transferSwitch
        }
    }

    private static func ups(_ generation: CardGeneration, _ title: String) -> CardProfile {
        CardProfile(
            name: generation.rawValue, title: title, generation: generation, kind: .ups,
            identity: generation.modules.flatMap(rows) + systemRows, groups: generation.modules.map(ProfileGroup.init(of:)))
    }

    private static let transferSwitch = CardProfile(
        name: "STS", title: "A static transfer system with a NET VISION, by SNMP or Modbus TCP", generation: .netVision8, kind: .sts,
        identity: TransferModule.standard.declarations.identity.compactMap { row in
            IdentityRow.Field(row.field).map { IdentityRow(field: $0, object: row.type.scalar) }
        } + systemRows, groups: [ProfileGroup(of: .standard)], registers: RegisterProfile(map: .sts))

    private static func registers(_ map: DeviceMap, _ title: String) -> CardProfile {
        CardProfile(
            name: map.name, title: title, generation: .netVision8, kind: map.kind, identity: [], groups: [],
            registers: RegisterProfile(map: map))
    }

    private static func rows(of module: MIBModule) -> [IdentityRow] {
        module.identity.compactMap { row in IdentityRow.Field(row.field).map { IdentityRow(field: $0, object: module.object(row.tail)) } }
    }

    private static let systemRows: [IdentityRow] = [
        IdentityRow(field: .name, object: SystemObjects.name), IdentityRow(field: .contact, object: SystemObjects.contact),
        IdentityRow(field: .location, object: SystemObjects.location),
    ]
}

extension CardProfile.IdentityRow.Field {
    /// What a string of an ident group tells of the card; nil for those that only people read.
    init?(_ field: IdentityObject.Field) {
        switch field {
        case .manufacturer: self = .manufacturer
        case .model: self = .model
        case .serial: self = .serial
        case .upsFirmware: self = .firmware
        case .agent: self = .agent
        case .systemName: self = .name
        case .systemContact: self = .contact
        case .systemLocation: self = .location
        case .reference, .unitName, .unitLocation: return nil
        }
    }
}

extension ProfileGroup {
    /// The group of a UPS's MIB.
    init(of module: MIBModule) {
        self.init(name: module.name)
        points = zip(module.points, module.declarations.points).map(ProfilePoint.init)
        lineCounts = LineGroup.allCases.compactMap { group in module.lineCountObject(group).map { LineCount(lines: group, object: $0) } }
        outputSource = StateObject(object: module.outputSourceObject, values: module.outputSource.values)
        batteryStatus = StateObject(object: module.batteryStatusObject, values: module.batteryStatus.values)
        alarmCount = module.alarmsPresentObject
        alarmTable = module.alarmDescriptions
        alarms = zip(module.alarmFlags, module.alarms).map { ProfileAlarm(object: $0, test: .equals(1), alarm: $1) }
    }

    /// The group of the transfer systems' MIB.
    init(of module: TransferModule) {
        self.init(name: "SOCOMECUPSSTS-MIB")
        let declarations = module.declarations
        points = zip(module.points, declarations.points).map(ProfilePoint.init)
        lineCounts = declarations.lineTables.map { LineCount(lines: $0.lines, object: $0.count.scalar) }
        transfer = zip(TransferPart.allCases, zip(module.states, declarations.states)).map { part, row in
            TransferRow(part: part, object: row.1.scalar, values: part.words(of: row.0))
        }
        alarms = zip(module.alarmFlags, module.alarms).map { ProfileAlarm(object: $0, test: .equals(1), alarm: $1) }
    }
}

extension ProfilePoint {
    fileprivate init(_ point: MIBPoint, _ type: ObjectType) {
        let isStatus = ReadPlan.statusVariables.contains(point.variable.variable()) || point.variable == "output.{L}.power.percent"
        self.init(
            point.variable, point.lines == nil ? type.scalar : type.oid, lines: point.lines, reading: point.reading,
            poll: isStatus ? .status : .full)
    }
}

extension TransferPart {
    /// What the numbers of the part's object stand for.
    fileprivate func words(of object: TransferObject) -> [Int: String] {
        guard case .enumeration(let numbers) = object.syntax else { return [:] }
        let pairs = numbers.map { named in
            var state = TransferState()
            object.store(&state, Int(named.number))
            return (Int(named.number), word(in: state))
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }
}
