import COpenSSL

/// A localized user's way to encrypt scoped PDUs: the key, and what RFC 3414 §8.1.1 and RFC 3826 §3.1 make of it and of the salt.
///
///     AES vector   | engine boots: 4 | engine time: 4 | salt: 8 |     privacy parameters: the salt, any number that doesn't come again
///     DES vector   | pre-IV: 8, the key's second half, ⊕ salt  |     privacy parameters: | engine boots: 4 | number: 4 |
enum Cipher {
    static let parameterLength = 8

    case aes(key: InlineOctets)
    case des(key: InlineOctets)

    /// The text is encrypted in blocks of so many octets.
    var blockLength: Int {
        switch self {
        case .aes: 1
        case .des: 8
        }
    }

    /// What the privacy parameters hold, big-endian.
    func parameters(salt: UInt64, boots: Int32) -> UInt64 {
        switch self {
        case .aes: salt
        case .des: UInt64(UInt32(bitPattern: boots)) << 32 | salt & 0xFFFF_FFFF
        }
    }

    /// Encrypts or decrypts in place. Does nothing, and says false, if the text has no whole blocks.
    func apply(
        _ direction: AESContexts.Direction, parameters: UInt64, boots: Int32, time: Int32, to text: UnsafeMutableRawBufferPointer,
        _ contexts: AESContexts
    ) -> Bool {
        guard text.count % blockLength == 0, let start = text.baseAddress, !text.isEmpty else { return false }
        switch self {
        case .aes(let key):
            let clock = UInt64(UInt32(bitPattern: boots)) << 32 | UInt64(UInt32(bitPattern: time))
            contexts.apply(direction, key: key, vector: (clock.bigEndian, parameters.bigEndian), to: text)
        case .des(let key):
            key.withOctets { key in
                let vector = (UInt64(bigEndian: key.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) ^ parameters).bigEndian
                withUnsafeBytes(of: vector) { vector in
                    des_cbc(
                        direction == .encrypt ? 1 : 0, key.bindMemory(to: UInt8.self).baseAddress,
                        vector.bindMemory(to: UInt8.self).baseAddress, start.assumingMemoryBound(to: UInt8.self), text.count)
                }
            }
        }
        return true
    }
}

extension Cipher {
    init(_ privacy: USMUser.Privacy, _ hash: AuthenticationProtocol, engineID: EngineID) {
        guard let key = InlineOctets(privacy.key.localized(to: engineID, hash, for: privacy.protocol)) else {
            preconditionFailure("a cipher's key has at most 32 octets")
        }
        self = privacy.protocol == .des ? .des(key: key) : .aes(key: key)
    }
}
