/// The name that the device's manual gives to a datum: `S019` a status bit, `A001` an alarm bit, `M022` a measurement, `T014` a
/// configuration word, `R000` a text. An STS's data have no names, but addresses: `STS:0x0220` a word, `STS:0x0140.3` a bit.
///
/// A code is unique within its map and means nothing outside of it.
package struct PointCode: RawRepresentable, Hashable, Sendable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(_ code: String) { self.rawValue = code }
    package init(stringLiteral code: String) { self.rawValue = code }

    /// `PointCode("M", 5)` is `M005`, with two digits (JBUSP) `M05`.
    package init(_ letter: Character, _ number: Int, digits: Int = 3) {
        let decimals = String(number)
        rawValue = String(letter) + String(repeating: "0", count: max(0, digits - decimals.count)) + decimals
    }

    package var description: String { rawValue }
    package static func < (left: PointCode, right: PointCode) -> Bool { left.rawValue < right.rawValue }
}
