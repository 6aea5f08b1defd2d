extension Setting.Kind {
    /// How a value is written. What is no value of this kind is written as it is.
    package func text(of value: SettingValue) -> String {
        switch value {
        case .flag(let isOn): return isOn ? "enabled" : "disabled"
        case .text(let text): return text
        case .number(let number):
            switch self {
            case .decimal: return Self.decimalText(number)
            case .number(let form):
                if let word = form.word, number == form.wordValue { return word }
                return "\(number)"
            default: return "\(number)"
            }
        }
    }

    /// The value that a text stands for, in its canonical form.
    package func value(of text: String) throws(SettingValueProblem) -> SettingValue {
        switch self {
        case .flag:
            guard text == "enabled" || text == "disabled" else { throw .init("must be enabled or disabled, not \(Self.quoted(text))") }
            return .flag(text == "enabled")
        case .number(let form): return .number(try Self.number(text, form))
        case .decimal(let range, _): return .number(try Self.decimal(text, range))
        case .choice(let words):
            guard words.contains(text) else { throw .init("must be \(Self.list(words)), not \(Self.quoted(text))") }
            return .text(text)
        case .text(let form):
            try form.check(text)
            return .text(text)
        case .usmPassword:
            try USMSecret.check(text)
            return .text(text)
        case .accountPassword:
            try AccountSecret.check(text)
            return .text(text)
        case .numbers(let range): return .text(try Self.numbers(text, range))
        default: return .text(try address(text))
        }
    }

    /// The canonical form of a value, or why it is none of this kind.
    package func canonical(_ value: SettingValue) throws(SettingValueProblem) -> SettingValue {
        let canonical = try self.value(of: text(of: value))
        switch (canonical, value) {
        case (.flag, .flag), (.number, .number), (.text, .text): return canonical
        default: throw .init("is of another type")
        }
    }

    private func address(_ text: String) throws(SettingValueProblem) -> String {
        switch self {
        case .ipv4Address: try SettingAddress.ipv4(text)
        case .ipv6Address(let hasPrefix): try SettingAddress.ipv6(text, hasPrefix: hasPrefix)
        case .ipAddress: try SettingAddress.any(text)
        case .endpoint: try SettingAddress.endpoint(text)
        case .host: try SettingAddress.host(text)
        case .mailAddress: try SettingAddress.mail(text)
        case .hardwareAddress: try SettingAddress.hardware(text)
        case .timeOfDay: try SettingDate.time(text)
        default: try SettingDate.date(text)
        }
    }

    // MARK: - Numbers

    private static func number(_ text: String, _ form: Setting.NumberForm) throws(SettingValueProblem) -> Int {
        if let word = form.word, text == word { return form.wordValue }
        let isPlain = text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isPlain, let number = Int(text), form.range.contains(number) else {
            let word = form.word.map { "\($0) or " } ?? ""
            throw .init("must be \(word)\(form.range.lowerBound) to \(form.range.upperBound), not \(quoted(text))")
        }
        return number
    }

    private static func decimalText(_ tenths: Int) -> String {
        "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    }

    /// One digit or more, and behind a point one more at most.
    private static func decimal(_ text: String, _ range: ClosedRange<Int>) throws(SettingValueProblem) -> Int {
        let problem = SettingValueProblem(
            "must be \(decimalText(range.lowerBound)) to \(decimalText(range.upperBound)) with one decimal, not \(quoted(text))")
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.isDigits }),
            parts.count == 1 || parts[1].utf8.count == 1, parts[0].utf8.count <= 6, let whole = Int(parts[0]),
            let tenth = parts.count == 2 ? Int(parts[1]) : 0
        else { throw problem }
        let tenths = (isNegative ? -1 : 1) * (whole * 10 + tenth)
        guard range.contains(tenths) else { throw problem }
        return tenths
    }

    private static func numbers(_ text: String, _ range: ClosedRange<Int>) throws(SettingValueProblem) -> String {
        if text.isEmpty { return "" }
        let problem = SettingValueProblem(
            "must be numbers from \(range.lowerBound) to \(range.upperBound) with commas between them, not \(quoted(text))")
        var numbers: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let digits = part.drop { $0 == " " }
            guard (1...9).contains(digits.utf8.count), digits.isDigits, let number = Int(digits),
                range.contains(number)
            else { throw problem }
            numbers.insert(number)
        }
        return numbers.sorted().map(String.init).joined(separator: ",")
    }

    // MARK: - Reasons

    private static let longestQuote = 40

    /// A value as a reason shows it: short, and without control characters.
    static func quoted(_ text: String) -> String {
        if text.isEmpty { return "empty" }
        let shown = text.unicodeScalars.prefix(longestQuote).map { $0.properties.generalCategory == .control ? "?" : String($0) }.joined()
        return text.unicodeScalars.count > longestQuote ? shown + "…" : shown
    }

    private static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}

extension Setting.TextForm {
    /// What the manual forbids in passwords.
    static let forbidden = "()[]{}$£&\\|/"

    func check(_ text: String) throws(SettingValueProblem) {
        let count = text.utf8.count
        guard length.contains(count) else {
            let bounds = length.lowerBound == 0 ? "up to \(length.upperBound)" : "\(length.lowerBound) to \(length.upperBound)"
            throw .init("must have \(bounds) octets, not \(count)")
        }
        for scalar in text.unicodeScalars {
            switch characters {
            case .any:
                if scalar == "\0" { throw .init("has a NUL") }
            case .printable, .password:
                if scalar.properties.generalCategory == .control { throw .init("has a control character") }
                if characters == .password, Self.forbidden.unicodeScalars.contains(scalar) {
                    throw .init("can't have any of ( ) [ ] { } $ £ & \\ | /")
                }
            }
        }
    }
}
