import NetVision

/// What has become of the settings.
enum SettingsNews: Sendable {
    case changed([Setting], ChangeOrigin)
    /// A document has been taken in, but for so many bad lines.
    case uploaded([Setting], errors: Int, ChangeOrigin)
    case reset(SettingsStore.ResetKind, ChangeOrigin)
    /// The file was damaged: the last good copy counts, or the defaults.
    case checksumError
}

extension SettingsNews {
    /// What the card's log says of it.
    var events: [CardEvent] {
        switch self {
        case .changed(let settings, let origin): return Self.events(settings, origin)
        case .uploaded(let settings, let errors, let origin):
            return Self.events(settings, origin) + [.configurationUploaded(errors: errors, by: origin.by)]
        case .reset(.factory, _): return [.parametersReset]
        case .reset(.accounts, let origin): return [.changed("Accounts", by: origin)]
        case .checksumError: return [.parametersChecksumError]
        }
    }

    /// A line for each, and for the intervals of the logs that of the log, too. What the card keeps for itself is not worth one.
    private static func events(_ settings: [Setting], _ origin: ChangeOrigin) -> [CardEvent] {
        settings.filter { $0.writer != .card }.flatMap { setting in
            [.changed(setting.title, by: origin)] + (consequences[setting.name].map { [$0] } ?? [])
        }
    }

    private static let consequences: [String: CardEvent] = [
        "configuration.history-interval": .historyIntervalChanged,
        "configuration.extended-interval": .extendedHistoryIntervalChanged,
    ]
}
