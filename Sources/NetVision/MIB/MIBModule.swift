package import PowerDevice
package import SNMP

/// What one MIB says about a UPS: a branch of the object tree with its points, its enumerations and its alarms.
///
/// All three modules number their groups alike (they descend from RFC 1628): 2.1 is the battery status, 4.1 the output source, 6.1 the number
/// of alarms, 6.2.1 the alarm table, 6.3 the well-known alarms.
///
///     root ─ 1 ident ─ 2 battery ─ 3 input ─ 4 output ─ 5 bypass ─ 6 alarm ─ …
///                       └ 1 status           └ 1 source            ├ 1 alarmsPresent.0
///                                                                  ├ 2.1.{1 id, 2 descr, 3 time, 4 text}.id
///                                                                  └ 3.n.0   flag of the well-known alarm n
package struct MIBModule: Sendable {
    /// The module's name in its file.
    package let name: String
    package let root: OID
    /// The strings of the ident group, in the MIB's order.
    package let identity: [IdentityObject]
    package let points: [MIBPoint]
    package let outputSource: MIBEnumeration<OutputSource>
    package let batteryStatus: MIBEnumeration<BatteryStatus>
    /// The well-known alarms: number `n` is `alarms[n - 1]`.
    package let alarms: [Alarm]
    /// What each object of the module is declared as.
    package let declarations: Declarations

    /// The instances of the points, in the MIB's order; columns with a row for each possible line.
    package let cells: [MIBCell]
    /// The flags of the well-known alarms, in the order of their numbers.
    package let alarmFlags: [OID]

    /// Rows of line tables that are understood; no device has more phases.
    package static let maximumLines = 3

    init(
        name: String, root: OID, identity: [IdentityObject], points: [MIBPoint], lineTables: [LineTable],
        outputSource: MIBEnumeration<OutputSource>, batteryStatus: MIBEnumeration<BatteryStatus>, alarms: [WellKnownAlarm],
        alarmTable: AlarmObjects
    ) {
        self.name = name
        self.root = root
        self.identity = identity
        self.points = points
        self.outputSource = outputSource
        self.batteryStatus = batteryStatus
        self.alarms = alarms.map(\.alarm)
        let declarations = Declarations(
            root: root, identity: identity, points: points, lineTables: lineTables, outputSource: outputSource.syntax,
            batteryStatus: batteryStatus.syntax, alarms: alarms, alarmTable: alarmTable)
        self.declarations = declarations
        cells = zip(points, declarations.points).flatMap { point, type in
            (1...(point.lines == nil ? 1 : Self.maximumLines)).map { MIBCell(point, type, line: $0) }
        }
        alarmFlags = declarations.alarmFlags.map(\.scalar)
    }
}

extension MIBModule {
    /// The object below the root with these arcs; an instance is part of them.
    package func object(_ tail: String) -> OID { root.appending(tail: tail) }

    package var outputSourceObject: OID { declarations.outputSource.scalar }
    package var batteryStatusObject: OID { declarations.batteryStatus.scalar }
    package var alarmsPresentObject: OID { declarations.alarmsPresent.scalar }
    /// The column upsAlarmDescr, whose instances are the numbers of the rows.
    package var alarmDescriptions: OID { object("6.2.1.2") }

    /// The scalar that tells how many lines of a group there are.
    package func lineCountObject(_ group: LineGroup) -> OID? { declarations.lineCounts[group]?.scalar }

    /// What upsAlarmDescr and the traps 3 and 4 call the well-known alarm `number` (1…).
    package func alarmDescription(_ number: Int) -> OID { object("6.3.\(number)") }
}

extension MIBModule {
    /// The numbers of those of its well-known alarms that are among `alarms`; one alarm may have several.
    package func alarmNumbers(of alarms: Set<Alarm>) -> Set<Int> {
        Set(self.alarms.indices.lazy.filter { alarms.contains(self.alarms[$0]) }.map { $0 + 1 })
    }
}

/// A well-known alarm of a MIB: the name that it has there, and what it means to the fleet.
package struct WellKnownAlarm: Sendable {
    package let name: String
    package let alarm: Alarm

    init(_ name: String, _ alarm: Alarm) {
        self.name = name
        self.alarm = alarm
    }

    /// One of the fleet's alarms, which has its name from this MIB.
    init(_ alarm: Alarm) { self.init(alarm.name, alarm) }

    /// An alarm that no other MIB has.
    init(_ name: String, _ title: String, _ severity: Severity) { self.init(Alarm(name, title, severity)) }
}

/// A string of a MIB's ident group.
package struct IdentityObject: Sendable {
    package enum Field: Sendable, Hashable {
        case manufacturer, model, serial, upsFirmware, agent, reference, unitName, unitLocation, systemName, systemContact, systemLocation
    }

    /// The arcs below the module's root, with the instance.
    package let tail: String
    package let name: String
    package let field: Field
    /// The most octets that the MIB allows.
    package let limit: Int
    package let access: ObjectType.Access
    /// Where the object comes from, if not from the module as a whole.
    package let source: String?

    init(
        _ tail: String, _ name: String, _ field: Field, limit: Int, access: ObjectType.Access = .readOnly, source: String? = nil
    ) {
        self.tail = tail
        self.name = name
        self.field = field
        self.limit = limit
        self.access = access
        self.source = source
    }
}
