import NIOCore
import NIOPosix
import NetVision
import Synchronization

/// The accounts of a card: the admin, and the eight users of the table. Whoever wants in, by whatever door, is looked at here.
final class Accounts: Sendable {
    static let admin = "admin"
    /// Characters of a name that tries are counted by: no account has more.
    private static let longestName = 32

    /// Where the accounts are kept, and who hears of them.
    struct Surroundings: Sendable {
        let settings: @Sendable () -> AccountSettings
        /// Changes the settings; returns why they could not be kept, or nil.
        let change: @Sendable (ChangeOrigin, @escaping @Sendable (inout AccountSettings) -> Void) -> String?
        /// The card's clock.
        let now: @Sendable () -> Int64
        /// Time that nobody sets.
        var uptime: @Sendable () -> NIODeadline = { .now() }
        let report: @Sendable (AccountEvent) -> Void
    }

    /// Whether an account can be used under its password.
    private enum Standing {
        case good(remainingDays: Int)
        case firstPassword
        case expired
    }

    private struct State {
        var attempts = AccountAttempts()
        /// The key of a password that has none in the settings. Made when it is asked for, for it takes some milliseconds.
        var made: (password: String, key: LANKey)?
        var resets = 0
    }

    let sessions: SessionRegister
    private let mac: HardwareAddress
    private let firstPasswordSuffices: Bool
    private let surroundings: Surroundings
    private let state = Mutex(State())

    /// - Parameter firstPasswordSuffices: in a farm, whose cards nobody has to set up one by one.
    init(mac: HardwareAddress, firstPasswordSuffices: Bool, _ surroundings: Surroundings) {
        self.mac = mac
        self.firstPasswordSuffices = firstPasswordSuffices
        self.surroundings = surroundings
        sessions = SessionRegister(
            timeout: { .seconds(Int64(surroundings.settings().loginTimeout)) }, uptime: surroundings.uptime, report: surroundings.report)
    }

    // MARK: - Logins

    /// Compares a password. Wrong ones count, and lock out in the end.
    func authenticate(
        user: String, password: String, from host: String, way: ChangeOrigin.Way
    ) async -> Result<Authentication, AccountRefusal> {
        let name = String(user.prefix(Self.longestName))
        switch begin(name, from: host) {
        case .locked(let wait): return .failure(.lockedOut(seconds: Self.seconds(wait)))
        case .busy: return .failure(.busy)
        case .proceed: break
        }
        let account = account(user)
        guard let isRight = try? await NIOThreadPool.singleton.runIfActive({ [self] in matches(password, account) }) else {
            withdrawn(name, from: host)
            return .failure(.busy)
        }
        ended(name, ChangeOrigin(way, by: host), isRight: isRight)
        guard isRight, let account, self.account(user) == account else { return .failure(.wrongPassword) }
        return .success(authentication(account))
    }

    private func authentication(_ account: Account) -> Authentication {
        let standing = standing(of: account)
        if age(of: account).isFromTheFuture {
            let now = surroundings.now()
            _ = surroundings.change(ChangeOrigin(.card, by: Accounts.admin)) { $0.setChangedAt(now, of: account.name) }
        }
        let remaining = if case .good(let days) = standing { days } else { 0 }
        return Authentication(
            user: account.name, access: account.access, remainingDays: remaining, mustChange: remaining == 0,
            credential: credential(account))
    }

    // MARK: - Sessions

    /// Opens the session of a user who has proven himself (trap 40), and closes the one before.
    func open(_ authentication: Authentication, by origin: ChangeOrigin) -> SessionRegister.Token {
        sessions.open(authentication, origin)
    }

    /// The session of a token, which is thereby used. It does not outlive the password and the rights that it was opened on.
    func session(for token: String) -> SessionRegister.Session? {
        sessions.session(for: token) { session in
            let account = account(session.user)
            return account.map { credential($0) == session.credential && $0.access == session.access } ?? false
        }
    }

    // MARK: - Passwords

    /// Sets a password. When this returns it counts, at every door, and whatever was granted on the old one is over.
    func setPassword(of user: String, to password: String, by origin: ChangeOrigin) async throws(PasswordRefusal) {
        let result = try? await NIOThreadPool.singleton.runIfActive { [self] in
            Result<Void, PasswordRefusal> { () throws(PasswordRefusal) in try replacePassword(of: user, with: password, by: origin) }
        }
        guard let result else { throw .notSaved("The card is about to stop.") }
        try result.get()
    }

    /// `setPassword`, on this thread, for some 50 ms: not on an event loop.
    func replacePassword(of user: String, with password: String, by origin: ChangeOrigin) throws(PasswordRefusal) {
        let lacks = PasswordPolicy.lacks(of: password)
        guard lacks.isEmpty else { throw .lacking(lacks) }
        guard let account = account(user, isDisabledToo: true) else { throw .unknownAccount }
        guard account.secret.isEmpty || !matches(password, account) else { throw .unchanged }
        let secret = PasswordDigest(password: password, card: account.name == Self.admin ? mac : nil).text
        let now = surroundings.now()
        let problem = surroundings.change(origin) { $0.setSecret(secret, at: now, of: account.name) }
        if let problem { throw .notSaved(problem) }
        sessions.close(user: account.name, .passwordChanged)
    }

