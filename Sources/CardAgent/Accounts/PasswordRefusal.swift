import NetVision

/// Why a password was not set. Says nothing of the password itself.
enum PasswordRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    case lacking([PasswordPolicy.Lack])
    /// It is the one that counts already: to demand a change would mean nothing.
    case unchanged
    case unknownAccount
    /// It could not be kept; the text says why.
    case notSaved(String)

    var description: String {
        switch self {
        case .lacking(let lacks): "The password needs \(PasswordPolicy.text(lacks))."
        case .unchanged: "The new password must differ from the old one."
        case .unknownAccount: "There is no such account."
        case .notSaved(let reason): reason
        }
    }
}
