import NIOCore
import NetVision
import PowerDevice
import SNMP
import Synchronization

/// The objects that a card serves by SNMP: built when somebody asks and something has changed since.
///
/// Two trees in one: what the device tells, which changes from poll to poll, and what the settings are, which hardly ever change.
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
    private let settingsGroup: SettingsGroup
    private let actions: CardActions
    private let uptime: @Sendable () -> UInt32
    private let fixed: [ManagedObject]
    private let built = Mutex<Built?>(nil)
    private let builtOfSettings = Mutex<Built?>(nil)

    /// - Parameters:
    ///   - firmware: the version that runs, `8.40`.
    ///   - statistics: the agent's counters.
    ///   - engine: the card as SNMPv3 knows it.
    ///   - polls: wakes the poll loop when its rate is set.
    init(
        device: DeviceRecord, settings: SettingsStore, controls: CardControls, sensor: SensorRecord?, mac: HardwareAddress,
        firmware: String,
        uptime: @escaping @Sendable () -> UInt32, statistics: @escaping @Sendable () -> AgentStatistics, engine: AgentAccess.Engine,
        actions: CardActions, polls: Doorbell
    ) {
        self.device = device
        self.settings = settings
        self.controls = controls
        self.sensor = sensor
        self.mac = mac
        self.firmware = firmware
        self.uptime = uptime
        self.actions = actions
        settingsGroup = SettingsGroup(settings, polls: polls)
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
        let all = objects.system(uptime: uptime) + objects.interfaces() + objects.device(alarms: rows) + controlObjects(device)
        // Settings take the place of what can only be read.
        let tree = ObjectTree(all).merging(settingsTree(of: snapshot.state.kind))
        return settings.settings.snmp.servesOldBranch ? tree : tree.replacing(below: CardObjectIDs.netVision5, with: [])
    }

    /// What a UPS is told goes to the system, whichever unit is shown. The branch of transfer switches has neither controls nor a sensor.
    private func controlObjects(_ device: DeviceRecord.Contents) -> [ManagedObject] {
        guard device.snapshot.state.kind == .ups else { return [] }
        return ControlObjects(device: device, settings: settings, controls: controls).objects()
            + (sensor?.contents ?? SensorRecord.Contents()).objects(settings.settings.sensor)
    }

    /// The objects of the settings, of the card's clock and logs, and of the agent itself.
    private func settingsTree(of kind: DeviceKind) -> ObjectTree {
        builtOfSettings.withLock { built in
            let parts: Set<SettingObject.Part> = kind == .ups ? [.agent, .ups, .olderBranch] : [.agent]
            let revision = [settings.revision, parts.count]
            if let built, built.revision == revision { return built.tree }
            var all = fixed + settingsGroup.objects(parts, showing: settings.settings)
            for part in parts { all += FixedObjects.objects(part) }
            all += RequestObjects(group: .netVision7, actions: actions).objects()
            if parts.contains(.olderBranch) { all += RequestObjects(group: .netVision6, actions: actions).objects() }
            let tree = ObjectTree(all)
            built = Built(revision: revision, tree: tree)
            return tree
        }
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
