import NetVision
import PowerDevice
import Synchronization

/// What the card knows of its device: the registers as last read, what they mean, and the alarm tables that follow from them.
final class DeviceRecord: Sendable {
    /// What is shown of it, at one moment.
    struct Contents: Sendable {
        var map: DeviceMap
        /// The registers by which the device is controlled.
        var controls: ControlProfile
        var topology = Topology()
        /// The system, or the one device that there is.
        var snapshot: DeviceSnapshot
        /// Its registers: those of the map, and beside them what the control profile can read.
        var registers: RegisterFile
        /// The rows of each module's alarm table.
        var alarms = AlarmTables()
        /// The units of a parallel system that are asked, by their numbers from 1 on; empty where there is one device only.
        var units: [Int: UnitContents] = [:]
        /// How often the input has gone out of tolerance (upsInputLineBads).
        var inputLineBads: UInt32 = 0
        /// Counts the changes.
        var revision = 0
    }

    /// What is known of one unit of a parallel system.
    struct UnitContents: Sendable {
        var snapshot: DeviceSnapshot
        var registers: RegisterFile
        var alarms = AlarmTables()
    }

    /// What has been found out about the device.
    struct Device: Sendable {
        let map: DeviceMap
        let controls: ControlProfile
        let topology: Topology

        /// - Parameter controls: nil goes by what is public of the map.
        init(map: DeviceMap, controls: ControlProfile? = nil, topology: Topology = Topology()) {
            self.map = map
            self.controls = controls ?? map.controls
            self.topology = topology
        }
    }

    struct AlarmTables: Sendable {
        var netVision7 = AlarmTable()
        var netVision6 = AlarmTable()
        var rfc1628 = AlarmTable()
    }

    private let state: Mutex<Contents>

    init() {
        state = Mutex(Self.blank(.vuMap))
    }

    /// Nothing is known yet: the card has just started.
    private static func blank(_ map: DeviceMap) -> Contents {
        Contents(map: map, controls: map.controls, snapshot: map.silentSnapshot(), registers: map.emptyRegisters)
    }

    var contents: Contents { state.withLock { $0 } }

    var revision: Int { state.withLock { $0.revision } }

    /// Forgets everything: the card starts again.
    func reset() {
        state.withLock { contents in
            let revision = contents.revision
            contents = Self.blank(.vuMap)
            contents.revision = revision + 1
        }
    }

    /// The device has answered a poll.
    func update(_ registers: RegisterFile, of device: Device, uptime: UInt32) {
        state.withLock { contents in
            let isChanged = contents.registers.differs(from: registers, beside: contents.clock)
            contents.registers = registers
            guard
                isChanged || !contents.snapshot.state.isCommunicating || contents.map.family != device.map.family
                    || contents.topology != device.topology || contents.controls != device.controls
            else { return }
            contents.map = device.map
            contents.controls = device.controls
            contents.topology = device.topology
            contents.snapshot = device.map.snapshot(of: registers)
            contents.follow(uptime: uptime)
        }
    }

    /// The device answers no more. Its plate is still known; its values are not, nor are those of its units.
    func communicationLost(uptime: UInt32) {
        state.withLock { contents in
            contents.registers = contents.map.emptyRegisters
            contents.snapshot = contents.lostSnapshot(contents.snapshot)
            for unit in contents.units.keys { contents.lose(unit: unit, uptime: uptime) }
            contents.follow(uptime: uptime)
        }
    }

    /// A unit has answered, or (nil) answers no more.
    func update(unit: Int, _ registers: RegisterFile?, uptime: UInt32) {
        state.withLock { contents in
            guard let registers else {
                contents.lose(unit: unit, uptime: uptime)
                contents.revision += 1
                return
            }
            var shown = contents.units[unit] ?? contents.silentUnit
            let isChanged = shown.registers.differs(from: registers, beside: contents.clock)
            shown.registers = registers
            guard isChanged || !shown.snapshot.state.isCommunicating else {
                contents.units[unit] = shown
                return
            }
            shown.snapshot = contents.map.snapshot(of: registers)
            shown.alarms.follow(shown.snapshot, uptime: uptime)
            contents.units[unit] = shown
            contents.revision += 1
        }
    }

    /// The units that there are, or that are asked; the others are forgotten.
    func keep(units: [Int]) {
        state.withLock { contents in
            guard contents.units.keys.sorted() != units else { return }
            contents.units = units.reduce(into: [:]) { $0[$1] = contents.units[$1] ?? contents.silentUnit }
            contents.revision += 1
        }
    }
}

extension DeviceRecord.Contents {
    /// The words that change with every second and mean nothing else.
    fileprivate var clock: RegisterRange? { map.family == .jbusp ? RegisterRange(JBUSP.clockAddress, count: 4) : nil }

    /// Whether the device says that it takes orders from afar (upsConfigRemoteCtrl).
    var isRemoteControlEnabled: Bool {
        snapshot.state.isCommunicating && !controls.enabled.isEmpty && controls.enabled.allSatisfy { $0.holds(in: registers) }
    }

    /// A unit that has not been read yet.
    fileprivate var silentUnit: DeviceRecord.UnitContents {
        DeviceRecord.UnitContents(snapshot: map.silentSnapshot(), registers: map.emptyRegisters)
    }

    fileprivate mutating func lose(unit: Int, uptime: UInt32) {
        guard var shown = units[unit] else { return }
        shown.registers = map.emptyRegisters
        shown.snapshot = lostSnapshot(shown.snapshot)
        shown.alarms.follow(shown.snapshot, uptime: uptime)
        units[unit] = shown
    }

    /// What is shown of a device that answers no more.
    fileprivate func lostSnapshot(_ last: DeviceSnapshot) -> DeviceSnapshot {
        var snapshot = map.silentSnapshot(plate: last.plate)
        snapshot.state.alarms = [.communicationLost]
        guard map.kind == .ups else { return snapshot }
        snapshot.rfc1628Alarms = Set(RFC1628Alarms.all.filter { $0.name == "upsAlarmCommunicationsLost" })
        return snapshot
    }

    fileprivate mutating func follow(uptime: UInt32) {
        revision += 1
        let added = alarms.follow(snapshot, uptime: uptime)
        let inputBad = RFC1628Alarms.all.firstIndex { $0.name == "upsAlarmInputBad" }.map { $0 + 1 }
        if added.contains(where: { $0.number == inputBad }) { inputLineBads &+= 1 }
    }
}

extension DeviceRecord.AlarmTables {
    /// Makes the rows those of the snapshot's alarms; returns the rows that came to RFC 1628's table.
    @discardableResult
    fileprivate mutating func follow(_ snapshot: DeviceSnapshot, uptime: UInt32) -> [AlarmTable.Row] {
        let active = snapshot.state.alarms
        let standard = RFC1628Alarms.all.indices.filter { snapshot.rfc1628Alarms.contains(RFC1628Alarms.all[$0]) }.map { $0 + 1 }
        _ = netVision7.update(active: MIBModule.netVision7.alarmNumbers(of: active), uptime: uptime)
        _ = netVision6.update(active: MIBModule.netVision6.alarmNumbers(of: active), uptime: uptime)
        return rfc1628.update(active: Set(standard), uptime: uptime).added
    }
}
