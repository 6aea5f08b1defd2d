import NetVision
import SNMP

// upsControl: when servers and UPS are shut down, and eco mode.

extension SettingObject {
    static func control(_ group: ControlGroup, _ dialect: Dialect) -> [SettingObject] {
        let general = [
            SettingObject(group.upsShutdownDelay, "shutdown.ups-shut-off-delay", .number),
            SettingObject(group.upsTurnOffAfterShutdown, "shutdown.ups-shut-off", .enabled),
        ]
        return general + events(group.events, dialect)
            + schedule(group.weekly, "weekly-schedule", ("shutdown", "restart"), rows: ControlGroup.weeklyRows, day: ("day", weekdays))
            + schedule(group.special, "special-schedule", ("shutdown", "restart"), rows: ControlGroup.specialRows, day: ("date", .text))
            + schedule(group.ecoMode, "eco-mode", ("start", "end"), rows: ControlGroup.ecoModeRows, day: ("day", weekdays))
    }

    private static let weekdays = SettingCoding.words(
        (SettingsTable.weekdays + ["none"]).enumerated().map { (Int32($0 + 1), $1) })

    /// The index of an event's row: its number, or in the older branch its name.
    static func eventIndex(_ number: Int, in events: ControlGroup.Events) -> [UInt32] {
        guard case .displayString = events.event.syntax else { return [UInt32(number)] }
        return ControlGroup.Events.index(SettingsTable.shutdownEvents[number - 1].title)
    }

    private static func events(_ events: ControlGroup.Events, _ dialect: Dialect) -> [SettingObject] {
        SettingsTable.shutdownEvents.enumerated().flatMap { position, event in
            let index = eventIndex(position + 1, in: events)
            let section = "shutdown-\(event.key)"
            return [
                SettingObject(events.upsControlEventStatus, index: index, "\(section).action", .words(dialect.eventActions)),
                SettingObject(events.upsControlDelay, index: index, "\(section).warning-period", .number),
                SettingObject(events.upsControlFirstWarning, index: index, "\(section).first-warning", .number),
                SettingObject(events.upsControlWarningInterval, index: index, "\(section).warning-interval", .number),
            ]
        }
    }

    private static func schedule(
        _ table: ControlGroup.Schedule, _ section: String, _ words: (begin: String, end: String), rows: Int,
        day: (key: String, coding: SettingCoding)
    ) -> [SettingObject] {
        (1...rows).flatMap { row in
            let begin = "\(section)-\(row).\(words.begin)"
            let end = "\(section)-\(row).\(words.end)"
            return [
                SettingObject(table.startDay, row: row, "\(begin)-\(day.key)", day.coding),
                SettingObject(table.startTime, row: row, "\(begin)-time", .text),
                SettingObject(table.endDay, row: row, "\(end)-\(day.key)", day.coding),
                SettingObject(table.endTime, row: row, "\(end)-time", .text),
            ]
        }
    }
}
