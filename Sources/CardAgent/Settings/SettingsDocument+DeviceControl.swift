/// What the card does with its UPS.
///
///     [ups-control]
///     sync-ups-clock = disabled
///     shutdown-delay = 60
///     turn-off-after-shutdown = disabled
///     auto-restart = disabled
///     eco-mode-1 = monday 22:00 tuesday 06:00
///     …
///     eco-mode-7 = none 00:00 none 00:00
///
/// A row of the eco mode schedule: the day and the time at which it begins, and those at which it ends.
extension SettingsDocument {
    static let deviceControl: [Entry] =
        [
            flag(section, "sync-ups-clock", \.control.synchronisesClock),
            shutdownDelay,
            flag(section, "turn-off-after-shutdown", \.control.turnsOffAfterShutdown),
            flag(section, "auto-restart", \.control.restartsAutomatically),
        ] + (0..<EcoModeSchedule.count).map(ecoMode)

    private static let section = "ups-control"

    private static let shutdownDelay = Entry(section: section, key: "shutdown-delay") { settings, _ in
        "\(settings.control.shutdownDelay)"
    } write: { settings, value, _ in
        guard let delay = Int32(value), ControlSettings.shutdownDelays.contains(delay) else { return nil }
        settings.control.shutdownDelay = delay
        return ()
    }

    private static func ecoMode(_ row: Int) -> Entry {
        Entry(section: section, key: "eco-mode-\(row + 1)") { settings, _ in
            settings.control.ecoMode[row].words
        } write: { settings, value, _ in
            guard let new = EcoModeSchedule.Row(words: value) else { return nil }
            settings.control.ecoMode[row] = new
            return ()
        }
    }
}
