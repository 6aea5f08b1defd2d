import Modbus
import NetVision
import PowerDevice
import Synchronization

/// What the card knows of its UPS: the registers as last read, what they mean, and the alarm tables that follow from them.
final class DeviceRecord: Sendable {
    /// What is shown of it, at one moment.
    struct Contents: Sendable {
        var map: DeviceMap
        var snapshot: DeviceSnapshot
        var registers: RegisterFile
        /// The rows of each module's alarm table.
        var alarms = AlarmTables()
        /// How often the input has gone out of tolerance (upsInputLineBads).
        var inputLineBads: UInt32 = 0
        /// Counts the changes.
        var revision = 0
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
        Contents(map: map, snapshot: map.silentSnapshot(), registers: map.emptyRegisters)
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
    func update(_ registers: RegisterFile, map: DeviceMap, uptime: UInt32) {
        state.withLock { contents in
            guard contents.registers != registers || !contents.snapshot.state.isCommunicating else { return }
            contents.map = map
            contents.registers = registers
            contents.snapshot = map.snapshot(of: registers)
            contents.follow(uptime: uptime)
        }
    }

    /// The device answers no more. Its plate is still known; its values are not.
    func communicationLost(map: DeviceMap, uptime: UInt32) {
        state.withLock { contents in
            contents.map = map
            contents.registers = map.emptyRegisters
            contents.snapshot = map.silentSnapshot(plate: contents.snapshot.plate)
            contents.snapshot.state.alarms = [.communicationLost]
            contents.snapshot.rfc1628Alarms = Set(RFC1628Alarms.all.filter { $0.name == "upsAlarmCommunicationsLost" })
            contents.follow(uptime: uptime)
        }
    }
}

extension DeviceRecord.Contents {
    fileprivate mutating func follow(uptime: UInt32) {
        revision += 1
        let active = snapshot.state.alarms
        let standard = RFC1628Alarms.all.indices.filter { snapshot.rfc1628Alarms.contains(RFC1628Alarms.all[$0]) }.map { $0 + 1 }
        _ = alarms.netVision7.update(active: MIBModule.netVision7.alarmNumbers(of: active), uptime: uptime)
        _ = alarms.netVision6.update(active: MIBModule.netVision6.alarmNumbers(of: active), uptime: uptime)
        let changes = alarms.rfc1628.update(active: Set(standard), uptime: uptime)
        let inputBad = RFC1628Alarms.all.firstIndex { $0.name == "upsAlarmInputBad" }.map { $0 + 1 }
        if changes.added.contains(where: { $0.number == inputBad }) { inputLineBads &+= 1 }
    }
}

/// The card's own Modbus TCP: the registers as last read from the UPS, not to be written.
extension DeviceRecord: RegisterBank {
    /// A register that the map does not have is an illegal address (02); of a UPS that does not answer, all others are a target that failed
    /// to respond (0B).
    func read(unit: UInt8, address: UInt16, count: Int) throws(ModbusException) -> [UInt16] {
        let registers = state.withLock { $0.registers }
        guard (1...125).contains(count), Int(address) + count <= 0x1_0000 else { throw .illegalDataAddress }
        guard (0..<count).allSatisfy({ registers.contains(address + UInt16($0)) }) else { throw .illegalDataAddress }
        guard let words = registers.words(in: RegisterRange(address, count: count)) else { throw .gatewayTargetFailedToRespond }
        return words
    }

    func write(unit: UInt8, address: UInt16, values: [UInt16]) throws(ModbusException) { throw .illegalFunction }
}
