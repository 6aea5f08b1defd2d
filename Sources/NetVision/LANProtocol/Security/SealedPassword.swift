import Crypto

/// A new password on its way to the card.
///
/// ```
///  0        1                     65                       81
/// +--------+---------------------+------------------------+
/// | length | password, zeros     | tag                    |
/// +--------+---------------------+------------------------+
///   1        64                    16
///   └──── encrypted, AES-256-GCM ────┘
/// ```
/// Key (32 octets) and GCM's nonce (12) come from HKDF-SHA-256 (RFC 5869): the input is the LAN key and what the two shares agree on, the salt
/// the card's nonce, the info all else that the conversation is known by. No two messages share them.
struct SealedPassword: Sendable {
    /// Octets of UTF-8.
    static let longestPassword = 64
    static let length = 1 + longestPassword + 16

    private let key: SymmetricKey
    private let nonce: AES.GCM.Nonce

    /// Whose password, in which conversation.
    struct Conversation: Sendable {
        let card: HardwareAddress
        let transaction: UInt64
        /// The card's, good once.
        let nonce: [UInt8]
        /// The public shares.
        let askersShare: [UInt8]
        let cardsShare: [UInt8]
    }

    /// - Parameter agreed: what the shares agree on.
    init?(_ conversation: Conversation, key: LANKey, agreed: [UInt8]) {
        let transaction = (0..<8).map { UInt8(truncatingIfNeeded: conversation.transaction >> UInt64(56 - 8 * $0)) }
        let info = Array("NVLP password".utf8) + conversation.card.octets + transaction + conversation.askersShare + conversation.cardsShare
        let octets = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: key.octets + agreed), salt: conversation.nonce, info: info, outputByteCount: 44
        ).withUnsafeBytes(Array.init)
        guard let nonce = try? AES.GCM.Nonce(data: octets.suffix(12)) else { return nil }
        self.key = SymmetricKey(data: octets.prefix(32))
        self.nonce = nonce
    }

    /// Nil where the password is too long.
    func sealed(_ password: String) -> [UInt8]? {
        let octets = Array(password.utf8)
        guard octets.count <= Self.longestPassword else { return nil }
        let block = [UInt8(octets.count)] + octets + Array(repeating: 0, count: Self.longestPassword - octets.count)
        guard let box = try? AES.GCM.seal(block, using: key, nonce: nonce) else { return nil }
        return Array(box.ciphertext) + Array(box.tag)
    }

    /// Nil where these octets are no password that was sealed in this conversation.
    func opened(_ octets: [UInt8]) -> String? {
        guard octets.count == Self.length,
            let box = try? AES.GCM.SealedBox(nonce: nonce, ciphertext: octets.dropLast(16), tag: octets.suffix(16)),
            let block = try? AES.GCM.open(box, using: key), let length = block.first, length <= Self.longestPassword
        else { return nil }
        return String(validating: block.dropFirst().prefix(Int(length)), as: UTF8.self)
    }
}
