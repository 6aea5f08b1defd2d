import Crypto
import FoundationEssentials
import NetVision

/// Seals the secrets of a card's settings document: AES-256-GCM under a key of the card's own, kept in `seal.key` beside the document.
///
/// The same secret gives the same text, so that the document changes only where a setting does: the nonce is a MAC of what is sealed
/// (as in RFC 8452, with HMAC-SHA-256 for POLYVAL).
struct SecretVault: Sendable {
    static let prefix = SettingsDocument.Secrets.prefix
    private static let nonceLength = 12
    private static let keyLength = 32

    private let encryption: SymmetricKey
    private let nonces: SymmetricKey

    /// A vault whose key is kept nowhere.
    init() { self.init(SymmetricKey(size: .bits256)) }

    private init(_ key: SymmetricKey) {
        encryption = HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data("settings encryption".utf8), outputByteCount: Self.keyLength)
        nonces = HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data("settings nonces".utf8), outputByteCount: Self.keyLength)
    }

    /// Opens the vault of a state directory; makes the key where there is none.
    init(directory: String) throws(StateDirectoryError) {
        let path = "\(directory)/seal.key"
        if let text = try StateFile.read(path) {
            guard let octets = Data(base64Encoded: String(text.prefix { !$0.isNewline })), octets.count == Self.keyLength else {
                throw StateDirectoryError(path: path, reason: "is no key. Restore it, or delete it and set the card's secrets again")
            }
            self.init(SymmetricKey(data: octets))
        } else {
            let key = SymmetricKey(size: .bits256)
            try StateFile.write(key.withUnsafeBytes { Data($0).base64EncodedString() } + "\n", to: path)
            self.init(key)
        }
    }

    /// The vault of a state directory that somebody only looks into: where there is no key, one that opens nothing.
    static func existing(in directory: String) throws(StateDirectoryError) -> SecretVault {
        try StateFile.octets("\(directory)/seal.key") == nil ? SecretVault() : SecretVault(directory: directory)
    }

    /// The text that stands for a secret in the document.
    ///
    /// - Parameter place: which setting it is: what is sealed for one opens for no other.
    func sealed(_ secret: [UInt8], for place: String) -> String {
        var hash = HMAC<SHA256>(key: nonces)
        hash.update(data: Data(place.utf8) + [0])
        hash.update(data: secret)
        let nonce = Data(hash.finalize().prefix(Self.nonceLength))
        // Neither a nonce of 12 octets nor a secret of some can be refused.
        guard let nonce = try? AES.GCM.Nonce(data: nonce),
            let box = try? AES.GCM.seal(secret, using: encryption, nonce: nonce, authenticating: Data(place.utf8)),
            let octets = box.combined
        else { preconditionFailure("a secret that can't be sealed") }
        return Self.prefix + octets.base64EncodedString()
    }

    /// The secret; nil where the text is none of this card's.
    func opened(_ text: String, for place: String) -> [UInt8]? {
        guard text.hasPrefix(Self.prefix), let octets = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
            let box = try? AES.GCM.SealedBox(combined: octets),
            let secret = try? AES.GCM.open(box, using: encryption, authenticating: Data(place.utf8))
        else { return nil }
        return Array(secret)
    }

    /// As the settings document wants it.
    var secrets: SettingsDocument.Secrets {
        SettingsDocument.Secrets(seal: { sealed($0, for: $1) }, open: { opened($0, for: $1) })
    }
}
