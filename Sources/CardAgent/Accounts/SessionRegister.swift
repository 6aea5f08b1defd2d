import Crypto
import FoundationEssentials
import NIOCore
import Synchronization

/// The one session of a card (manual §11.6): whoever logs in closes the session before. Ages go by time that nobody sets.
final class SessionRegister: Sendable {
    struct Session: Equatable, Sendable {
        let authentication: Authentication
        let origin: ChangeOrigin
        fileprivate var lastUsed: NIODeadline

        var user: String { authentication.user }
    }

    /// Why a session has ended.
    enum End: String, Equatable, Sendable {
        case logout
        case timeout
        case anotherSession = "another session"
        case passwordChanged = "password changed"
        case accountChanged = "account changed"
        case reset
    }

    /// What a session is asked for with: 256 random bits, told once and not kept.
    struct Token: Sendable, CustomStringConvertible, CustomReflectable {
        let text: String

        fileprivate init() {
            text = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64EncodedString() }
        }

        var description: String { "SessionRegister.Token" }
        var customMirror: Mirror { Mirror(self, children: [:]) }
    }

    private struct State {
        var session: Session?
        var hash: [UInt8] = []
    }

    private let timeout: @Sendable () -> TimeAmount
    private let uptime: @Sendable () -> NIODeadline
    private let report: @Sendable (AccountEvent) -> Void
    private let state = Mutex(State())

    init(
        timeout: @escaping @Sendable () -> TimeAmount, uptime: @escaping @Sendable () -> NIODeadline,
        report: @escaping @Sendable (AccountEvent) -> Void
    ) {
        self.timeout = timeout
        self.uptime = uptime
        self.report = report
    }

    /// Opens the session of a user who has proven himself, and closes the one before.
    func open(_ authentication: Authentication, _ origin: ChangeOrigin) -> Token {
        let token = Token()
        let old = state.withLock { state in
            let old = expire(&state)
            let replaced = state.session.map { AccountEvent.sessionClosed(user: $0.user, .anotherSession) }
            state.session = Session(authentication: authentication, origin: origin, lastUsed: uptime())
            state.hash = Self.hash(token.text)
            return old ?? replaced
        }
        if let old { report(old) }
        report(.sessionOpened(user: authentication.user, origin))
        return token
    }

    /// The session of a token, which is thereby used; nil where there is none, or no longer.
    ///
    /// - Parameter counts: whether what the session was opened on still counts; else it ends.
    func session(for token: String, counts: (Authentication) -> Bool) -> Session? {
        let hash = Self.hash(token)
        let (session, ended) = state.withLock { state -> (Session?, AccountEvent?) in
            if let ended = expire(&state) { return (nil, ended) }
            guard let session = state.session, PasswordDigest.isEqual(hash, state.hash) else { return (nil, nil) }
            guard counts(session.authentication) else { return (nil, end(&state, .accountChanged)) }
            state.session?.lastUsed = uptime()
            return (session, nil)
        }
        if let ended { report(ended) }
        return session
    }

    func close(_ token: String) {
        let hash = Self.hash(token)
        tell { state in PasswordDigest.isEqual(hash, state.hash) ? self.end(&state, .logout) : nil }
    }

    func close(user: String, _ reason: End) {
        tell { state in state.session?.user == user ? self.end(&state, reason) : nil }
    }

    func closeAll(_ reason: End) { tell { self.end(&$0, reason) } }

    /// Who is logged in, if anybody.
    var current: Session? {
        expire()
        return state.withLock { $0.session }
    }

    /// Ends a session that has been idle for too long. Somebody calls this every second, so that the log tells in time.
    func expire() { tell { self.expire(&$0) } }

    private func tell(_ change: (inout State) -> AccountEvent?) {
        if let event = state.withLock({ change(&$0) }) { report(event) }
    }

    private func expire(_ state: inout State) -> AccountEvent? {
        guard let session = state.session, uptime() - session.lastUsed >= timeout() else { return nil }
        return end(&state, .timeout)
    }

    private func end(_ state: inout State, _ reason: End) -> AccountEvent? {
        guard let session = state.session else { return nil }
        state = State()
        return .sessionClosed(user: session.user, reason)
    }

    private static func hash(_ token: String) -> [UInt8] { Array(SHA256.hash(data: Array(token.utf8))) }
}
