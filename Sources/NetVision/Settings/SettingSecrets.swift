package import SNMP

/// A password of a USM user as the settings keep it: as it was given, or the master key that it becomes (Ku, RFC 3414 §2.6).
///
///     key:SHA-256:8a3f…
package enum USMSecret {
    private static let prefix = "key:"
    /// Passwords are stretched to a megabyte (RFC 3414 A.2); the manual's card takes 8 characters and more.
    private static let passwordForm = Setting.TextForm(USMUser.minimumPasswordLength...64, .password)

    /// - Parameter protocol: the hash function that the key was made with.
    package static func text(_ key: MasterKey, _ protocol: AuthenticationProtocol) -> String {
        let digits = key.octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return "\(prefix)\(`protocol`.rawValue):\(digits)"
    }

    /// The key of a text; nil where that is a password.
    package static func key(_ text: String) -> (protocol: AuthenticationProtocol, key: MasterKey)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard text.hasPrefix(prefix), parts.count == 3, let hash = AuthenticationProtocol(rawValue: String(parts[1])),
            parts[2].utf8.count == 2 * hash.digestLength
        else { return nil }
        var octets: [UInt8] = []
        var rest = parts[2][...]
        while !rest.isEmpty {
            guard rest.utf8.first != UInt8(ascii: "+"), let octet = UInt8(rest.prefix(2), radix: 16) else { return nil }
            octets.append(octet)
            rest = rest.dropFirst(2)
        }
        return (hash, MasterKey(octets: octets))
    }

    static func check(_ text: String) throws(SettingValueProblem) {
        if text.isEmpty || key(text) != nil { return }
        try passwordForm.check(text)
    }
}

/// The password of a login account as the settings keep it.
enum AccountSecret {
    static let digestPrefix = "scrypt:"

    /// Empty, a digest, or what the policy of the manual's 11.6 lets pass.
    static func check(_ text: String) throws(SettingValueProblem) {
        if text.isEmpty { return }
        if text.hasPrefix(digestPrefix) {
            try Setting.TextForm(0...512).check(text)
            return
        }
        let lacks = PasswordPolicy.lacks(of: text)
        guard lacks.isEmpty else { throw .init("needs \(PasswordPolicy.text(lacks))") }
    }
}
