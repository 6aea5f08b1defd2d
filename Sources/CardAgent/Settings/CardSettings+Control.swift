import NetVision
import PowerDevice

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
