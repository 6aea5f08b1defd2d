/// A user of the user-based security model, with keys for any engine (RFC 3414 §2.1).
///
/// Holds the master keys, not the passwords: deriving one costs a megabyte of hashing, so a user is made once and kept.
package struct USMUser: Hashable, Sendable {
    package struct Authentication: Hashable, Sendable {
        package let `protocol`: AuthenticationProtocol
        package let key: MasterKey
    }

    package struct Privacy: Hashable, Sendable {
        package let `protocol`: PrivacyProtocol
        package let key: MasterKey
    }

    /// RFC 3414 §11.2 asks for eight characters; agents count octets.
    package static let minimumPasswordLength = 8

    /// 1 to 32 octets of UTF-8.
    package let name: String
    package let authentication: Authentication?
    package let privacy: Privacy?
    let nameOctets: InlineOctets

    /// A user with passwords. Costs a megabyte of hashing for each of them.
    package init(
        name: String, authentication: (protocol: AuthenticationProtocol, password: String)? = nil,
        privacy: (protocol: PrivacyProtocol, password: String)? = nil
    ) throws(USMUserError) {
        for password in [authentication?.password, privacy?.password] {
            if let password, password.utf8.count < Self.minimumPasswordLength { throw .passwordTooShort }
        }
        guard let authentication else {
            try self.init(name: name, authenticationKey: nil, privacyKey: privacy.map { ($0.protocol, MasterKey(octets: [])) })
            return
        }
        let hash = authentication.protocol
        try self.init(
            name: name, authenticationKey: (hash, MasterKey(password: authentication.password, hash)),
            privacyKey: privacy.map { ($0.protocol, MasterKey(password: $0.password, hash)) })
    }

    /// A user with stored keys. The privacy key is one of the authentication protocol's hash function, too.
    package init(
        name: String, authenticationKey: (protocol: AuthenticationProtocol, key: MasterKey)?,
        privacyKey: (protocol: PrivacyProtocol, key: MasterKey)?
    ) throws(USMUserError) {
        guard !name.isEmpty, let nameOctets = InlineOctets(name.utf8) else { throw .nameLength }
        guard privacyKey == nil || authenticationKey != nil else { throw .privacyWithoutAuthentication }
        for key in [authenticationKey?.key, privacyKey?.key] {
            if let key, key.octets.count != authenticationKey?.protocol.digestLength { throw .keyLength }
        }
        self.name = name
        self.nameOctets = nameOctets
        authentication = authenticationKey.map { Authentication(protocol: $0.protocol, key: $0.key) }
        privacy = privacyKey.map { Privacy(protocol: $0.protocol, key: $0.key) }
    }

    /// The highest level that the user has keys for, at which it sends.
    package var level: SecurityLevel { privacy != nil ? .authPriv : authentication != nil ? .authNoPriv : .noAuthNoPriv }
}

extension USMUser: CustomStringConvertible, CustomReflectable {
    /// The name and the protocols.
    package var description: String {
        ([name] + [authentication?.protocol.rawValue, privacy?.protocol.rawValue].compactMap { $0 }).joined(separator: " ")
    }

    package var customMirror: Mirror { Mirror(self, children: ["name": name, "level": level]) }
}

/// Why there is no such user.
package enum USMUserError: Error, Hashable, Sendable, CustomStringConvertible {
    case nameLength
    case passwordTooShort
    case privacyWithoutAuthentication
    /// A stored key that another hash function has made.
    case keyLength

    package var description: String {
        switch self {
        case .nameLength: "A user name has 1 to 32 octets."
        case .passwordTooShort: "A password of SNMPv3 has at least \(USMUser.minimumPasswordLength) octets."
        case .privacyWithoutAuthentication: "A user with privacy needs an authentication protocol and password, too."
        case .keyLength: "The stored key does not have the length of the authentication protocol's digest."
        }
    }
}
