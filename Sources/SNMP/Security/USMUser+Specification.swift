/// A user as a person writes one, in a file or behind an option:
///
///     NAME[:AUTHENTICATION:PASSWORD[:PRIVACY:PASSWORD]]        olga:SHA-256:correct horse:AES:battery staple
///
/// Passwords may contain colons: the first one ends where the name of a privacy protocol follows between two colons, the second is the rest.
/// A first password that itself contains such a thing can't be told this way.
package struct USMUserSpecification: Sendable {
    package static let form = "NAME[:AUTH:PASSWORD[:PRIV:PASSWORD]]"

    package let name: String
    package let authentication: (protocol: AuthenticationProtocol, password: String)?
    package let privacy: (protocol: PrivacyProtocol, password: String)?

    package init(_ text: some StringProtocol) throws(USMSpecificationError) {
        let parts = String(text).split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        name = parts[0]
        guard parts.count > 1 else {
            authentication = nil
            privacy = nil
            return
        }
        guard let authentication = AuthenticationProtocol(spelling: parts[1]) else { throw .unknownProtocol(name, parts[1]) }
        guard parts.count > 2 else { throw .noPassword(name) }
        let (password, privacy) = Self.divided(parts[2])
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

    /// What `make` makes of each line; empty lines and those that begin with # are left out.
    fileprivate static func each<Result>(
        in document: String, _ make: (Substring) throws(USMSpecificationError) -> Result
    ) throws(USMSpecificationError) -> [Result] {
        var results: [Result] = []
        // A carriage return and a line feed are one character.
        for (index, line) in document.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            do throws(USMSpecificationError) {
                results.append(try make(line))
            } catch {
                throw .line(index + 1, error)
            }
        }
        return results
    }

    /// One specification a line; empty lines and those that begin with # are left out.
    package static func all(in document: String) throws(USMSpecificationError) -> [USMUserSpecification] {
        try each(in: document) { (line) throws(USMSpecificationError) in try USMUserSpecification(line) }
    }
}

extension USMUser {
    /// Costs some milliseconds: passwords become keys (RFC 3414 §A.2).
    package init(specification: some StringProtocol) throws(USMSpecificationError) {
        let written = try USMUserSpecification(specification)
        do throws(USMUserError) {
            self = try USMUser(name: written.name, authentication: written.authentication, privacy: written.privacy)
        } catch {
            throw .user(written.name, error)
        }
    }

    /// One specification a line; empty lines and those that begin with # are left out.
    package static func users(in document: String) throws(USMSpecificationError) -> [USMUser] {
        try USMUserSpecification.each(in: document) { (line) throws(USMSpecificationError) in try USMUser(specification: line) }
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
        case .noPassword(let name): "User \(name): an authentication protocol needs a password: \(USMUserSpecification.form)."
        case .user(let name, let error): "User \(name): \(error)"
        case .line(let number, let error): "Line \(number): \(error)"
        }
    }
}
