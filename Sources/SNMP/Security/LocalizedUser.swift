/// A user at one engine: signs, encrypts, checks and decrypts its messages (RFC 3414 §6 to §8, RFC 3826, RFC 7860).
///
/// Localizing costs three short digests (a megabyte of hashing with Reeder's stretched keys), sealing and opening a message allocates nothing.
/// Not Sendable: confined to the event loop of its `AESContexts`.
package final class LocalizedUser {
    package let user: USMUser
    package let engineID: EngineID
    private let authenticator: HMAC?
    private let cipher: Cipher?
    private let contexts: AESContexts

    /// - Parameter contexts: shared by all users of the event loop.
    package init(_ user: USMUser, engineID: EngineID, contexts: AESContexts) {
        self.user = user
        self.engineID = engineID
        self.contexts = contexts
        authenticator = user.authentication.map { HMAC($0.protocol, key: $0.key.localized(to: engineID, $0.protocol)) }
        cipher = user.authentication.flatMap { authentication in
            user.privacy.map { Cipher($0, authentication.protocol, engineID: engineID) }
        }
    }

    package var level: SecurityLevel { user.level }

    /// The octets of a signature at this level.
    func authenticationLength(_ level: SecurityLevel) -> Int {
        level.isAuthenticated ? authenticator?.protocol.parameterLength ?? 0 : 0
    }
}

extension LocalizedUser {
    /// Makes a message of the scoped PDU that is all of what `writer` holds: encrypts it in place, puts the envelope before it, signs.
    /// - Parameters:
    ///   - header: its level must be one that the user has keys for, its engine the one that the user is localized to.
    ///   - salt: a number that this key has not had before: see `SaltCounter`.
    func seal(_ header: SecureHeader, salt: UInt64, into writer: inout BERWriter) {
        precondition(header.level <= level && header.engineID == engineID, "a message beyond the user's keys")
        let sealing = header.encode(
            userName: user.nameOctets, authenticationLength: authenticationLength(header.level),
            privacyParameters: header.level.isEncrypted ? encrypt(header, salt: salt, &writer) : nil, into: &writer)
        guard header.level.isAuthenticated, let authenticator else { return }
        writer.withWritten { message in
            let start = message.count - sealing.authenticationDistance
            authenticator.sign(message, at: start..<start + authenticator.protocol.parameterLength)
        }
    }

    private func encrypt(_ header: SecureHeader, salt: UInt64, _ writer: inout BERWriter) -> UInt64? {
        guard let cipher else { return nil }
        writer.appendZeros((cipher.blockLength - writer.count % cipher.blockLength) % cipher.blockLength)
        let parameters = cipher.parameters(salt: salt, boots: header.boots)
        let isEncrypted = writer.withWritten {
            cipher.apply(.encrypt, parameters: parameters, boots: header.boots, time: header.time, to: $0, contexts)
        }
        precondition(isEncrypted, "a message without a scoped PDU")
        return parameters
    }

    /// Whether the message carries this user's signature. Without one, or without a key, it is not.
    /// - Parameter octets: the datagram that the message was decoded from.
    func isAuthentic(_ message: SecureMessage, in octets: UnsafeRawBufferPointer) -> Bool {
        guard message.level.isAuthenticated, let authenticator, message.length <= octets.count else { return false }
        return authenticator.isSignature(
            of: UnsafeRawBufferPointer(rebasing: octets[..<message.length]), at: message.authenticationParameters)
    }

    /// Decrypts the scoped PDU of a message whose signature has been checked. Says false if that is impossible. With a wrong key it
    /// is possible, but what comes out is no scoped PDU.
    /// - Parameters:
    ///   - octets: the datagram that the message was decoded from.
    ///   - scratch: replaced by the scoped PDU; keeps its memory.
    func decrypt(_ message: SecureMessage, in octets: UnsafeRawBufferPointer, into scratch: inout [UInt8]) -> Bool {
        guard message.level.isEncrypted, let cipher, message.privacyParameters.count == Cipher.parameterLength,
            let parameters = message.slice(message.privacyParameters, of: octets), let text = message.slice(message.scopedData, of: octets)
        else { return false }
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: text)
        let number = UInt64(bigEndian: parameters.loadUnaligned(as: UInt64.self))
        return scratch.withUnsafeMutableBytes {
            cipher.apply(.decrypt, parameters: number, boots: message.boots, time: message.time, to: $0, contexts)
        }
    }
}

extension SecureHeader {
    /// Makes a message without user, signature and encryption of the scoped PDU that is all of what `writer` holds: a discovery (RFC 3414 §4).
    func encodeUnsecured(userName: InlineOctets = .empty, into writer: inout BERWriter) {
        precondition(level == .noAuthNoPriv, "a message that needs keys")
        encode(userName: userName, authenticationLength: 0, privacyParameters: nil, into: &writer)
    }
}
