import NIOPosix
import SNMP

/// A user of SNMPv3's user-based security model as a request names it.
///
/// Of a user that is stored under the same name, what is left out stays: its protocols, its keys, its context. Passwords are not stored, so a
/// key that is to go with another hash function needs its password again.
struct SNMPUserFields: Decodable, Sendable {
    /// Written as a protocol it takes authentication or privacy away.
    static let none = "none"

    let user: String?
    let authProtocol: String?
    let authPassword: String?
    let privProtocol: String?
    let privPassword: String?
    let context: String?

    var isEmpty: Bool { [user, authProtocol, authPassword, privProtocol, privPassword, context].allSatisfy { $0 == nil } }

    /// The user that comes of it. Hashes a megabyte for each password, away from the cooperative pool: some milliseconds.
    ///
    /// Throws a `Problem`; `place` is where the fields are in the request.
    func user(keeping stored: SNMPUser?, in place: String) async throws -> SNMPUser {
        let order = try order(keeping: stored, in: place)
        return try await NIOThreadPool.singleton.runIfActive { try order.user() }
    }

    /// The user, if its parts go together, still without its keys.
    func order(keeping stored: SNMPUser?, in place: String) throws(Problem) -> SNMPUserOrder {
        guard let name = user ?? stored?.user.name, (1...32).contains(name.utf8.count) else {
            throw .invalid("\(place).user", "Version 3 needs a user: a name of 1 to 32 bytes.")
        }
        let known = stored.flatMap { $0.user.name == name ? $0 : nil }
        let context = context ?? known?.context ?? ""
        guard context.utf8.count <= 32 else { throw .invalid("\(place).context", "The name of a context has at most 32 bytes.") }
        let authentication = try authentication(known?.user.authentication, in: place)
        let privacy = try privacy(known?.user, with: authentication, in: place)
        return SNMPUserOrder(name: name, authentication: authentication, privacy: privacy, context: context)
    }

    private func authentication(
        _ known: USMUser.Authentication?, in place: String
    ) throws(Problem) -> SNMPUserOrder.Part<AuthenticationProtocol>? {
        guard authProtocol?.lowercased() != Self.none else {
            guard authPassword == nil else { throw .invalid("\(place).authPassword", "Without authentication there is no password.") }
            return nil
        }
        guard authProtocol != nil || authPassword != nil else { return known.map { .init(algorithm: $0.protocol, secret: .key($0.key)) } }
        let named = authProtocol.map(AuthenticationProtocol.init(spelling:)) ?? known?.protocol
        guard let algorithm = named else {
            throw Self.unknown(authProtocol, "authentication", AuthenticationProtocol.allCases.map(\.rawValue), at: "\(place).authProtocol")
        }
        if authPassword == nil, let known, known.protocol == algorithm { return .init(algorithm: algorithm, secret: .key(known.key)) }
        return .init(algorithm: algorithm, secret: .password(try Self.password(authPassword, at: "\(place).authPassword")))
    }

    private func privacy(
        _ known: USMUser?, with authentication: SNMPUserOrder.Part<AuthenticationProtocol>?, in place: String
    ) throws(Problem) -> SNMPUserOrder.Part<PrivacyProtocol>? {
        guard privProtocol?.lowercased() != Self.none else {
            guard privPassword == nil else { throw .invalid("\(place).privPassword", "Without privacy there is no password.") }
            return nil
        }
        let isGiven = privProtocol != nil || privPassword != nil
        guard let authentication else {
            guard isGiven else { return nil }
            throw .invalid(
                "\(place).privProtocol",
                "There is no privacy without authentication: give authProtocol and authPassword too, or leave the privacy out.")
        }
        guard isGiven || known?.privacy != nil else { return nil }
        let named = privProtocol.map(PrivacyProtocol.init(spelling:)) ?? known?.privacy?.protocol
        guard let algorithm = named else {
            throw Self.unknown(privProtocol, "privacy", PrivacyProtocol.allCases.map(\.rawValue), at: "\(place).privProtocol")
        }
        guard privPassword == nil, let key = known?.privacy?.key else {
            return .init(algorithm: algorithm, secret: .password(try Self.password(privPassword, at: "\(place).privPassword")))
        }
        guard known?.authentication?.protocol == authentication.algorithm else {
            throw .invalid(
                "\(place).privPassword",
                "The key of the privacy is made with the authentication protocol: give privPassword again, or privProtocol none.")
        }
        return .init(algorithm: algorithm, secret: .key(key))
    }

    private static func unknown(_ name: String?, _ kind: String, _ known: [String], at field: String) -> Problem {
        let list = known.joined(separator: ", ")
        guard let name else { return .invalid(field, "The \(kind) password has no protocol. There are \(list).") }
        return .invalid(field, "There is no \(kind) protocol \(name). There are \(list).")
    }

    /// RFC 3414 §11.2: a password has at least 8 octets.
    private static func password(_ password: String?, at field: String) throws(Problem) -> String {
        guard let password else { throw .invalid(field, "The protocol needs a password of 8 to 256 bytes.") }
        guard (8...256).contains(password.utf8.count) else { throw .invalid(field, "An SNMPv3 password has 8 to 256 bytes.") }
        return password
    }
}

/// A user whose keys may still have to be made of passwords.
struct SNMPUserOrder: Sendable {
    enum Secret: Sendable {
        case password(String)
        case key(MasterKey)

        func key(_ hash: AuthenticationProtocol) -> MasterKey {
            switch self {
            case .password(let password): MasterKey(password: password, hash)
            case .key(let key): key
            }
        }
    }

    struct Part<Algorithm: Sendable>: Sendable {
        let algorithm: Algorithm
        let secret: Secret
    }

    let name: String
    let authentication: Part<AuthenticationProtocol>?
    let privacy: Part<PrivacyProtocol>?
    let context: String

    func user() throws -> SNMPUser {
        let hash = authentication?.algorithm
        let user = try USMUser(
            name: name, authenticationKey: authentication.map { ($0.algorithm, $0.secret.key($0.algorithm)) },
            privacyKey: privacy.flatMap { part in hash.map { (part.algorithm, part.secret.key($0)) } })
        return SNMPUser(user: user, context: context)
    }
}
