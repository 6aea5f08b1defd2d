import Crypto
import FoundationEssentials

/// Names a signing key: the first 8 bytes of the SHA-256 of its public half.
package struct FirmwareKeyID: Hashable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    static let length = 8

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// 16 hexadecimal digits.
    package var description: String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}

/// The public half of a signing key, which cards trust. As text (`KEY.pub`):
///
/// ```
/// nvfleet-firmware-public-key ed25519
/// <base64 of 32 bytes>
/// ```
package struct FirmwarePublicKey: Sendable {
    let key: Curve25519.Signing.PublicKey

    private static let title = "nvfleet-firmware-public-key ed25519"

    init(_ key: Curve25519.Signing.PublicKey) {
        self.key = key
    }

    /// Nil where the text is no public key.
    package init?(text: String) {
        guard let bytes = KeyText.bytes(of: text, title: Self.title),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return nil }
        self.key = key
    }

    package var text: String { KeyText.text(key.rawRepresentation, title: Self.title) }

    package var id: FirmwareKeyID {
        FirmwareKeyID(bytes: Array(SHA256.hash(data: key.rawRepresentation).prefix(FirmwareKeyID.length)))
    }
}

/// A signing key. As text (`KEY`, readable by its owner only):
///
/// ```
/// nvfleet-firmware-private-key ed25519
/// <base64 of 32 bytes>
/// ```
package struct FirmwarePrivateKey: Sendable, CustomStringConvertible {
    let key: Curve25519.Signing.PrivateKey

    private static let title = "nvfleet-firmware-private-key ed25519"

    /// A new random key.
    package init() {
        key = Curve25519.Signing.PrivateKey()
    }

    /// Nil where the text is no private key.
    package init?(text: String) {
        guard let bytes = KeyText.bytes(of: text, title: Self.title),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
        else { return nil }
        self.key = key
    }

    /// The secret, for the key file and nothing else.
    package var text: String { KeyText.text(key.rawRepresentation, title: Self.title) }
    package var publicKey: FirmwarePublicKey { FirmwarePublicKey(key.publicKey) }
    package var description: String { "private key of \(publicKey.id)" }

    /// Writes `path` with mode 0600 and `path.pub`. Refuses to overwrite either. Blocks: not for the cooperative pool.
    package func write(to path: String) throws {
        try DurableFile.create(path, Array(text.utf8), mode: 0o600)
        try DurableFile.create(path + ".pub", Array(publicKey.text.utf8), mode: 0o644)
    }
}

/// A key as a title line and a line of base64.
private enum KeyText {
    static func text(_ bytes: Data, title: String) -> String {
        "\(title)\n\(bytes.base64EncodedString())\n"
    }

    static func bytes(of text: String, title: String) -> Data? {
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.count == 2, lines[0] == title else { return nil }
        return Data(base64Encoded: String(lines[1]))
    }
}
