import PowerDevice
import Synchronization

/// What the running card goes by every second or with every datagram: taken out of its settings when they change, not each time.
final class LiveSettings: Sendable {
    struct Values: Equatable, Sendable {
        var firewall: Firewall
        var localTime: LocalTime
        var control: ControlSettings

        init(_ settings: CardSettings) {
            firewall = Firewall(settings.firewall)
            localTime = LocalTime(settings.time)
            control = settings.control
        }
    }

    private struct State {
        var values: Values
        var onChange: (@Sendable (CardSettings) -> Void)?
    }

    private let state: Mutex<State>

    init(_ settings: CardSettings) { state = Mutex(State(values: Values(settings))) }

    var firewall: Firewall { state.withLock { $0.values.firewall } }
    var localTime: LocalTime { state.withLock { $0.values.localTime } }
    var control: ControlSettings { state.withLock { $0.values.control } }

    /// The settings have been changed.
    func update(_ settings: CardSettings) {
        let values = Values(settings)
        let onChange = state.withLock { state in
            state.values = values
            return state.onChange
        }
        onChange?(settings)
    }

    /// Who hears of changes: the services that run. On the thread of whoever makes the change, so that it counts when he gets his answer.
    func listen(_ onChange: @escaping @Sendable (CardSettings) -> Void) { state.withLock { $0.onChange = onChange } }

    func stopListening() { state.withLock { $0.onChange = nil } }
}

extension LocalTime {
    /// A number that is no zone's counts as UTC.
    init(_ settings: TimeSettings) {
        let daylightSaving: DaylightSaving =
            switch settings.daylightSaving {
            case .disabled: .disabled
            case .enabled: .enabled
            case .automatic: .automatic
            }
        self.init(zone: CardTimeZone.numbered(settings.zone) ?? LocalTime.utc.zone, daylightSaving: daylightSaving)
    }
}
