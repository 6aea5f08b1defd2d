extension Setting {
    /// What values a setting can have, and how they are written.
    package enum Kind: Hashable, Sendable {
        /// `enabled` or `disabled`.
        case flag
        case number(NumberForm)
        /// With one decimal; the range is in tenths.
        case decimal(ClosedRange<Int>, unit: String)
        /// One of these words.
        case choice([String])
        case text(TextForm)
        /// A password of SNMPv3 or the key that was made of it, see `USMSecret`.
        case usmPassword
        /// A password that obeys the policy of 11.6, or its digest (`scrypt:…`); empty for none.
        case accountPassword
        /// Dotted; 0.0.0.0 for none.
        case ipv4Address
        /// An IPv6 address, and the length of its prefix behind a slash where `hasPrefix`; empty for none.
        case ipv6Address(hasPrefix: Bool)
        /// An IPv4 or IPv6 address; empty for none.
        case ipAddress
        /// An IPv4 address with or without `:port`; empty for none.
        case endpoint
        /// An address or a name of RFC 1123; empty for none.
        case host
        /// `name@domain`, up to 64 characters; empty for none.
        case mailAddress
        case hardwareAddress
        /// `hh:mm`.
        case timeOfDay
        /// `dd/mm/yyyy`.
        case date
        /// Numbers of this range with commas between them, ascending; empty for none.
        case numbers(ClosedRange<Int>)
    }

    package struct NumberForm: Hashable, Sendable {
        package let range: ClosedRange<Int>
        /// Empty for a pure number.
        package let unit: String
        /// A word that stands for a number beside the range: `auto`, `disabled`.
        package let word: String?
        package let wordValue: Int

        package init(_ range: ClosedRange<Int>, unit: String = "", word: String? = nil, wordValue: Int = 0) {
            self.range = range
            self.unit = unit
            self.word = word
            self.wordValue = wordValue
        }
    }

    package struct TextForm: Hashable, Sendable {
        package enum Characters: Hashable, Sendable {
            /// All but NUL.
            case any
            /// No control characters.
            case printable
            /// Printable and none of `( ) [ ] { } $ £ & \ | /`, which the manual forbids in passwords.
            case password
        }

        /// Octets of UTF-8.
        package let length: ClosedRange<Int>
        package let characters: Characters

        package init(_ length: ClosedRange<Int>, _ characters: Characters = .printable) {
            self.length = length
            self.characters = characters
        }
    }
}

extension Setting.Kind {
    package static let ports = 1...65_535

    package static func number(_ range: ClosedRange<Int>, _ unit: String = "") -> Self { .number(.init(range, unit: unit)) }

    /// What is measured in; empty without a unit.
    package var unit: String {
        switch self {
        case .number(let form): form.unit
        case .decimal(_, let unit): unit
        default: ""
        }
    }
}

extension Setting.Kind: CustomStringConvertible {
    /// What may be written, in words.
    package var description: String {
        switch self {
        case .flag: return "`enabled`, `disabled`"
        case .number(let form):
            let unit = form.unit.isEmpty ? "" : " \(form.unit)"
            return (form.word.map { "`\($0)`, " } ?? "") + "\(form.range.lowerBound) to \(form.range.upperBound)\(unit)"
        case .decimal(let range, let unit):
            return "\(text(of: .number(range.lowerBound))) to \(text(of: .number(range.upperBound))) \(unit)"
        case .choice(let words): return words.map { "`\($0)`" }.joined(separator: ", ")
        case .text(let form):
            let rule = form.characters == .password ? ", none of `()[]{}$£&\\|/`" : ""
            return "text of up to \(form.length.upperBound) octets\(rule)"
        case .usmPassword: return "8 to 64 octets, none of `()[]{}$£&\\|/`"
        case .accountPassword: return "12 to 64 characters: letters of both cases, digits and `!%#@^*`"
        case .numbers(let range): return "numbers from \(range.lowerBound) to \(range.upperBound), with commas"
        default: return addressDescription
        }
    }

    private var addressDescription: String {
        switch self {
        case .ipv4Address: "IPv4 address"
        case .ipv6Address(let hasPrefix): hasPrefix ? "IPv6 address/length" : "IPv6 address"
        case .ipAddress: "IPv4 or IPv6 address"
        case .endpoint: "IPv4 address, or one with `:port`"
        case .host: "address or host name"
        case .mailAddress: "`name@domain`, up to 64 characters"
        case .hardwareAddress: "six pairs of hexadecimal digits"
        case .timeOfDay: "`hh:mm`"
        default: "`dd/mm/yyyy`, 2000 to 2099"
        }
    }
}
