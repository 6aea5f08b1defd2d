/// The registers that devices offer, numbered 0…65535 each; holding and input registers are the same ones here.
///
/// A bank may hold several units of one line, as a parallel UPS system does.
///
/// Called on an event loop: answer from memory, at once.
package protocol RegisterBank: Sendable {
    /// Whether the bank answers for this unit (slave number).
    func serves(_ unit: UInt8) -> Bool

    /// The values of `count` (1…125) registers of a unit from `address`; throws `.illegalDataAddress` when one does not exist.
    func read(unit: UInt8, address: UInt16, count: Int) throws(ModbusException) -> [UInt16]

    /// Sets the registers of a unit from `address` on, all or none.
    func write(unit: UInt8, address: UInt16, values: [UInt16]) throws(ModbusException)
}

extension RegisterBank {
    /// A bank of one device answers whatever unit it is called.
    package func serves(_ unit: UInt8) -> Bool { true }
}
