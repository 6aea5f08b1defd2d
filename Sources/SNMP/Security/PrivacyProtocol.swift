/// How a message is encrypted (RFC 3414 §8, RFC 3826).
///
/// AES with 192 and 256 bits has no RFC. Both drafts in use encrypt as RFC 3826 does, and differ in how they stretch a localized key that is too
/// short, because the digest is: only then are `AES-192` and `AES-192-C` two things.
package enum PrivacyProtocol: String, Sendable, CaseIterable {
    case des = "DES"
    case aes128 = "AES"
    /// Keys stretched by draft-blumenthal-aes-usm-04 §3.1.2.1, as net-snmp does.
    case aes192 = "AES-192"
    case aes256 = "AES-256"
    /// Keys stretched by draft-reeder-snmpv3-usm-3desede-00 §2.1, as Cisco does and many after it.
    case aes192Reeder = "AES-192-C"
    case aes256Reeder = "AES-256-C"

    /// The octets of a localized key. Half of DES's is no key, but goes into the initialization vector.
    var keyLength: Int {
        switch self {
        case .des, .aes128: 16
        case .aes192, .aes192Reeder: 24
        case .aes256, .aes256Reeder: 32
        }
    }

    var stretch: KeyStretch {
        switch self {
        case .des, .aes128, .aes192, .aes256: .blumenthal
        case .aes192Reeder, .aes256Reeder: .reeder
        }
    }

    /// A protocol as a person writes it, or another program's configuration: `AES-256`, `aes256`, `AES128`, `AES256C`, `aes-256-cisco`.
    package init?(spelling: String) {
        switch String.canonicalSpelling(spelling) {
        case "DES", "DES56", "DESCBC", "CBCDES", "USMDESPRIVPROTOCOL": self = .des
        case "AES", "AES128", "AES128CFB", "AESCFB128", "CFB128AES128", "USMAESCFB128PROTOCOL", "USMAESPRIVPROTOCOL": self = .aes128
        case "AES192", "AES192CFB", "CFB128AES192", "AES192BLUMENTHAL": self = .aes192
        case "AES256", "AES256CFB", "CFB128AES256", "AES256BLUMENTHAL": self = .aes256
        case "AES192C", "AES192CISCO", "AES192REEDER", "AES192R": self = .aes192Reeder
        case "AES256C", "AES256CISCO", "AES256REEDER", "AES256R": self = .aes256Reeder
        default: return nil
        }
    }
}

/// How a localized key becomes as long as its cipher wants it.
enum KeyStretch {
    /// The digest of the key so far is appended.
    case blumenthal
    /// The key so far is taken for a password, whose localized key is appended. That hashes another megabyte for each engine.
    case reeder
}
