import Modbus
import PowerDevice

/// A link that has been found to work, and what was found at its other end.
///
/// Not every range of devices has every word of its map: where a block is refused, the session finds out how much of it can be read.
struct DeviceSession: Sendable {
    let connection: ModbusConnection
    let map: DeviceMap
    let controls: ControlProfile
    /// With which settings it was opened.
    let polling: CardSettings.Polling
    /// Of a serial line.
    let baudRate: BaudRate?
    /// What the profile adds to the map: what is permitted.
    private let controlRanges: [RegisterRange]
    /// How many words of a block a slave has, where it is not all of them.
    private var extents: [Block: Int] = [:]

    private struct Block: Hashable {
        let slave: UInt8
        let range: RegisterRange
    }

    init(
        _ connection: ModbusConnection, map: DeviceMap, controls: ControlProfile, polling: CardSettings.Polling, baudRate: BaudRate? = nil
    ) {
        self.connection = connection
        self.map = map
        self.controls = controls
        self.polling = polling
        self.baudRate = baudRate
        controlRanges = controls.permissionRanges(beyond: map)
    }

    /// The registers that the session keeps: those of the map, and those that tell what may be controlled.
    var emptyRegisters: RegisterFile { RegisterFile(map.readPlan + map.optionalRanges + controlRanges) }

    /// What is read at a poll of the system or, without the control profile's words, of a unit.
    func ranges(isFull: Bool, isSystem: Bool) -> [RegisterRange] {
        (isFull ? map.readPlan : map.liveRanges) + map.optionalRanges + (isSystem ? controlRanges : [])
    }

    /// The words of a block that the slave has, from its first one on; none where it has no such block.
    mutating func read(_ range: RegisterRange, of slave: UInt8) async throws(ModbusError) -> [UInt16] {
        let block = Block(slave: slave, range: range)
        let extent = extents[block] ?? range.count
        guard extent > 0 else { return [] }
        do throws(ModbusError) {
            return try await connection.readHoldingRegisters(unit: slave, address: range.address, count: extent)
        } catch {
            guard error == .exception(.illegalDataAddress) else { throw error }
        }
        // Bisection: `has` words can be read, `lacks` can't.
        var has = 0
        var lacks = extent
        var words: [UInt16] = []
        while lacks - has > 1 {
            let half = (has + lacks) / 2
            do throws(ModbusError) {
                words = try await connection.readHoldingRegisters(unit: slave, address: range.address, count: half)
                has = half
            } catch {
                guard error == .exception(.illegalDataAddress) else { throw error }
                lacks = half
            }
        }
        extents[block] = has
        return words
    }

    /// Carries an order out; the words are empty for a write.
    func perform(_ action: DeviceOrders.Action, unit: UInt8) async throws(ModbusError) -> [UInt16] {
        switch action {
        case .read(let range):
            return try await connection.readHoldingRegisters(unit: unit, address: range.address, count: range.count)
        case .write(let write):
            if write.function == 6, write.values.count == 1 {
                try await connection.writeRegister(unit: unit, address: write.address, value: write.values[0])
            } else {
                try await connection.writeRegisters(unit: unit, address: write.address, values: write.values)
            }
            return []
        }
    }

    func close() async { await connection.close() }
}
