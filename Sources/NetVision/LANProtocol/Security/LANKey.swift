import Crypto
import CryptoExtras
import NIOCore

/// The secret that a card and its administrator share: made from the card's password, which itself never travels.
///
/// scrypt (RFC 7914, N = 2^11, r = 8, p = 1) over the password, salted with "NVLP" and the card's MAC. Making one takes some 6 ms: enough to
/// slow down whoever recorded a request and tries passwords, little enough for a campaign over thousands of cards.
package struct LANKey: Sendable {
    private let key: SymmetricKey

    /// Octets.
    package static let length = 32

    /// A key that was kept. Nil where these are not its octets.
    package init?(octets: [UInt8]) {
        guard octets.count == Self.length else { return nil }
        key = SymmetricKey(data: octets)
    }

    /// A key that nobody has.
    package static var unguessable: LANKey { LANKey(key: SymmetricKey(size: .bits256)) }

    private init(key: SymmetricKey) { self.key = key }

    /// As good as the password for whoever has them: to be kept sealed.
    package var octets: [UInt8] { key.withUnsafeBytes(Array.init) }

    package init(password: String, card: HardwareAddress) {
        let salt = Array("NVLP".utf8) + card.octets
        do {
            key = try KDF.Scrypt.deriveKey(
                from: Array(password.utf8), salt: salt, outputByteCount: Self.length, rounds: 1 << 11, blockSize: 8, parallelism: 1)
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

extension LANKey: CustomStringConvertible, CustomReflectable {
    package var description: String { "LANKey" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
