import Crypto
import FoundationEssentials

/// Seals what must not be read from a stolen database: SNMP communities and card passwords.
///
/// AES-256-GCM under a master key which lives in its own file (mode 0600), apart from the database and its backups.
struct SecretBox: Sendable {
    private let key: SymmetricKey

    init(key: SymmetricKey) { self.key = key }

    /// `context` binds the sealed bytes to their place (a card's key, say), so that they can't be moved to another.
    func seal(_ plain: some DataProtocol, context: String) throws -> [UInt8] {
        guard let combined = try AES.GCM.seal(plain, using: key, authenticating: Array(context.utf8)).combined else {
            throw SecretBoxError.notSealed
        }
        return Array(combined)
    }

    func open(_ sealed: [UInt8], context: String) throws -> [UInt8] {
        Array(try AES.GCM.open(AES.GCM.SealedBox(combined: sealed), using: key, authenticating: Array(context.utf8)))
    }
}

enum SecretBoxError: Error { case notSealed }
