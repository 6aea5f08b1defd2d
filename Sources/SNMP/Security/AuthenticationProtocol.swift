import COpenSSL

/// How a message is signed: HMAC with one of six hash functions, cut short (RFC 3414 §6 and §7, RFC 7860 §4).
package enum AuthenticationProtocol: String, Sendable, CaseIterable {
    case md5 = "MD5"
    case sha1 = "SHA"
    case sha224 = "SHA-224"
    case sha256 = "SHA-256"
    case sha384 = "SHA-384"
    case sha512 = "SHA-512"

    /// The octets of a digest, and of a key.
    package var digestLength: Int {
        switch self {
        case .md5: 16
        case .sha1: 20
        case .sha224: 28
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// The octets of a digest that a message carries: msgAuthenticationParameters.
    package var parameterLength: Int {
        switch self {
        case .md5, .sha1: 12
        case .sha224: 16
        case .sha256: 24
        case .sha384: 32
        case .sha512: 48
        }
    }

    /// The octets that the hash function takes at a time.
    var blockLength: Int {
        switch self {
        case .md5, .sha1, .sha224, .sha256: 64
        case .sha384, .sha512: 128
        }
    }

    var function: digest_function {
        switch self {
        case .md5: DIGEST_MD5
        case .sha1: DIGEST_SHA1
        case .sha224: DIGEST_SHA224
        case .sha256: DIGEST_SHA256
        case .sha384: DIGEST_SHA384
        case .sha512: DIGEST_SHA512
        }
    }

    /// A protocol as a person writes it, or another program's configuration: `SHA-256`, `sha256`, `SHA1`, `HMAC-SHA-256`, `usmHMAC192SHA256AuthProtocol`.
    package init?(spelling: String) {
        switch String.canonicalSpelling(spelling) {
        case "MD5", "HMACMD5", "HMACMD596", "USMHMACMD5AUTHPROTOCOL": self = .md5
        case "SHA", "SHA1", "HMACSHA", "HMACSHA1", "HMACSHA96", "HMACSHA196", "USMHMACSHAAUTHPROTOCOL": self = .sha1
        case "SHA224", "HMACSHA224", "USMHMAC128SHA224AUTHPROTOCOL": self = .sha224
        case "SHA256", "HMACSHA256", "USMHMAC192SHA256AUTHPROTOCOL": self = .sha256
        case "SHA384", "HMACSHA384", "USMHMAC256SHA384AUTHPROTOCOL": self = .sha384
        case "SHA512", "HMACSHA512", "USMHMAC384SHA512AUTHPROTOCOL": self = .sha512
        default: return nil
        }
    }
}

extension String {
    /// Upper case, without what people put between letters and numbers.
    static func canonicalSpelling(_ text: String) -> String { text.filter { !"-_ ".contains($0) }.uppercased() }
}
