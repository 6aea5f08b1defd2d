/// A block of consecutive 16-bit holding registers: `0x0040…0x008F`.
package struct RegisterRange: Hashable, Sendable, CustomStringConvertible {
    package let address: UInt16
    /// Number of words, 1…125 where the block is to be read in one Modbus request.
    package let count: Int

    package init(_ address: UInt16, count: Int) {
        precondition(count > 0 && Int(address) + count <= 0x1_0000, "a register range lies inside 0x0000…0xFFFF")
        self.address = address
        self.count = count
    }

    /// The offset of `address` in this block, or nil where it lies outside.
    package func offset(of address: UInt16) -> Int? {
        let offset = Int(address) - Int(self.address)
        return offset >= 0 && offset < count ? offset : nil
    }

    package var description: String {
        "0x\(String(address, radix: 16, uppercase: true)), \(count) word\(count == 1 ? "" : "s")"
    }
}
