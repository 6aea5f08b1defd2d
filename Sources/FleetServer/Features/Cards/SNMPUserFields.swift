import NIOPosix
import SNMP

/// A user of SNMPv3's user-based security as a request names it. All or nothing: a user is given whole.
struct SNMPUserFields: Decodable, Sendable {
    let user: String?
    let authProtocol: String?
    let authPassword: String?
    let privProtocol: String?
    let privPassword: String?
    let context: String?

    var isEmpty: Bool { [user, authProtocol, authPassword, privProtocol, privPassword, context].allSatisfy { $0 == nil } }

    /// The user, if its parts go together. `place` is where the fields are in the request, for the problem.
    func checked(in place: String) throws(Problem) -> SNMPUserOrder {
        guard let user, (1...32).contains(user.utf8.count) else {
            throw .invalid("\(place).user", "Version 3 needs a user: a name of 1 to 32 bytes.")
        }
        let context = context ?? ""
        guard context.utf8.count <= 32 else { throw .invalid("\(place).context", "The name of a context has at most 32 bytes.") }
        let authentication = try authentication(in: place)
        let privacy = try privacy(in: place)
        guard authentication != nil || privacy == nil else {
            throw .invalid(
                "\(place).privProtocol",
                "There is no privacy without authentication: give authProtocol and authPassword too, or leave the privacy out.")
        }
        return SNMPUserOrder(name: user, authentication: authentication, privacy: privacy, context: context)
    }

    private func authentication(in place: String) throws(Problem) -> SNMPUserOrder.Authentication? {
        guard authProtocol != nil || authPassword != nil else { return nil }
        guard let name = authProtocol, let algorithm = AuthenticationProtocol(spelling: name) else {
            throw Self.unknown(authProtocol, "authentication", AuthenticationProtocol.allCases.map(\.rawValue), at: "\(place).authProtocol")
        }
        return .init(algorithm: algorithm, password: try Self.password(authPassword, at: "\(place).authPassword"))
    }

    private func privacy(in place: String) throws(Problem) -> SNMPUserOrder.Privacy? {
        guard privProtocol != nil || privPassword != nil else { return nil }
        guard let name = privProtocol, let algorithm = PrivacyProtocol(spelling: name) else {
            throw Self.unknown(privProtocol, "privacy", PrivacyProtocol.allCases.map(\.rawValue), at: "\(place).privProtocol")
        }
        return .init(algorithm: algorithm, password: try Self.password(privPassword, at: "\(place).privPassword"))
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

/// A user whose keys are still to be made of the passwords.
struct SNMPUserOrder: Sendable {
    struct Authentication: Sendable {
        let algorithm: AuthenticationProtocol
        let password: String
    }

    struct Privacy: Sendable {
        let algorithm: PrivacyProtocol
        let password: String
    }

    let name: String
    let authentication: Authentication?
    let privacy: Privacy?
    let context: String

    /// Hashes a megabyte for each password, away from the cooperative pool: some milliseconds.
    func user() async throws -> SNMPUser {
        let user = try await NIOThreadPool.singleton.runIfActive {
            try USMUser(
                name: name, authentication: authentication.map { ($0.algorithm, password: $0.password) },
                privacy: privacy.map { ($0.algorithm, password: $0.password) })
        }
        return SNMPUser(user: user, context: context)
    }
}
