/// What a setting holds. Which case it is follows from the setting's kind.
package enum SettingValue: Hashable, Sendable {
    case flag(Bool)
    /// A whole number; of a decimal setting its tenths.
    case number(Int)
    /// Everything else, in its canonical form.
    case text(String)
}

extension SettingValue {
    /// False for what is no flag.
    package var flag: Bool { self == .flag(true) }

    /// 0 for what is no number.
    package var number: Int {
        if case .number(let number) = self { number } else { 0 }
    }

    /// Empty for what is no text.
    package var text: String {
        if case .text(let text) = self { text } else { "" }
    }
}

/// Why a value can't be that of a setting, such as `must be 1 to 60, not 77`. Secrets are never quoted.
package struct SettingValueProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String

    package init(_ reason: String) { self.reason = reason }

    package var description: String { reason }
}
