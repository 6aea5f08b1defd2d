import PowerDevice
package import SNMP

extension MIBModule {
    /// The table of a group of lines, and the scalar that tells how many it has. Their names are alike in all modules.
    package struct LineTable: Sendable {
        let group: LineGroup
        /// The arc of the group below the module's root.
        let arc: UInt32
        /// The arcs of the count and the table below the group.
        let count: UInt32
        let table: UInt32
        /// RFC 1628's line numbers are told by the instances' names only.
        let hasReadableIndex: Bool

        static func all(inputCount: UInt32 = 1, hasReadableIndex: Bool) -> [LineTable] {
            [
                LineTable(group: .input, arc: 3, count: inputCount, table: 3, hasReadableIndex: hasReadableIndex),
                LineTable(group: .output, arc: 4, count: 3, table: 4, hasReadableIndex: hasReadableIndex),
                LineTable(group: .bypass, arc: 5, count: 2, table: 3, hasReadableIndex: hasReadableIndex),
            ]
        }
    }

    /// A column of the alarm table.
    package enum AlarmColumn: UInt32, Sendable, CaseIterable {
        case id = 1, description, time, text
    }

    /// What modules differ in below upsAlarm.
    package struct AlarmObjects: Sendable {
        /// The columns that can be read.
        let columns: [AlarmColumn]
        /// upsAlarmsPresent is a Gauge32, as in RFC 1628; an INTEGER in the vendor's MIBs, as everything there.
        let count: ObjectSyntax

        static let standard = AlarmObjects(columns: [.description, .time], count: .gauge32)
        static let vendor = AlarmObjects(columns: AlarmColumn.allCases, count: .integer())
    }

    /// One `ObjectType` for each object of a module, made of the tables by which it is read and served.
    package struct Declarations: Sendable {
        /// In the order of the module's tables.
        package let identity: [(field: IdentityObject.Field, type: ObjectType)]
        package let points: [ObjectType]
        package let lineCounts: [LineGroup: ObjectType]
        package let lineIndices: [LineGroup: ObjectType]
        package let outputSource: ObjectType
        package let batteryStatus: ObjectType
        package let alarmsPresent: ObjectType
        /// In the order of their numbers.
        package let alarmColumns: [(column: AlarmColumn, type: ObjectType)]
        package let alarmFlags: [ObjectType]
        package let tables: [ConceptualTable]

        package var all: [ObjectType] {
            identity.map(\.type) + [batteryStatus, outputSource] + points + lineCounts.values + lineIndices.values + [alarmsPresent]
                + alarmColumns.map(\.type) + alarmFlags
        }

        /// The string of a field; absent if the module has none.
        package func identity(_ field: IdentityObject.Field) -> ObjectType? { identity.first { $0.field == field }?.type }
    }
}

extension MIBModule.Declarations {
    init(
        root: OID, identity: [IdentityObject], points: [MIBPoint], lineTables: [MIBModule.LineTable], outputSource: ObjectSyntax,
        batteryStatus: ObjectSyntax, alarms: [WellKnownAlarm], alarmTable: MIBModule.AlarmObjects
    ) {
        self.identity = identity.map { ($0.field, $0.declaration(below: root)) }
        self.points = points.map { $0.declaration(below: root) }
        lineCounts = Dictionary(uniqueKeysWithValues: lineTables.map { ($0.group, $0.countDeclaration(below: root)) })
        lineIndices = Dictionary(
            uniqueKeysWithValues: lineTables.filter(\.hasReadableIndex).map { ($0.group, $0.indexDeclaration(below: root)) })
        self.outputSource = ObjectType(
            "upsOutputSource", root.appending(4, 1), outputSource, description: "Where the output power comes from.")
        self.batteryStatus = ObjectType("upsBatteryStatus", root.appending(2, 1), batteryStatus, description: "The state of the battery.")
        let alarm = root.appending(6)
        alarmsPresent = ObjectType(
            "upsAlarmsPresent", alarm.appending(1), alarmTable.count, description: "The number of conditions in upsAlarmTable.")
        alarmColumns = alarmTable.columns.map { ($0, $0.declaration(below: alarm.appending(2, 1))) }
        alarmFlags = alarms.enumerated().map { index, alarm in
            ObjectType(
                alarm.name, root.appending(6, 3, UInt32(index + 1)), .integer(0...1),
                description: "\(alarm.alarm.title). 1 while it lasts, else 0.")
        }
        tables =
            lineTables.map { $0.declaration(below: root) } + [
                ConceptualTable(
                    "upsAlarmTable", alarm.appending(2), entry: "upsAlarmEntry", index: ["upsAlarmId"],
                    description: "The conditions that there are now: a row for each well-known alarm whose flag is 1.",
                    rowDescription: "One condition. The row comes and goes with it.")
            ]
    }
}

