import Crypto
import CryptoExtras
import NIOCore

/// The secret that a card and its administrator share: made from the card's password, which itself never travels.
///
/// scrypt (RFC 7914, N = 2^11, r = 8, p = 1) over the password, salted with "NVLP" and the card's MAC. Making one takes some 6 ms: enough to
/// slow down whoever recorded a request and tries passwords, little enough for a campaign over thousands of cards.
package struct LANKey: Sendable {
    private let key: SymmetricKey

    /// The authenticator's field with its two octets of type and length.
    static let fieldLength = 34

    package init(password: String, card: HardwareAddress) {
        let salt = Array("NVLP".utf8) + card.octets
        do {
            key = try KDF.Scrypt.deriveKey(
                from: Array(password.utf8), salt: salt, outputByteCount: 32, rounds: 1 << 11, blockSize: 8, parallelism: 1)
        } catch {
            preconditionFailure("scrypt refuses its constant parameters: \(error)")
        }
    }

    /// Adds the authenticator, as the last field.
    package func authenticate(_ message: LANMessage) -> LANMessage {
        var message = message
        let code = HMAC<SHA256>.authenticationCode(for: Array(message.encoded().readableBytesView), using: key)
        message.fields.append(LANField(.authenticator, code))
        return message
    }

    /// Whether the last field is the right authenticator for everything before it. Takes the same time for every wrong one.
    package func isAuthentic(_ message: LANMessage) -> Bool {
        guard let last = message.fields.last, last.type == .authenticator else { return false }
        var signed = message
        signed.fields.removeLast()
        return HMAC<SHA256>.isValidAuthenticationCode(last.value, authenticating: Array(signed.encoded().readableBytesView), using: key)
    }
}
