/// A user as a person writes one, in a file or behind an option:
///
///     NAME[:AUTHENTICATION:PASSWORD[:PRIVACY:PASSWORD]]        olga:SHA-256:correct horse:AES:battery staple
///
/// Passwords may contain colons: the first one ends where the name of a privacy protocol follows between two colons, the second is the rest.
/// A first password that itself contains such a thing can't be told this way.
extension USMUser {
    package static let specificationForm = "NAME[:AUTH:PASSWORD[:PRIV:PASSWORD]]"

    /// Costs some milliseconds: passwords become keys (RFC 3414 §A.2).
    package init(specification: some StringProtocol) throws(USMSpecificationError) {
        let parts = String(specification).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let protection = parts.count == 2 ? try Protection(parts[1], of: parts[0]) : nil
        do throws(USMUserError) {
            self = try USMUser(name: parts[0], authentication: protection?.authentication, privacy: protection?.privacy)
        } catch {
            throw .user(parts[0], error)
        }
    }

    /// One specification a line; empty lines and those that begin with # are left out.
    package static func users(in document: String) throws(USMSpecificationError) -> [USMUser] {
        var users: [USMUser] = []
        // A carriage return and a line feed are one character.
        for (index, line) in document.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            do throws(USMSpecificationError) {
                users.append(try USMUser(specification: line))
            } catch {
                throw .line(index + 1, error)
            }
        }
        return users
    }
}

/// The protocols and passwords of a specification.
private struct Protection {
    let authentication: (protocol: AuthenticationProtocol, password: String)
    let privacy: (protocol: PrivacyProtocol, password: String)?

    init(_ text: String, of name: String) throws(USMSpecificationError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let authentication = AuthenticationProtocol(spelling: parts[0]) else { throw .unknownProtocol(name, parts[0]) }
        guard parts.count == 2 else { throw .noPassword(name) }
        let (password, privacy) = Self.divided(parts[1])
        self.authentication = (authentication, password)
        self.privacy = privacy
    }

    private static func divided(_ text: String) -> (String, (protocol: PrivacyProtocol, password: String)?) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for index in parts.indices.dropFirst().dropLast() {
            guard let privacy = PrivacyProtocol(spelling: String(parts[index])) else { continue }
            return (parts[..<index].joined(separator: ":"), (privacy, parts[(index + 1)...].joined(separator: ":")))
        }
        return (text, nil)
    }
}

/// What is wrong with a written user. Says no password.
package indirect enum USMSpecificationError: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownProtocol(String, String)
    case noPassword(String)
    case user(String, USMUserError)
    case line(Int, USMSpecificationError)

    package var description: String {
        switch self {
        case .unknownProtocol(let name, let text):
            "User \(name): \"\(text)\" is no authentication protocol; there are "
                + AuthenticationProtocol.allCases.map(\.rawValue).joined(separator: ", ") + "."
        case .noPassword(let name): "User \(name): an authentication protocol needs a password: \(USMUser.specificationForm)."
        case .user(let name, let error): "User \(name): \(error)"
        case .line(let number, let error): "Line \(number): \(error)"
        }
    }
}
