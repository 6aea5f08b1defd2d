import SNMP

/// The USM table, a line a user: access, protocols, sealed keys, name.
///
///     [snmp-users]
///     user-1 = read-write SHA-256 AES sealed:… operator
///     user-2 = read-only none none - guest
///     user-3 =
///
/// What is sealed are the master keys (Ku of RFC 3414 §2.6), never the passwords.
extension SettingsDocument {
    private static let noProtocol = "none"
    private static let noKeys = "-"

    static let users: [Entry] = (0..<CardUser.maximumCount).map { row in
        Entry(section: "snmp-users", key: "user-\(row + 1)") { settings, vault in
            settings.users.indices.contains(row) ? line(settings.users[row], vault) : ""
        } write: { settings, value, vault in
            guard !value.isEmpty else { return () }
            guard let user = user(value, vault), let users = settings.users.merged(with: [user]) else { return nil }
            settings.users = users
            return ()
        }
    }

    private static func line(_ user: CardUser, _ vault: SecretVault) -> String {
        let authentication = user.user.authentication
        let privacy = user.user.privacy
        let secret = (authentication?.key.octets ?? []) + (privacy?.key.octets ?? [])
        let head = head(user.access, authentication?.protocol, privacy?.protocol)
        let keys = secret.isEmpty ? noKeys : vault.sealed(secret, for: place(head, user.user.name))
        return "\(head) \(keys) \(user.user.name)"
    }

    private static func head(_ access: LocalEngine.Access, _ authentication: AuthenticationProtocol?, _ privacy: PrivacyProtocol?) -> String
    {
        "\(access.word) \(authentication?.rawValue ?? noProtocol) \(privacy?.rawValue ?? noProtocol)"
    }

    /// Keys are sealed for a user with all that is said of it: nobody can lend them to another.
    private static func place(_ head: String, _ name: String) -> String { "snmp-user \(head) \(name)" }

    private static func user(_ line: String, _ vault: SecretVault) -> CardUser? {
        let parts = line.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, let access = LocalEngine.Access(word: parts[0]) else { return nil }
        let name = parts[4]
        let authentication = AuthenticationProtocol(rawValue: parts[1])
        let privacy = PrivacyProtocol(rawValue: parts[2])
        guard authentication != nil || parts[1] == noProtocol, privacy != nil || parts[2] == noProtocol else { return nil }
        let secret = parts[3] == noKeys ? [] : vault.opened(parts[3], for: place(head(access, authentication, privacy), name))
        guard let secret else { return nil }
        let length = authentication?.digestLength ?? 0
        // Both keys are as long as the digest; the initializer refuses what is not.
        let user = try? USMUser(
            name: name, authenticationKey: authentication.map { ($0, MasterKey(octets: Array(secret.prefix(length)))) },
            privacyKey: privacy.map { ($0, MasterKey(octets: Array(secret.dropFirst(length)))) })
        return user.map { CardUser(user: $0, access: access) }
    }
}
