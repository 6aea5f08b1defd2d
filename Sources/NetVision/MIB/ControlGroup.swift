package import SNMP

/// The group upsControl of a private branch: what the UPS is told to do, and when servers and UPS are shut down.
///
///     upsControl ─ 1 status, 2 delay, 3 turn off
///                ├ 4.1.{1 event, 2 status, 3 delay, 4 first warning, 5 interval}.event   a row for each event
///                ├ 5.1.{1 index, 2 day, 3 time, 4 day, 5 time}.row                        every week, 7 rows
///                ├ 6.1.{the same, with dates}.row                                         special days, 8 rows
///                └ 7.1.{the same, with days}.row                                          eco mode, 7 rows
package struct ControlGroup: Sendable {
    package let upsControlStatusControl: ObjectType
    package let upsShutdownDelay: ObjectType
    package let upsTurnOffAfterShutdown: ObjectType
    package let events: Events
    package let weekly: Schedule
    package let special: Schedule
    package let ecoMode: Schedule

    /// upsControlShutdownParamTable, upsControlShutdownParametersTable in the older branch.
    package struct Events: Sendable {
        /// upsControlEventIndex, a number; upsControlEventDescr in the older branch, a text.
        package let event: ObjectType
        package let upsControlEventStatus: ObjectType
        package let upsControlDelay: ObjectType
        package let upsControlFirstWarning: ObjectType
        package let upsControlWarningInterval: ObjectType
        package let table: ConceptualTable

        var all: [ObjectType] { [event, upsControlEventStatus, upsControlDelay, upsControlFirstWarning, upsControlWarningInterval] }
    }

    /// A table of times at which something begins, and ends.
    package struct Schedule: Sendable {
        package let index: ObjectType
        package let startDay: ObjectType
        package let startTime: ObjectType
        package let endDay: ObjectType
        package let endTime: ObjectType
        package let table: ConceptualTable

        var all: [ObjectType] { [index, startDay, startTime, endDay, endTime] }
    }

    package static let netVision7 = ControlGroup(.netVision7)
    package static let netVision6 = ControlGroup(.netVision6)

    /// Rows of the schedules; there are always that many.
    package static let weeklyRows = 7
    package static let specialRows = 8
    package static let ecoModeRows = 7

    private init(_ branch: UPSBranch) {
        let isOlder = branch == .netVision6
        let group = ObjectGroup(branch.control)
        upsControlStatusControl = group.scalar(
            1, "upsControlStatusControl", isOlder ? Self.olderOrders : Self.newerOrders,
            "What the UPS is told to do. Reads as what the UPS does: the number of the mode that it is in.")
        upsShutdownDelay = group.scalar(
            2, "upsShutdownDelay", .integer(), units: "seconds",
            "How long after the request to shut the servers down the UPS takes their supply away.")
        upsTurnOffAfterShutdown = group.scalar(
            3, "upsTurnOffAfterShutdown", .named("enable", "disable"),
            "Whether the UPS takes the supply away when the servers have been shut down.")
        events = Events(branch.control.appending(4), isOlder: isOlder)
        weekly = Schedule(
            branch.control.appending(5), "upsControlWeekly", ("Shutdown", "Restart"), rows: Self.weeklyRows, day: .weekday,
            "When servers and UPS are shut down and started again, every week anew. There are always seven rows.")
        special = Schedule(
            branch.control.appending(6), "upsControlSpecial", ("Shutdown", "Restart"), rows: Self.specialRows, day: .date,
            "When servers and UPS are shut down and started again, once. There are always eight rows.")
        ecoMode = Schedule(
            branch.control.appending(7), "upsControlEcoMode", ("Start", "End"), rows: Self.ecoModeRows, day: .weekday,
            "When the UPS is to be in eco mode, every week anew. There are always seven rows.")
    }

    private static let newerOrders = ObjectSyntax.named(
        "upsStandbyOn", "upsStandbyOff", "upsEcoMode", "upsNormalMode", "upsAlarmReset", "upsOnBypass", "upsOnInverter")
    /// From 6 on they mean something else than in the newer branch.
    private static let olderOrders = ObjectSyntax.named(
        "upsStandbyOn", "upsStandbyOff", "upsEcoMode", "upsNormalMode", "upsAlarmReset", "upsCommandReset", "upsBuzzerOff", "upsOnBypass",
        "upsOnInverter")

    package var all: [ObjectType] {
        [upsControlStatusControl, upsShutdownDelay, upsTurnOffAfterShutdown] + events.all + weekly.all + special.all + ecoMode.all
    }

    package var tables: [ConceptualTable] { [events.table, weekly.table, special.table, ecoMode.table] }
}

