import NetVision
import PowerDevice
import SNMP

/// The objects that somebody may set, and those of upsAgent beside them.
///
///     system      sysContact, sysName, sysLocation
///     upsSystem   4555.1.1.7.1.1.{6,7,8}  the same three
///     upsAgent    4555.1.1.7.1.9.{1 address, 2 gateway, 3 mask, 10 poll rate, 12 DHCP, 14 network upgrade, 16 restart, 23 MIB version}
///                 and 9.21.1.{2 address, 3 community, 4 type}.{1 … 8} of the trap receivers
struct WritableObjects: Sendable {
    let settings: SettingsStore
    let restart: @Sendable () -> Void
    /// Wakes the poll loop.
    let polls: Doorbell

    /// MIB 8.11.
    private static let mibVersion: Int32 = 811

    /// - Parameter kind: of the device; upsSystem is a UPS's alone.
    func objects(of kind: DeviceKind) -> [ManagedObject] {
        let settings = settings.settings
        return text(AgentObjectTypes.sysContact, .systemContact, kind, settings, \.systemContact)
            + text(AgentObjectTypes.sysName, .systemName, kind, settings, \.systemName)
            + text(AgentObjectTypes.sysLocation, .systemLocation, kind, settings, \.systemLocation) + agent(settings)
            + trapReceivers(settings)
    }

    private func agent(_ settings: CardSettings) -> [ManagedObject] {
        [
            ManagedObject(CardObjectTypes.upsAgentIpaddress, .ipAddress(.init(rawValue: settings.network.address))),
            ManagedObject(CardObjectTypes.upsAgentGateway, .ipAddress(.init(rawValue: settings.network.gateway))),
            ManagedObject(CardObjectTypes.upsAgentSubnetMask, .ipAddress(.init(rawValue: settings.network.mask))),
            ManagedObject(CardObjectTypes.upsAgentPollRate, .integer(Int32(clamping: settings.polling.rate)), write: pollRate),
            ManagedObject(CardObjectTypes.upsAgentDhcpStatue, Self.status(settings.network.usesDHCP)),
            ManagedObject(CardObjectTypes.upsAgentTftpStatus, Self.status(settings.isNetworkUpgradeEnabled), write: networkUpgrade),
            ManagedObject(CardObjectTypes.upsAgentRestart, .integer(2), write: restartRequest),
            ManagedObject(CardObjectTypes.upsAgentMibVersion, .integer(Self.mibVersion)),
        ]
    }

    /// enabled(1), disabled(2).
    private static func status(_ isEnabled: Bool) -> SNMPValue { .integer(isEnabled ? 1 : 2) }

    /// A text in the system group and in the private MIB, which shows less of it.
    private func text(
        _ standard: ObjectType, _ field: IdentityObject.Field, _ kind: DeviceKind, _ shown: CardSettings,
        _ path: any WritableKeyPath<CardSettings, String> & Sendable
    ) -> [ManagedObject] {
        let handler = WriteHandler { [settings] new in
            guard let text = new.text else { return false }
            return settings.change { $0[keyPath: path] = text }
        }
        let own = kind == .ups ? MIBModule.netVision7.declarations.identity(field) : nil
        return ([standard] + (own.map { [$0] } ?? [])).map { ManagedObject($0, $0.text(shown[keyPath: path]), write: handler) }
    }

    /// Version, inform and filter of a row stay as they are: the MIB has no objects for them.
    private func trapReceivers(_ shown: CardSettings) -> [ManagedObject] {
        CardObjects.trapReceivers(
            shown.trapReceivers.rows.map(\.row),
            validate: { _, row in
                row.address.isEmpty || TrapAddress(row.address) != nil ? nil : .wrongValue
            },
            write: { [settings] index, change in
                settings.change { change(&$0.trapReceivers[index - 1].row) }
            })
    }

    /// Counts at once: the loop is woken.
    private var pollRate: WriteHandler {
        WriteHandler { [settings, polls] new in
            guard case .integer(let rate) = new, CardSettings.Polling.rates.contains(Int(rate)) else { return false }
            guard settings.change({ $0.polling.rate = Int(rate) }) else { return false }
            polls.ring()
            return true
        }
    }

    private var networkUpgrade: WriteHandler {
        WriteHandler { [settings] new in
            settings.change { $0.isNetworkUpgradeEnabled = new == .integer(1) }
        }
    }

    /// restart(1), nothing(2).
    private var restartRequest: WriteHandler {
        WriteHandler { [restart] new in
            if new == .integer(1) { restart() }
            return true
        }
    }
}
