/// The logs of a card (manual ch. 18). The raw value names a log in commands, paths and files.
enum LogKind: String, CaseIterable, Sendable {
    /// The device's measurements, one record a minute if nothing else is said.
    case history = "history"
    /// Minimum, average and maximum of a UPS' measurements, one record an hour if nothing else is said.
    case extendedHistory = "extended-history"
    /// The device's conditions, come and gone.
    case deviceEvents = "device-events"
    /// What has been done to the card, and what it has done.
    case cardEvents = "card-events"
    /// Temperature, humidity and inputs of the environment sensor (EMD).
    case sensorHistory = "emd-history"

    /// Whether its records are sentences; those of the others are numbers.
    var holdsEvents: Bool {
        switch self {
        case .deviceEvents, .cardEvents: true
        case .history, .extendedHistory, .sensorHistory: false
        }
    }

    /// Records in each log; a new one takes the place of the oldest (manual 11.2.4).
    static let capacity = 2048
}
