import Modbus
import NetVision
import PowerDevice

/// A link that has been found to work, and what was found at its other end.
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
    /// How much of each block there is.
    private var blocks = RegisterBlocks()

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
        try await blocks.read(range, of: slave, from: connection)
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
