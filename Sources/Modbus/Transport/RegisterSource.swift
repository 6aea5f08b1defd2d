/// Where a device's registers can be read: a connection of one's own, or a share of one.
package protocol RegisterSource: Sendable {
    /// The values of `count` (1…125) holding registers of `unit` from `address` on (function 3).
    func readHoldingRegisters(unit: UInt8, address: UInt16, count: Int) async throws(ModbusError) -> [UInt16]
}

extension ModbusConnection: RegisterSource {}
