/// Numbers as whole multiples of a power of ten, where that keeps every digit.
///
/// 230.1 is 2301 tenths: what devices report has few decimals. Whoever reads 2301 tenths gets the same `Double` again, for a quotient of two
/// exact numbers is rounded as the decimal text is (IEEE 754, section 4.3).
enum DecimalScale {
    /// The finest scale: billionths.
    static let maximumExponent = 9
    /// The exponent that stands for doubles as they are.
    static let doubles = 255

    private static let powers: [Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]
    private static let limit = 0x1p50

    /// The smallest exponent from `least` on by which `value` is a whole number; nil if there is none.
    static func exponent(of value: Double, atLeast least: Int = 0) -> Int? {
        var exponent = least
        while exponent <= maximumExponent {
            if scaled(value, by: exponent) != nil { return exponent }
            exponent += 1
        }
        return nil
    }

    /// The exponent by which all values are whole numbers; nil if there is none.
    static func exponent(of values: [Double]) -> Int? {
        var exponent = 0
        for value in values {
            guard let needed = Self.exponent(of: value, atLeast: exponent) else { return nil }
            exponent = needed
        }
        // What was whole by a small exponent may be too large by the last.
        return values.allSatisfy { scaled($0, by: exponent) != nil } ? exponent : nil
    }

    /// `value` in units of 10 to the minus `exponent`; nil if that is not exact.
    static func scaled(_ value: Double, by exponent: Int) -> Int64? {
        let power = powers[exponent]
        let units = (value * power).rounded()
        guard abs(units) <= limit, units / power == value else { return nil }
        return Int64(units)
    }

    static func value(_ units: Int64, by exponent: Int) -> Double { Double(units) / powers[exponent] }

    /// `value` rounded to so many decimals.
    static func rounded(_ value: Double, to decimals: Int) -> Double {
        let power = powers[min(max(0, decimals), maximumExponent)]
        let units = (value * power).rounded()
        return abs(units) <= limit ? units / power : value
    }
}
