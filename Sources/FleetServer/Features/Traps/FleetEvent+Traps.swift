import FoundationEssentials
import NetVision
import PowerDevice
import SNMP

extension FleetEvent {
    /// A card has reported something.
    static func trap(_ event: TrapIntake.Event, at: Date) -> FleetEvent {
        let notification = event.notification
        let trap = CardTrap(notification)
        return FleetEvent(
            kind: .trap,
            encoding: TrapReceived(
                card: event.card, at: at, name: trap?.name ?? "\(notification.trapOID)", severity: trap?.severity ?? .information,
                oid: "\(notification.trapOID)", version: event.version, isInform: event.isInform))
    }

    private struct TrapReceived: Encodable {
        let card: Int64
        let at: Date
        let name: String
        let severity: Severity
        let oid: String
        let version: SNMPAccess.Version
        let isInform: Bool

        enum CodingKeys: String, CodingKey {
            case card, at, name, severity, oid, version
            case isInform = "inform"
        }
    }
}
