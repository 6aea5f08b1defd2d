/// A length of time as rules write it: `90s`, `5m`, `2h`, `30d`.
package struct RuleDuration: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Ten years.
    package static let maximum = 3650 * 86_400
    package static let zero = RuleDuration(0)

    package let seconds: Int

    private static let units: [(word: Character, seconds: Int)] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]

    private init(_ seconds: Int) { self.seconds = seconds }

    /// Nil for anything but a whole number with a unit, up to ten years.
    package init?(_ text: String) {
        let digits = text.dropLast()
        guard let unit = Self.units.first(where: { $0.word == text.last }), (1...9).contains(digits.count),
            digits.allSatisfy(\.isASCIIDigit), let number = Int(digits), number * unit.seconds <= Self.maximum
        else { return nil }
        seconds = number * unit.seconds
    }

    /// In the largest unit of which it is a whole number.
    package var description: String {
        guard seconds > 0, let unit = Self.units.first(where: { seconds % $0.seconds == 0 }) else { return "0s" }
        return "\(seconds / unit.seconds)\(unit.word)"
    }

    package static func < (left: RuleDuration, right: RuleDuration) -> Bool { left.seconds < right.seconds }
}