extension IdentityObject {
    /// - Parameter device: What the module calls the device.
    func declaration(below root: OID, of device: String = "UPS") -> ObjectType {
        // The tail has the instance.
        let arcs = tail.split(separator: ".").dropLast().compactMap { UInt32($0) }
        return ObjectType(
            name, root.appending(arcs), .displayString(0...limit), access, description: field.meaning(of: device), reference: source)
    }
}

extension IdentityObject.Field {
    fileprivate func meaning(of device: String) -> String {
        switch self {
        case .manufacturer: "Who has made the \(device)."
        case .model: "The model of the \(device)."
        case .serial: "The serial number of the \(device)."
        case .upsFirmware: "The version of the \(device)'s own firmware."
        case .agent: "The kind and the version of the card's firmware."
        case .reference: "The owner's reference of the \(device)."
        case .unitName: "The owner's name of the \(device)."
        case .unitLocation: "Where the \(device) is, as the \(device) itself has it."
        case .systemName: "The same text as sysName."
        case .systemContact: "The same text as sysContact."
        case .systemLocation: "The same text as sysLocation."
        }
    }
}

extension MIBPoint {
    func declaration(below root: OID) -> ObjectType {
        let mark = zeroIsAbsent && unmanaged == 0 ? "" : " \(unmanaged) where the device does not tell it."
        return ObjectType(
            name, root.appending(tail: tail), .integer(), access, units: scale.units(of: variable.variable().unit),
            description: variable.meaning + mark, reference: source)
    }
}

extension LineGroup {
    /// The beginning of the group's names: `upsInput`.
    fileprivate var stem: String {
        switch self {
        case .input: "upsInput"
        case .output: "upsOutput"
        case .bypass: "upsBypass"
        }
    }
}

extension MIBModule.LineTable {
    private func oid(_ root: OID) -> OID { root.appending(arc, table) }

    fileprivate func countDeclaration(below root: OID) -> ObjectType {
        ObjectType(
            "\(group.stem)NumLines", root.appending(arc, count), .integer(), description: "The number of rows of \(group.stem)Table.")
    }

    fileprivate func indexDeclaration(below root: OID) -> ObjectType {
        ObjectType(
            "\(group.stem)LineIndex", oid(root).appending(1, 1), .integer(0...65535), description: "The number of the line, from 1 on.")
    }

    fileprivate func declaration(below root: OID) -> ConceptualTable {
        ConceptualTable(
            "\(group.stem)Table", oid(root), entry: "\(group.stem)Entry", index: ["\(group.stem)LineIndex"],
            description: "The lines: one of a single-phase UPS, else three.", rowDescription: "One line.")
    }
}

extension MIBModule.AlarmColumn {
    fileprivate func declaration(below entry: OID) -> ObjectType {
        let oid = entry.appending(rawValue)
        switch self {
        case .id:
            return ObjectType(
                "upsAlarmId", oid, .integer(1...Int32.max), description: "The number of the row, which it keeps as long as it is there.")
        case .description:
            return ObjectType(
                "upsAlarmDescr", oid, .autonomousType, description: "Which condition it is: the name of its flag, without an instance.")
        case .time:
            return ObjectType(
                "upsAlarmTime", oid, .timeStamp,
                description: "sysUpTime when the condition was found; 0 if it was there before the agent.")
        case .text:
            return ObjectType("upsAlarmExtDes", oid, .displayString(), description: "The condition in words.")
        }
    }
}