    /// The settings have other values: a password that came with them is not to stay there as it is.
    func settingsChanged() {
        guard accountsOfSettings.contains(where: { isPlain($0) }) else { return }
        // It ends by itself, and finds nothing to do where it comes twice.
        NIOThreadPool.singleton.submit { [self] state in
            if case .active = state { digestPasswords() }
        }
    }

    private var accountsOfSettings: [Account] {
        ([Self.admin] + surroundings.settings().users.map(\.name)).compactMap { account($0, isDisabledToo: true) }
    }

    private func isPlain(_ account: Account) -> Bool { if case .plain = stored(account) { true } else { false } }

    /// Makes digests of the passwords that came in with a settings document. Takes some 50 ms for each: not on an event loop.
    func digestPasswords() {
        for account in accountsOfSettings {
            guard case .plain(let password) = stored(account) else { continue }
            let digest = PasswordDigest(password: password, card: account.name == Self.admin ? mac : nil).text
            let now = surroundings.now()
            _ = surroundings.change(ChangeOrigin(.card, by: Self.admin)) { settings in
                guard settings.secret(of: account.name) == password else { return }
                settings.setSecret(digest, at: now, of: account.name)
            }
        }
    }

    /// Every lock-out, session and unlock is over: the accounts have been reset.
    func reset() {
        state.withLock { state in
            state.attempts.reset()
            state.resets += 1
        }
        sessions.closeAll(.reset)
    }

    // MARK: - LAN protocol

    /// The key of the LAN protocol, or nil where `makeAdminKey` has to make it first.
    var adminKey: LANKey? {
        let password = stored(admin)
        guard let text = password.plainText else { return password.lanKey ?? .unguessable }
        return state.withLock { $0.made.flatMap { $0.password == text ? $0.key : nil } }
    }

    /// Makes the key of a password that has none in the settings. Takes some milliseconds: not on an event loop.
    func makeAdminKey() {
        guard let text = stored(admin).plainText else { return }
        let key = LANKey(password: text, card: mac)
        state.withLock { $0.made = (text, key) }
    }

    /// What unlocks are granted on.
    var adminCredential: AccountCredential { credential(admin) }

    /// Why the card can't be unlocked or restarted before its password is changed, in words; nil if it can.
    var obstacle: String? {
        switch standing(of: admin) {
        case .good: nil
        case .firstPassword: "The card still has its first password. Set another one first."
        case .expired: "The card's password is older than its settings allow. Set another one first."
        }
    }

    /// The admin's password has opened the card to a host that it was closed to.
    func unlocked(by origin: ChangeOrigin) { surroundings.report(.sessionOpened(user: Self.admin, origin)) }

    // MARK: - Tries

    /// Whether a password may be compared; then `ended` or `withdrawn` must follow.
    func begin(_ user: String, from host: String) -> AccountAttempts.Admission {
        state.withLock { $0.attempts.begin(user, from: host, now: surroundings.uptime()) }
    }

    /// A try has ended: tells of the lock-outs that begin with it.
    func ended(_ user: String, _ origin: ChangeOrigin, isRight: Bool) {
        let began = state.withLock { $0.attempts.ended(user, from: origin.by, isRight: isRight, now: surroundings.uptime()) }
        guard !began.isEmpty, account(user, isDisabledToo: true) != nil else { return }
        surroundings.report(.locked(user: user, origin))
    }

    /// Nothing was compared.
    func withdrawn(_ user: String, from host: String) { state.withLock { $0.attempts.withdrawn(user, from: host) } }

    static func seconds(_ wait: TimeAmount) -> Int { Int(wait.nanoseconds / 1_000_000_000) + 1 }

    // MARK: - One account

    private struct Account: Equatable {
        let name: String
        let secret: String
        let access: AccountSettings.Access
        let changedAt: Int64
    }

    private var admin: Account {
        let settings = surroundings.settings()
        return Account(name: Self.admin, secret: settings.adminSecret, access: .readWrite, changedAt: settings.adminChangedAt)
    }

    private func account(_ name: String, isDisabledToo: Bool = false) -> Account? {
        if name == Self.admin { return admin }
        guard !name.isEmpty, let row = surroundings.settings().users.first(where: { $0.name == name }) else { return nil }
        guard isDisabledToo || (row.access != .disabled && !row.secret.isEmpty) else { return nil }
        return Account(name: name, secret: row.secret, access: row.access, changedAt: row.changedAt)
    }

    private func stored(_ account: Account) -> StoredPassword {
        StoredPassword(account.secret, first: account.name == Self.admin ? mac.firstPassword : nil)
    }

    /// Takes its time, also where there is no account.
    private func matches(_ password: String, _ account: Account?) -> Bool {
        account.map { stored($0).matches(password) } ?? PasswordDigest.refuse(password)
    }

    private func credential(_ account: Account) -> AccountCredential {
        AccountCredential(secret: account.secret, resets: state.withLock { $0.resets })
    }

    private func age(of account: Account) -> PasswordAge {
        PasswordAge(changedAt: account.changedAt, now: surroundings.now(), validityDays: surroundings.settings().validityDays)
    }

    private func standing(of account: Account) -> Standing {
        let password = stored(account)
        if password.isFirst {
            return firstPasswordSuffices ? .good(remainingDays: surroundings.settings().validityDays) : .firstPassword
        }
        // Its time begins when the digest of it is made.
        if case .plain = password { return .good(remainingDays: surroundings.settings().validityDays) }
        let days = age(of: account).remainingDays
        return days > 0 ? .good(remainingDays: days) : .expired
    }
}
