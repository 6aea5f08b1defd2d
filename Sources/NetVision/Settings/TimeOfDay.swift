/// A time of day to the minute, `hh:mm`.
package struct TimeOfDay: Hashable, Sendable, CustomStringConvertible {
    /// 0…1439.
    package let minutes: Int

    package static let midnight = TimeOfDay(minutes: 0)

    private init(minutes: Int) { self.minutes = minutes }

    /// Nil where the text is not `hh:mm` of a day.
    package init?(_ text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 5, digits[2] == UInt8(ascii: ":"), let hour = Self.number(digits[0...1]),
            let minute = Self.number(digits[3...4]),
            hour < 24, minute < 60
        else { return nil }
        minutes = hour * 60 + minute
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.reduce(0 as Int?) { number, digit in
            guard let number, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            return number * 10 + Int(digit - UInt8(ascii: "0"))
        }
    }

    package var description: String {
        let pair = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(pair(minutes / 60)):\(pair(minutes % 60))"
    }
}
