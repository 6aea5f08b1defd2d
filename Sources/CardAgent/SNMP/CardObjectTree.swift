import NIOCore
import NetVision
import PowerDevice
import SNMP
import Synchronization

/// The objects that a card serves by SNMP: built when somebody asks and something has changed since.
final class CardObjectTree: Sendable {
    private struct Built {
        let revision: [Int]
        let tree: ObjectTree
    }

    private let device: DeviceRecord
    private let settings: SettingsStore
    private let mac: HardwareAddress
    private let firmware: String
    private let writes: WritableObjects
    private let uptime: @Sendable () -> UInt32
    private let fixed: [ManagedObject]
    private let built = Mutex<Built?>(nil)

    /// - Parameters:
    ///   - firmware: the version that runs, `8.40`.
    ///   - statistics: the agent's counters.
    ///   - engine: the card as SNMPv3 knows it.
    ///   - restart: what upsAgentRestart does.
    init(
        device: DeviceRecord, settings: SettingsStore, mac: HardwareAddress, firmware: String, uptime: @escaping @Sendable () -> UInt32,
        statistics: @escaping @Sendable () -> AgentStatistics, engine: AgentAccess.Engine, restart: @escaping @Sendable () -> Void
    ) {
        self.device = device
        self.settings = settings
        self.mac = mac
        self.firmware = firmware
        self.uptime = uptime
        writes = WritableObjects(settings: settings, restart: restart)
        fixed =
            AgentStatistics.snmpGroup(reading: statistics) + AgentStatistics.engineGroups(reading: statistics)
            + engine.objects(maximumMessageSize: SNMPAgent.Configuration().maximumMessageSize, now: { .now() })
    }

    /// The tree as of now.
    var current: ObjectTree {
        built.withLock { built in
            let revision = [device.revision, settings.revision]
            if let built, built.revision == revision { return built.tree }
            let tree = build()
            built = Built(revision: revision, tree: tree)
            return tree
        }
    }

    private func build() -> ObjectTree {
        let device = device.contents
        var facts = facts(device.snapshot.plate)
        facts.inputLineBads = device.inputLineBads
        let objects = CardObjects(device.snapshot.state, of: facts)
        return ObjectTree(
            objects.system(uptime: uptime) + objects.interfaces() + fixed
                + objects.objects(of: .rfc1628, alarms: device.alarms.rfc1628.rows) + objects.standard()
                + objects.objects(of: .netVision6, alarms: device.alarms.netVision6.rows)
                + objects.objects(of: .netVision7, alarms: device.alarms.netVision7.rows)
                + objects.configuration() + writes.objects())
    }

    private func facts(_ plate: RatingPlate) -> CardFacts {
        let settings = settings.settings
        return CardFacts(
            model: plate.model ?? "", serial: plate.serial ?? "", firmware: firmware, reference: plate.reference ?? "",
            systemName: settings.systemName, systemContact: settings.systemContact, systemLocation: settings.systemLocation,
            mac: mac.octets, unitPower: plate.nominalPower)
    }
}
