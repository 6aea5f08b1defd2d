import Synchronization

/// What the UPS has been told about its buzzer since the card's start.
final class BuzzerRecord: Sendable {
    /// upsConfigAudibleStatus of RFC 1628.
    enum Status: Int32, Sendable {
        case disabled = 1
        case enabled
        /// Silent until the next alarm.
        case muted
    }

    private let state = Mutex(Status.enabled)

    init() {}

    var status: Status { state.withLock { $0 } }

    func told(_ status: Status) { state.withLock { $0 = status } }

    /// The card starts again.
    func reset() { told(.enabled) }
}
