import Modbus
import Testing

/// Expects `unit` behind `connection` to answer `values` for its holding registers from `address` on.
func expect(
    _ connection: ModbusConnection, unit: UInt8, holds values: [UInt16], from address: UInt16,
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let found = try await connection.readHoldingRegisters(unit: unit, address: address, count: values.count)
    #expect(found == values, sourceLocation: sourceLocation)
}
