import NetVision
import SNMP

/// The objects that somebody may set, and those of upsAgent beside them.
///
///     system      sysContact, sysName, sysLocation
///     upsSystem   4555.1.1.7.1.1.{6,7,8}  the same three
///     upsAgent    4555.1.1.7.1.9.{1 address, 2 gateway, 3 mask, 10 poll rate, 12 DHCP, 14 network upgrade, 16 restart, 23 MIB version}
struct WritableObjects: Sendable {
    let settings: SettingsStore
    let restart: @Sendable () -> Void

    private static let group: OID = "1.3.6.1.4.1.4555.1.1.7.1.9"
    private static let ident: OID = "1.3.6.1.4.1.4555.1.1.7.1.1"
    /// The longest text in the private MIB's copies of the system group.
    private static let longestPrivateText = 127
    /// MIB 8.11.
    private static let mibVersion: Int32 = 811

    func objects() -> [ManagedObject] {
        let settings = settings.settings
        return [
            text(SystemObjects.contact, settings.systemContact, \.systemContact),
            text(SystemObjects.name, settings.systemName, \.systemName),
            text(SystemObjects.location, settings.systemLocation, \.systemLocation),
            text(Self.ident.appending(6, 0), settings.systemName, \.systemName, limit: Self.longestPrivateText),
            text(Self.ident.appending(7, 0), settings.systemContact, \.systemContact, limit: Self.longestPrivateText),
            text(Self.ident.appending(8, 0), settings.systemLocation, \.systemLocation, limit: Self.longestPrivateText),
        ] + agent(settings)
    }

    private func agent(_ settings: CardSettings) -> [ManagedObject] {
        [
            address(1, settings.network.address), address(2, settings.network.gateway), address(3, settings.network.mask),
            ManagedObject(Self.group.appending(10, 0), .integer(Int32(CardTiming().pollInterval.components.seconds))),
            ManagedObject(Self.group.appending(12, 0), Self.status(settings.network.usesDHCP)),
            ManagedObject(Self.group.appending(14, 0), Self.status(settings.isNetworkUpgradeEnabled), write: networkUpgrade),
            ManagedObject(Self.group.appending(16, 0), .integer(2), write: restartRequest),
            ManagedObject(Self.group.appending(23, 0), .integer(Self.mibVersion)),
        ]
    }

    private func address(_ arc: UInt32, _ address: UInt32) -> ManagedObject {
        ManagedObject(Self.group.appending(arc, 0), .ipAddress(.init(rawValue: address)))
    }

    /// enabled(1), disabled(2).
    private static func status(_ isEnabled: Bool) -> SNMPValue { .integer(isEnabled ? 1 : 2) }

    private func text(
        _ name: OID, _ value: String, _ path: any WritableKeyPath<CardSettings, String> & Sendable, limit: Int = CardSettings.longestText
    ) -> ManagedObject {
        let shown = Array(value.utf8.prefix(limit))
        return ManagedObject(
            name, .octetString(shown),
            write: WriteHandler { new in
                guard case .octetString(let octets) = new, octets.count <= limit else { return .wrongLength }
                return String(validating: octets, as: UTF8.self) == nil ? .wrongEncoding : nil
            } commit: { [settings] new in
                guard let text = new.text else { return false }
                return settings.change { $0[keyPath: path] = text }
            })
    }

    private var networkUpgrade: WriteHandler {
        WriteHandler { new in
            new == .integer(1) || new == .integer(2) ? nil : .wrongValue
        } commit: { [settings] new in
            settings.change { $0.isNetworkUpgradeEnabled = new == .integer(1) }
        }
    }

    /// restart(1), nothing(2).
    private var restartRequest: WriteHandler {
        WriteHandler { new in
            new == .integer(1) || new == .integer(2) ? nil : .wrongValue
        } commit: { [restart] new in
            if new == .integer(1) { restart() }
            return true
        }
    }
}
