import Modbus
import PowerDevice
import Synchronization

/// A device of any map whose registers are set by hand: every word is 0 at first.
final class TestDevice: RegisterBank {
    private struct State {
        var slaves: [UInt8: RegisterFile] = [:]
        var silent: Set<UInt8> = []
        /// The words that exist; nil is all of them.
        var missing: Set<UInt16> = []
        var reads: [UInt8: Int] = [:]
        var writes: [(slave: UInt8, write: ControlProfile.Write)] = []
    }

    let map: DeviceMap
    private let further: [RegisterRange]
    private let state: Mutex<State>

    /// - Parameter further: registers beside those of the map.
    init(_ map: DeviceMap, slaves: [UInt8] = [1], further: [RegisterRange] = []) {
        self.map = map
        self.further = further
        state = Mutex(State())
        for slave in slaves { add(slave) }
    }

    /// A parallel system of VU-MAP with a distributed bypass.
    static func parallel(_ units: [Int]) -> TestDevice {
        let device = TestDevice(.vuMap, slaves: [1] + units.map(Topology.slave(ofUnit:)))
        device.setUnits(units)
        for unit in units {
            device.set(0x0001, 0x0101, of: Topology.slave(ofUnit: unit))
            device.set("M022", UInt16(10 * unit), of: Topology.slave(ofUnit: unit))
        }
        return device
    }

    /// What the system says of its units.
    func setUnits(_ units: [Int]) {
        set(0x0001, 0x0601)
        set(0x0002, UInt16(units.count))
        set(0x0003, units.reduce(0) { $0 | 1 << ($1 - 1) })
    }

    func add(_ slave: UInt8) {
        let ranges = map.readPlan + map.optionalRanges + further
        var registers = RegisterFile(ranges)
        for range in ranges { registers.store(Array(repeating: 0, count: range.count), at: range.address) }
        state.withLock { $0.slaves[slave] = registers }
    }

    func remove(_ slave: UInt8) { state.withLock { $0.slaves[slave] = nil } }

    func set(_ address: UInt16, _ value: UInt16, of slave: UInt8 = 1) { state.withLock { $0.slaves[slave]?[address] = value } }

    func set(_ code: PointCode, _ value: UInt16, of slave: UInt8 = 1) {
        guard let point = map[code] else { return }
        state.withLock { $0.slaves[slave]?.setRaw(value, of: point) }
    }

    /// The slaves that answer nobody.
    func silence(_ slaves: Set<UInt8>) { state.withLock { $0.silent = slaves } }

    /// Registers that this device of the family does not have.
    func lacks(_ addresses: Set<UInt16>) { state.withLock { $0.missing = addresses } }

    /// How often each slave has been read.
    var reads: [UInt8: Int] { state.withLock { $0.reads } }

    var writes: [(slave: UInt8, write: ControlProfile.Write)] { state.withLock { $0.writes } }

    func serves(_ unit: UInt8) -> Bool { state.withLock { $0.slaves[unit] != nil && !$0.silent.contains(unit) } }

    func read(unit: UInt8, address: UInt16, count: Int) throws(ModbusException) -> [UInt16] {
        let words = state.withLock { state -> [UInt16]? in
            state.reads[unit, default: 0] += 1
            guard (0..<count).allSatisfy({ !state.missing.contains(address &+ UInt16($0)) }) else { return nil }
            return state.slaves[unit]?.words(in: RegisterRange(address, count: count))
        }
        guard let words else { throw .illegalDataAddress }
        return words
    }

    func write(unit: UInt8, address: UInt16, values: [UInt16]) throws(ModbusException) {
        let isDone = state.withLock { state -> Bool in
            guard var registers = state.slaves[unit], registers.words(in: RegisterRange(address, count: values.count)) != nil else {
                return false
            }
            registers.store(values, at: address)
            state.slaves[unit] = registers
            state.writes.append((unit, ControlProfile.Write(address, values)))
            return true
        }
        guard isDone else { throw .illegalDataAddress }
    }
}
