import PowerDevice

// MARK: - Logs

extension CardEvent {
    /// A log has been emptied by somebody.
    static func cleared(_ log: LogKind) -> CardEvent {
        switch log {
        case .history: CardEvent(.information, "History log cleared")
        case .extendedHistory: CardEvent(.information, "Extended history log cleared")
        case .deviceEvents: CardEvent(.information, "UPS event log cleared")
        case .cardEvents: CardEvent(.information, "NET VISION UPS Agent event log cleared")
        case .sensorHistory: CardEvent(.information, "EMD history log cleared")
        }
    }

    /// The fields of a log are not those that its records were written with: it begins anew.
    static func recreated(_ log: LogKind) -> CardEvent {
        switch log {
        case .history: CardEvent(.warning, "History log schema changed. Log has been re-created.")
        case .extendedHistory: CardEvent(.warning, "Extended history log schema changed. Log has been re-created.")
        case .deviceEvents: CardEvent(.warning, "UPS event log schema changed. Log has been re-created.")
        case .cardEvents: CardEvent(.warning, "NET VISION UPS Agent event log schema changed. Log has been re-created.")
        case .sensorHistory: CardEvent(.warning, "EMD history log schema changed. Log has been re-created.")
        }
    }

    static let historyIntervalChanged = CardEvent(.information, "History log interval changed")
    static let extendedHistoryIntervalChanged = CardEvent(.information, "Extended history log interval changed")

    /// The logs' file could not be read, and has been put aside.
    static let logFileDamaged = CardEvent(.warning, "Log file damaged. Logs have been re-created.")

    /// Records that could not be kept until there was room for them.
    static func recordsLost(_ count: Int) -> CardEvent { CardEvent(.warning, "\(count) log record(s) lost") }
}

// MARK: - Sessions and accounts

extension CardEvent {
    /// Somebody has logged in; trap 40.
    static func sessionOpened(_ user: String, by origin: ChangeOrigin) -> CardEvent {
        CardEvent(.information, "Session of \(user) opened via \(origin)")
    }

    /// - Parameter reason: such as "logout", "timeout" or "another session".
    static func sessionClosed(_ user: String, reason: String) -> CardEvent {
        CardEvent(.information, "Session of \(user) closed (\(reason))")
    }

    /// Too many wrong passwords; trap 41.
    static func accountLocked(_ user: String, by origin: ChangeOrigin) -> CardEvent {
        CardEvent(.warning, "Account \(user) locked via \(origin)")
    }

    /// New firmware was not healthy: the card runs the version before.
    ///
    /// - Parameter reason: which version, and what was wrong with it.
    static func firmwareFallback(_ reason: String) -> CardEvent {
        CardEvent(.warning, "Firmware fallback: \(reason)")
    }
}

// MARK: - Environment sensor

extension CardEvent {
    /// A condition of the sensor has begun, become critical, or ended.
    ///
    /// Beginning it has the level of the set point that was passed; an input has the level of its trap.
    static func sensor(_ event: EnvironmentEvent) -> CardEvent {
        CardEvent(event.level ?? .information, event.condition.title(isActive: event.isActive))
    }
}
