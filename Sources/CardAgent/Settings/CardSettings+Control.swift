import NetVision
import PowerDevice

/// "Shutdown Management" with its schedules (manual §12.7.5, §12.8, §12.8.2): what the shutdown agents are told, and when.
struct ShutdownSettings: Equatable, Sendable {
    struct Event: Equatable, Sendable {
        enum Action: String, Sendable, CaseIterable {
            case disabled
            case warning
            case clientShutdown = "client-shutdown"
        }

        var action: Action
        /// "Warning Period": minutes from the event to the shutdown command.
        var delay: Int
        /// Seconds from the event to the first warning.
        var firstWarning: Int
        /// Seconds from one warning to the next.
        var interval: Int
    }

    /// A period that comes every week.
    typealias Week = EcoModeSchedule.Row

    struct Special: Equatable, Sendable {
        /// `dd/mm/yyyy`.
        var shutdownDate: String
        var shutdownTime: TimeOfDay
        var restartDate: String
        var restartTime: TimeOfDay
    }

    /// 13, in the order of `SettingsTable.shutdownEvents`.
    var events: [Event]
    /// 7; start is the shutdown, end the restart.
    var weekly: [Week]
    /// 8.
    var special: [Special]
}

extension CardSettings {
    private struct WeekKeys {
        let startDay: SettingKey
        let startTime: SettingKey
        let endDay: SettingKey
        let endTime: SettingKey

        init(_ section: String, _ start: String, _ end: String) {
            startDay = SettingKey(known: "\(section).\(start)-day")
            startTime = SettingKey(known: "\(section).\(start)-time")
            endDay = SettingKey(known: "\(section).\(end)-day")
            endTime = SettingKey(known: "\(section).\(end)-time")
        }
    }

    private func week(_ keys: WeekKeys) -> EcoModeSchedule.Row {
        EcoModeSchedule.Row(
            startDay: Weekday(word: values[text: keys.startDay]), startTime: TimeOfDay(values[text: keys.startTime]) ?? .midnight,
            endDay: Weekday(word: values[text: keys.endDay]), endTime: TimeOfDay(values[text: keys.endTime]) ?? .midnight)
    }

    private mutating func setWeek(_ keys: WeekKeys, _ row: EcoModeSchedule.Row) {
        values[text: keys.startDay] = row.startDay?.word ?? "none"
        values[text: keys.startTime] = "\(row.startTime)"
        values[text: keys.endDay] = row.endDay?.word ?? "none"
        values[text: keys.endTime] = "\(row.endTime)"
    }
}

// MARK: - Control

extension CardSettings {
    private enum ControlKey {
        static let clock = SettingKey(known: "date-time.sync-ups-clock")
        static let delay = SettingKey(known: "shutdown.ups-shut-off-delay")
        static let shutOff = SettingKey(known: "shutdown.ups-shut-off")
        static let autoRestart = SettingKey(known: "shutdown.auto-restart")
        static let ecoMode = (1...EcoModeSchedule.count).map { WeekKeys("eco-mode-\($0)", "start", "end") }
    }

    /// What the card does with its UPS (manual §12.7, §12.8.2, §15.1).
    var control: ControlSettings {
        get {
            var control = ControlSettings(
                synchronisesClock: values[flag: ControlKey.clock], shutdownDelay: Int32(clamping: values[number: ControlKey.delay]),
                turnsOffAfterShutdown: values[flag: ControlKey.shutOff], restartsAutomatically: values[flag: ControlKey.autoRestart])
            for (row, keys) in ControlKey.ecoMode.enumerated() { control.ecoMode[row] = week(keys) }
            return control
        }
        set {
            values[flag: ControlKey.clock] = newValue.synchronisesClock
            values[number: ControlKey.delay] = Int(newValue.shutdownDelay)
            values[flag: ControlKey.shutOff] = newValue.turnsOffAfterShutdown
            values[flag: ControlKey.autoRestart] = newValue.restartsAutomatically
            for (row, keys) in ControlKey.ecoMode.enumerated() { setWeek(keys, newValue.ecoMode[row]) }
        }
    }
}

// MARK: - Shutdown

extension CardSettings {
    private struct EventKeys {
        let action: SettingKey
        let delay: SettingKey
        let firstWarning: SettingKey
        let interval: SettingKey
    }

    private struct SpecialKeys {
        let shutdownDate: SettingKey
        let shutdownTime: SettingKey
        let restartDate: SettingKey
        let restartTime: SettingKey
    }

    private enum ShutdownKey {
        static let events = SettingsTable.shutdownEvents.map { event in
            EventKeys(
                action: SettingKey(known: "shutdown-\(event.key).action"), delay: SettingKey(known: "shutdown-\(event.key).warning-period"),
                firstWarning: SettingKey(known: "shutdown-\(event.key).first-warning"),
                interval: SettingKey(known: "shutdown-\(event.key).warning-interval"))
        }
        static let weekly = (1...7).map { WeekKeys("weekly-schedule-\($0)", "shutdown", "restart") }
        static let special = (1...8).map { row in
            SpecialKeys(
                shutdownDate: SettingKey(known: "special-schedule-\(row).shutdown-date"),
                shutdownTime: SettingKey(known: "special-schedule-\(row).shutdown-time"),
                restartDate: SettingKey(known: "special-schedule-\(row).restart-date"),
                restartTime: SettingKey(known: "special-schedule-\(row).restart-time"))
        }
    }

    var shutdown: ShutdownSettings {
        get {
            ShutdownSettings(
                events: ShutdownKey.events.map { keys in
                    ShutdownSettings.Event(
                        action: .init(rawValue: values[text: keys.action]) ?? .disabled, delay: values[number: keys.delay],
                        firstWarning: values[number: keys.firstWarning], interval: values[number: keys.interval])
                },
                weekly: ShutdownKey.weekly.map(week),
                special: ShutdownKey.special.map { keys in
                    ShutdownSettings.Special(
                        shutdownDate: values[text: keys.shutdownDate],
                        shutdownTime: TimeOfDay(values[text: keys.shutdownTime]) ?? .midnight,
                        restartDate: values[text: keys.restartDate], restartTime: TimeOfDay(values[text: keys.restartTime]) ?? .midnight)
                })
        }
        set {
            for (keys, event) in zip(ShutdownKey.events, newValue.events) {
                values[text: keys.action] = event.action.rawValue
                values[number: keys.delay] = event.delay
                values[number: keys.firstWarning] = event.firstWarning
                values[number: keys.interval] = event.interval
            }
            for (keys, row) in zip(ShutdownKey.weekly, newValue.weekly) { setWeek(keys, row) }
            for (keys, row) in zip(ShutdownKey.special, newValue.special) {
                values[text: keys.shutdownDate] = row.shutdownDate
                values[text: keys.shutdownTime] = "\(row.shutdownTime)"
                values[text: keys.restartDate] = row.restartDate
                values[text: keys.restartTime] = "\(row.restartTime)"
            }
        }
    }
}
