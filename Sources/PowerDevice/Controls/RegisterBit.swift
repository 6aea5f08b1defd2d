/// One bit of one register, and the value that is asked of it: `0x0142.13`, or `!0x1020.6` where it must be 0.
package struct RegisterBit: Hashable, Sendable, CustomStringConvertible {
    package let address: UInt16
    /// 0 (least significant) … 15.
    package let bit: Int
    /// The value that satisfies; false is written with an exclamation mark.
    package let isSet: Bool

    package init(_ address: UInt16, _ bit: Int, isSet: Bool = true) {
        precondition((0...15).contains(bit), "a register has bits 0 to 15")
        self.address = address
        self.bit = bit
        self.isSet = isSet
    }

    /// Reads `0x0142.13`, `322.13` or `!0x1020.6`; nil where the text is none of them.
    package init?(_ text: String) {
        let isSet = !text.hasPrefix("!")
        let parts = (isSet ? text[...] : text.dropFirst()).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = UInt16(registerText: parts[0]), let bit = Int(parts[1]), (0...15).contains(bit) else {
            return nil
        }
        self.init(address, bit, isSet: isSet)
    }

    /// Whether `registers` know the bit and it is as asked. An unknown word satisfies nothing.
    package func holds(in registers: RegisterFile) -> Bool {
        guard let word = registers[address] else { return false }
        return (word >> UInt16(bit) & 1 == 1) == isSet
    }

    package var description: String { (isSet ? "" : "!") + "\(address.registerText).\(bit)" }
}

extension RegisterBit: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let bit = RegisterBit(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a register bit (0x0142.13, !0x1020.6): \(text)")
        }
        self = bit
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension UInt16 {
    /// Reads a register address or a word: `0x0F10` or `3856`.
    init?(registerText text: some StringProtocol) {
        let value = text.hasPrefix("0x") || text.hasPrefix("0X") ? UInt16(text.dropFirst(2), radix: 16) : UInt16(text)
        guard let value else { return nil }
        self = value
    }

    /// `0x0F10`.
    var registerText: String {
        let digits = String(self, radix: 16, uppercase: true)
        return "0x" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
