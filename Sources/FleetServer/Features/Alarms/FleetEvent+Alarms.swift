import Alarming
import FoundationEssentials
import PowerDevice

extension FleetEvent {
    /// An alarm has begun, ended, or something was done to it.
    static func alarm(_ event: AlarmEvent) -> FleetEvent {
        let alarm = event.alarm
        return FleetEvent(
            kind: .alarm,
            encoding: AlarmChanged(
                card: alarm.card, at: event.at, id: alarm.id, event: event.kind, name: alarm.name, title: alarm.title,
                severity: event.severity, active: alarm.clearedAt == nil, state: alarm.state, source: alarm.source))
    }

    private struct AlarmChanged: Encodable {
        @Nullable var card: Int64?
        let at: Date
        let id: Int64
        let event: AlarmEvent.Kind
        let name: String
        let title: String
        let severity: Severity
        let active: Bool
        let state: AlarmState
        let source: AlarmReport.Source
    }
}
