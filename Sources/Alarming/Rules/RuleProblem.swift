/// Why a text holds no rules: where, which key, and what it may be.
package struct RuleProblem: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Kind: Sendable, Equatable {
        /// The text is neither YAML nor JSON.
        case syntax
        case missing
        case invalid
    }

    package let kind: Kind
    /// From 1; nil where the text as a whole is wrong.
    package let line: Int?
    package let column: Int?
    /// `rules[2].threshold.for`; empty for the whole text.
    package let key: String
    /// What is wrong, and what is allowed.
    package let reason: String

    init(_ kind: Kind = .invalid, line: Int? = nil, column: Int? = nil, key: String = "", reason: String) {
        self.kind = kind
        self.line = line
        self.column = column
        self.key = key
        self.reason = reason
    }

    package var description: String {
        let place = line.map { "line \($0)" + (column.map { ", column \($0)" } ?? "") }
        return [place, key.isEmpty ? nil : key, reason].compactMap(\.self).joined(separator: ": ")
    }
}
