/// The registers that a device offers, numbered 0…65535; holding and input registers are the same ones here.
///
/// Called on an event loop: answer from memory, at once.
package protocol RegisterBank: Sendable {
    /// The values of `count` (1…125) registers from `address`; throws `.illegalDataAddress` when one does not exist.
    func read(address: UInt16, count: Int) throws(ModbusException) -> [UInt16]

    /// Sets the registers from `address` on, all or none.
    func write(address: UInt16, values: [UInt16]) throws(ModbusException)
}
