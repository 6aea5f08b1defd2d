import Modbus
import PowerDevice
import Synchronization

/// A UPS that notes every write, acts on it by its profile's table, and can be made to refuse or to ignore.
final class RecordingDevice: RegisterBank {
    enum Manner: Sendable {
        case obeys
        /// Acknowledges, and does nothing.
        case ignores
        case refuses(ModbusException)
        /// Answers nothing at all.
        case silent
    }

    struct Written: Equatable {
        let unit: UInt8
        let address: UInt16
        let values: [UInt16]
    }

    private struct State {
        var registers: RegisterFile
        var written: [Written] = []
        var manner = Manner.obeys
    }

    let map: DeviceMap
    let profile: ControlProfile
    private let effects: [DeviceControl: [PointCode: UInt16]]
    private let state: Mutex<State>

    /// - Parameter effects: the bits that a control sets.
    init(_ map: DeviceMap, _ profile: ControlProfile, effects: [DeviceControl: [PointCode: UInt16]] = [:]) {
        self.map = map
        self.profile = profile
        self.effects = effects
        var registers = RegisterFile(map.readPlan + profile.readable)
        for range in map.readPlan + profile.readable { registers.store(Array(repeating: 0, count: range.count), at: range.address) }
        for word in profile.signature { registers[word.address] = word.value }
        state = Mutex(State(registers: registers))
    }

    var written: [Written] { state.withLock { $0.written } }
    var registers: RegisterFile { state.withLock { $0.registers } }

    func behave(_ manner: Manner) { state.withLock { $0.manner = manner } }

    func set(_ code: PointCode, _ value: UInt16) {
        state.withLock { state in
            if let point = map[code] { state.registers.setRaw(value, of: point) }
        }
    }

    func setBit(_ bit: RegisterBit) {
        state.withLock { state in
            let mask: UInt16 = 1 << UInt16(bit.bit)
            let word = state.registers[bit.address] ?? 0
            state.registers[bit.address] = bit.isSet ? word | mask : word & ~mask
        }
    }

    /// Everything that the profile may ask for is permitted.
    func permitEverything() {
        for bit in profile.enabled { setBit(bit) }
        for requirement in profile.commands.flatMap(\.requirements) { setBit(requirement.bit) }
    }

    func read(unit: UInt8, address: UInt16, count: Int) throws(ModbusException) -> [UInt16] {
        if state.withLock({ if case .silent = $0.manner { true } else { false } }) { throw .gatewayTargetFailedToRespond }
        guard let words = registers.words(in: RegisterRange(address, count: count)) else { throw .illegalDataAddress }
        return words
    }

    func write(unit: UInt8, address: UInt16, values: [UInt16]) throws(ModbusException) {
        let refusal = state.withLock { state -> ModbusException? in
            state.written.append(Written(unit: unit, address: address, values: values))
            switch state.manner {
            case .refuses(let exception): return exception
            case .ignores: return nil
            case .silent: return .gatewayTargetFailedToRespond
            case .obeys:
                for (code, value) in profile.control(of: .init(address, values)).flatMap({ effects[$0] }) ?? [:] {
                    if let point = map[code] { state.registers.setRaw(value, of: point) }
                }
                return nil
            }
        }
        if let refusal { throw refusal }
    }
}
