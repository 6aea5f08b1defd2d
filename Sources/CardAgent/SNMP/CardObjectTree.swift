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
    private let controls: CardControls
    private let sensor: SensorRecord?
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
    ///   - polls: wakes the poll loop when its rate is set.
    init(
        device: DeviceRecord, settings: SettingsStore, controls: CardControls, sensor: SensorRecord?, mac: HardwareAddress,
        firmware: String,
        uptime: @escaping @Sendable () -> UInt32, statistics: @escaping @Sendable () -> AgentStatistics, engine: AgentAccess.Engine,
        restart: @escaping @Sendable () -> Void, polls: Doorbell
    ) {
        self.device = device
        self.settings = settings
        self.controls = controls
        self.sensor = sensor
        self.mac = mac
        self.firmware = firmware
        self.uptime = uptime
        writes = WritableObjects(settings: settings, restart: restart, polls: polls)
        fixed =
            AgentStatistics.snmpGroup(reading: statistics) + AgentStatistics.engineGroups(reading: statistics)
            + engine.objects(maximumMessageSize: SNMPAgent.Configuration().maximumMessageSize, now: { .now() })
    }

    /// The tree as of now.
    var current: ObjectTree {
        built.withLock { built in
            let revision = [device.revision, settings.revision, sensor?.revision ?? 0]
            if let built, built.revision == revision { return built.tree }
            let tree = build(unit: settings.settings.dataUnit)
            built = Built(revision: revision, tree: tree)
            return tree
        }
    }

    /// The object of the system itself, whichever unit is selected: what traps tell of.
    func systemValue(of object: OID) -> SNMPValue? {
        let isSystemShown = device.contents.units[settings.settings.dataUnit] == nil
        return (isSystemShown ? current : build(unit: 0)).object(at: object)?.value
    }

    /// - Parameter unit: whose data are shown; 0, and a unit that is not there, is the system (manual §15.3).
    private func build(unit: Int) -> ObjectTree {
        let device = device.contents
        let shown = device.units[unit]
        let snapshot = shown?.snapshot ?? device.snapshot
        let alarms = shown?.alarms ?? device.alarms
        let objects = CardObjects(snapshot.state, of: facts(snapshot.plate, device))
        let rows = CardObjects.AlarmRows(
            netVision7: alarms.netVision7.rows, netVision6: alarms.netVision6.rows, rfc1628: alarms.rfc1628.rows)
        var all = objects.system(uptime: uptime) + objects.interfaces() + fixed
        all += objects.device(alarms: rows)
        // Of several objects with one name the last counts: these take the place of what can only be read.
        all += writes.objects(of: snapshot.state.kind)
        all += controlObjects(device)
        return ObjectTree(all)
    }

    /// What a UPS is told goes to the system, whichever unit is shown. The branch of transfer switches has neither controls nor a sensor.
    private func controlObjects(_ device: DeviceRecord.Contents) -> [ManagedObject] {
        guard device.snapshot.state.kind == .ups else { return [] }
        return ControlObjects(device: device, settings: settings, controls: controls).objects()
            + (sensor?.contents ?? SensorRecord.Contents()).objects(settings.settings.sensor)
    }

    private func facts(_ plate: RatingPlate, _ device: DeviceRecord.Contents) -> CardFacts {
        let settings = settings.settings
        let unit = device.units.values.lazy.compactMap(\.snapshot.plate.nominalPower).first
        return CardFacts(
            model: plate.model ?? "", serial: plate.serial ?? "", firmware: firmware, reference: plate.reference ?? "",
            systemName: settings.systemName, systemContact: settings.systemContact, systemLocation: settings.systemLocation,
            mac: mac.octets, units: max(1, device.topology.units.count), unitPower: unit ?? plate.nominalPower,
            isRemoteControlEnabled: device.isRemoteControlEnabled, inputLineBads: device.inputLineBads)
    }
}
