/// What a password must be (manual §11.6).
package enum PasswordPolicy {
    package static let minimumLength = 12
    /// What the LAN protocol has room for.
    package static let maximumLength = 64
    private static let specialCharacters = "!%#@^*"

    package enum Lack: CaseIterable, Sendable {
        case length, upperCase, lowerCase, digit, special, foreign, tooLong

        package var text: String {
            switch self {
            case .length: "\(PasswordPolicy.minimumLength) characters at least"
            case .upperCase: "an upper-case letter (A to Z)"
            case .lowerCase: "a lower-case letter (a to z)"
            case .digit: "a digit (0 to 9)"
            case .special: "one of ! % # @ ^ *"
            case .foreign: "no characters but letters, digits and ! % # @ ^ *"
            case .tooLong: "\(PasswordPolicy.maximumLength) characters at most"
            }
        }
    }

    /// `12 characters at least, a digit (0 to 9)`
    package static func text(_ lacks: [Lack]) -> String { lacks.map(\.text).joined(separator: ", ") }

    /// What is wrong with a password; empty if nothing is.
    package static func lacks(of password: String) -> [Lack] {
        let octets = Array(password.utf8)
        let special = Array(specialCharacters.utf8)
        let upper = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let lower = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return Lack.allCases.filter { lack in
            switch lack {
            case .length: password.count < minimumLength
            case .upperCase: !octets.contains { upper.contains($0) }
            case .lowerCase: !octets.contains { lower.contains($0) }
            case .digit: !octets.contains { digits.contains($0) }
            case .special: !octets.contains { special.contains($0) }
            case .foreign:
                !octets.allSatisfy { upper.contains($0) || lower.contains($0) || digits.contains($0) || special.contains($0) }
            case .tooLong: octets.count > maximumLength
            }
        }
    }
}
