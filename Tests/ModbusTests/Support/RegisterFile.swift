import Modbus
import Synchronization

/// Registers 0…limit-1 in memory; register n starts as n. The rest does not exist.
final class RegisterFile: RegisterBank {
    private let values: Mutex<[UInt16]>

    init(count: Int = 256) {
        values = Mutex((0..<count).map { UInt16($0) })
    }

    subscript(address: Int) -> UInt16 {
        values.withLock { $0[address] }
    }

    func read(unit: UInt8, address: UInt16, count: Int) throws(ModbusException) -> [UInt16] {
        let range = Int(address)..<Int(address) + count
        let found = values.withLock { values in range.upperBound <= values.count ? Array(values[range]) : nil }
        guard let found else { throw .illegalDataAddress }
        return found
    }

    func write(unit: UInt8, address: UInt16, values new: [UInt16]) throws(ModbusException) {
        let range = Int(address)..<Int(address) + new.count
        let isDone = values.withLock { values in
            guard range.upperBound <= values.count else { return false }
            values.replaceSubrange(range, with: new)
            return true
        }
        if !isDone { throw .illegalDataAddress }
    }
}
