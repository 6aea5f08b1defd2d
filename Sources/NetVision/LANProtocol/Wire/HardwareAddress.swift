/// An Ethernet address: six octets, written `00:E0:D8:FF:C1:90`.
package struct HardwareAddress: Hashable, Sendable, CustomStringConvertible {
    package static let length = 6
    /// All ones: every card.
    package static let any = HardwareAddress(octets: (0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF))

    /// The six octets, the first in the most significant place.
    private let number: UInt64

    package init(octets: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8)) {
        let parts = [octets.0, octets.1, octets.2, octets.3, octets.4, octets.5]
        number = parts.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Nil unless there are exactly six octets.
    package init?(_ octets: some Collection<UInt8>) {
        guard octets.count == Self.length else { return nil }
        number = octets.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Reads six pairs of hexadecimal digits, with colons or dashes between them, or nothing.
    package init?(_ text: some StringProtocol) {
        let digits = String(text).filter { $0 != ":" && $0 != "-" }
        guard digits.count == 12, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }), let number = UInt64(digits, radix: 16) else {
            return nil
        }
        self.number = number
    }

    package var octets: [UInt8] { (0..<Self.length).map { UInt8(truncatingIfNeeded: number >> UInt64(40 - 8 * $0)) } }

    package var description: String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: ":")
    }

    /// The password of a card before it was changed: the last six characters of its address (manual 9.3), in upper case.
    package var firstPassword: String { String(description.filter { $0 != ":" }.suffix(6)) }
}
