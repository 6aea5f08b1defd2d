/// Times and dates as settings have them.
enum SettingDate {
    /// `hh:mm`.
    static func time(_ text: String) throws(SettingValueProblem) -> String {
        guard TimeOfDay(text) != nil else { throw .init("must be a time of day, hh:mm, not \(Setting.Kind.quoted(text))") }
        return text
    }

    /// `dd/mm/yyyy` of a day that there is, from 2000 to 2099.
    static func date(_ text: String) throws(SettingValueProblem) -> String {
        let problem = SettingValueProblem("must be a date from 2000 to 2099, dd/mm/yyyy, not \(Setting.Kind.quoted(text))")
        let digits = Array(text.utf8)
        guard digits.count == 10, digits[2] == UInt8(ascii: "/"), digits[5] == UInt8(ascii: "/"), let day = number(digits[0..<2]),
            let month = number(digits[3..<5]), let year = number(digits[6..<10]), (2000...2099).contains(year), (1...12).contains(month),
            (1...days(in: month, of: year)).contains(day)
        else { throw problem }
        return text
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.reduce(0 as Int?) { number, digit in
            guard let number, (0x30...0x39).contains(digit) else { return nil }
            return number * 10 + Int(digit - 0x30)
        }
    }
}
