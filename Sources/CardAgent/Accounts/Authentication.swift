/// A user whose password was right.
struct Authentication: Equatable, Sendable {
    let user: String
    /// `readOnly` or `readWrite`; the admin's is always `readWrite`.
    let access: AccountSettings.Access
    /// Whole days until the password has to be changed.
    let remainingDays: Int
    /// The password is the first one, or has had its time: all that this user may do is to set another.
    let mustChange: Bool
    /// The secret that counted; a session ends with it.
    let credential: AccountCredential
}

/// What proves an account's password, as an identity only: when it differs from before, whatever was granted on it is over.
struct AccountCredential: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
    private let secret: String
    private let resets: Int

    init(secret: String, resets: Int) {
        self.secret = secret
        self.resets = resets
    }

    var description: String { "AccountCredential" }
    var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Why a login has failed. An unknown user is a wrong password: nobody is told which names exist.
enum AccountRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    case wrongPassword
    /// Too many wrong tries; `seconds` tells how long to wait.
    case lockedOut(seconds: Int)
    /// Too many tries at once.
    case busy

    var description: String {
        switch self {
        case .wrongPassword: "The user name or the password is wrong."
        case .lockedOut(let seconds): "Too many wrong passwords. Try again in \(seconds) s."
        case .busy: "Too many logins at once. Try again."
        }
    }
}

/// What has happened to an account, for the event log and the traps.
enum AccountEvent: Equatable, Sendable {
    case sessionOpened(user: String, ChangeOrigin)
    case sessionClosed(user: String, SessionRegister.End)
    /// Once for each lock-out: the try that it began with.
    case locked(user: String, ChangeOrigin)
}