extension ControlGroup.Events {
    /// The longest name of an event in octets: it is a part of the names of its row's objects.
    package static let longestName = 63

    fileprivate init(_ oid: OID, isOlder: Bool) {
        let columns = ObjectGroup(oid.appending(1))
        event =
            isOlder
            ? columns.scalar(1, "upsControlEventDescr", .displayString(0...Self.longestName), .readOnly, "The event.")
            : columns.scalar(1, "upsControlEventIndex", .integer(0...65_535), .readOnly, "The number of the event.")
        upsControlEventStatus = columns.scalar(
            2, "upsControlEventStatus", isOlder ? .named("enable", "disable") : .named("disable", "warning", "clientShutdown"),
            "Whether the event shuts the servers down\(isOlder ? "" : ", or only warns them").")
        upsControlDelay = columns.scalar(
            3, "upsControlDelay", .integer(0...(isOlder ? 32_767 : 10_080)), units: "minutes",
            "From the event to the shutdown of the servers.")
        upsControlFirstWarning = columns.scalar(
            4, "upsControlFirstWarning", .integer(0...(isOlder ? 32_767 : 3_600)), units: "seconds",
            "From the event to the first warning of the servers.")
        upsControlWarningInterval = columns.scalar(
            5, "upsControlWarningInterval", .integer(0...(isOlder ? 32_767 : 3_600)), units: "seconds", "From one warning to the next.")
        table = ConceptualTable(
            isOlder ? "upsControlShutdownParametersTable" : "upsControlShutdownParamTable", oid,
            entry: isOlder ? "shutdownParametersEntry" : "shutdownParamEntry", index: [event.name],
            description: "What is done with the servers when something happens to the UPS. A row for each event, always.",
            rowDescription: "What one event does.")
    }

    /// The instance of the row of an event, by its text: the index of the older branch is as long as its first arc says (RFC 1212 §4.1.6).
    package static func index(_ name: String) -> [UInt32] {
        [UInt32(name.utf8.count)] + name.utf8.map(UInt32.init)
    }
}

extension ControlGroup.Schedule {
    fileprivate enum Day {
        case weekday
        case date

        var syntax: ObjectSyntax {
            switch self {
            case .weekday: .named("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "none")
            case .date: .displayString(10...10)
            }
        }

        var text: String {
            switch self {
            case .weekday: "none(8) in a row that is not used"
            case .date: "dd/mm/yyyy, 01/01/2017 in a row that is not used"
            }
        }
    }

    fileprivate init(
        _ oid: OID, _ stem: String, _ words: (begin: String, end: String), rows: Int, day: Day, _ description: String
    ) {
        let columns = ObjectGroup(oid.appending(1))
        let begin = words.begin == "Start" ? "eco mode begins" : "the shutdown begins"
        let end = words.end == "End" ? "eco mode ends" : "the UPS starts again"
        index = columns.scalar(1, "\(stem)Index", .integer(1...Int32(rows)), .readOnly, "The number of the row.")
        startDay = columns.scalar(2, "\(stem)\(words.begin)Day", day.syntax, "The day on which \(begin): \(day.text).")
        startTime = columns.scalar(3, "\(stem)\(words.begin)Time", .displayString(5...5), "When \(begin), as hh:mm.")
        endDay = columns.scalar(4, "\(stem)\(words.end)Day", day.syntax, "The day on which \(end): \(day.text).")
        endTime = columns.scalar(5, "\(stem)\(words.end)Time", .displayString(5...5), "When \(end), as hh:mm.")
        table = ConceptualTable(
            "\(stem)ScheduleTable", oid, entry: "\(stem)ScheduleEntry", index: ["\(stem)Index"], description: description,
            rowDescription: "One time, or a place for one.")
    }
}
