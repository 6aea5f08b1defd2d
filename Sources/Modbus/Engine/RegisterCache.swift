import NIOCore

/// The blocks of registers that were read last, each with the moment of its reading.
struct RegisterCache: Sendable {
    /// Blocks that are kept; the oldest goes first.
    static let capacity = 64

    /// Registers that share their numbers: those of one unit, holding or input.
    struct Bank: Hashable, Sendable {
        let unit: UInt8
        let function: FunctionCode
    }

    struct Reading: Hashable, Sendable {
        let values: [UInt16]
        let at: NIODeadline
    }

    private struct Block {
        let bank: Bank
        let address: Int
        let reading: Reading

        func contains(_ range: ReadRegistersRequest) -> Bool {
            Int(range.address) >= address && Int(range.address) + range.count <= address + reading.values.count
        }
    }

    private var blocks: [Block] = []

    /// The registers of a range out of one block that was read at `oldest` or later; the freshest if there are several.
    func reading(_ range: ReadRegistersRequest, of bank: Bank, notBefore oldest: NIODeadline) -> Reading? {
        let candidates = blocks.filter { $0.bank == bank && $0.reading.at >= oldest && $0.contains(range) }
        guard let block = candidates.max(by: { $0.reading.at < $1.reading.at }) else { return nil }
        let start = Int(range.address) - block.address
        return Reading(values: Array(block.reading.values[start..<(start + range.count)]), at: block.reading.at)
    }

    mutating func store(_ values: [UInt16], at address: UInt16, of bank: Bank, now: NIODeadline) {
        let end = Int(address) + values.count
        blocks.removeAll { block in
            block.bank == bank && block.address >= Int(address) && block.address + block.reading.values.count <= end
        }
        if blocks.count >= Self.capacity, let oldest = blocks.indices.min(by: { blocks[$0].reading.at < blocks[$1].reading.at }) {
            blocks.remove(at: oldest)
        }
        blocks.append(Block(bank: bank, address: Int(address), reading: Reading(values: values, at: now)))
    }

    /// Something was written to the unit: its registers may all be others now.
    mutating func forget(unit: UInt8) { blocks.removeAll { $0.bank.unit == unit } }

    mutating func forgetAll() { blocks.removeAll() }
}
