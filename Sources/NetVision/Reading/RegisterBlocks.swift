package import Modbus
package import PowerDevice

/// Reads blocks of registers of which a device may have a part only.
///
/// Not every range of devices has every word of its map: where a block is refused, it is found out how much of it can be read, and that
/// much is asked from then on.
package struct RegisterBlocks: Sendable, Equatable {
    /// How many words of a block a unit has, where it is not all of them.
    private var extents: [Block: Int] = [:]

    private struct Block: Hashable {
        let unit: UInt8
        let range: RegisterRange
    }

    package init() {}

    /// The words of a block that the unit has, from its first one on; none where it has no such block.
    package mutating func read(
        _ range: RegisterRange, of unit: UInt8, from source: some RegisterSource
    ) async throws(ModbusError) -> [UInt16] {
        let block = Block(unit: unit, range: range)
        let extent = extents[block] ?? range.count
        guard extent > 0 else { return [] }
        do throws(ModbusError) {
            return try await source.readHoldingRegisters(unit: unit, address: range.address, count: extent)
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
                words = try await source.readHoldingRegisters(unit: unit, address: range.address, count: half)
                has = half
            } catch {
                guard error == .exception(.illegalDataAddress) else { throw error }
                lacks = half
            }
        }
        extents[block] = has
        return words
    }
}
