import Crypto

/// One side's part of an X25519 key agreement (RFC 7748): what is agreed on is hidden from whoever only listens, even if he knows the password.
package struct LANKeyShare: Sendable {
    static let length = 32

    private let key: Curve25519.KeyAgreement.PrivateKey

    package init() { key = Curve25519.KeyAgreement.PrivateKey() }

    /// - Parameter random: the source of the 256 bits.
    init(random: () -> UInt64) {
        let octets = (0..<4).flatMap { _ in
            let number = random()
            return (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
        }
        // Any 32 octets are a key.
        key = (try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: octets)) ?? Curve25519.KeyAgreement.PrivateKey()
    }

    /// What the other side is told.
    var octets: [UInt8] { Array(key.publicKey.rawRepresentation) }

    /// Nil where the other's octets are no share that anything can be agreed on with.
    func agreed(with other: [UInt8]) -> [UInt8]? {
        guard let other = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: other),
            let secret = try? key.sharedSecretFromKeyAgreement(with: other)
        else { return nil }
        let octets = secret.withUnsafeBytes(Array.init)
        // Of a point of small order: everybody would agree on it (RFC 7748 §6.1).
        return octets.allSatisfy { $0 == 0 } ? nil : octets
    }
}

extension LANKeyShare: CustomStringConvertible, CustomReflectable {
    package var description: String { "LANKeyShare" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
