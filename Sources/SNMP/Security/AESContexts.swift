import COpenSSL

/// AES in cipher feedback mode with 128 bits of feedback (NIST SP 800-38A §6.3, RFC 3826), for the keys of all users of an event loop.
///
/// libcrypto computes this mode block by block. Its other modes run in one piece of assembly, and give the same keystream K:
///
///     K1 = E(IV)    Kn = E(Cn-1)               to decrypt: ECB over IV ‖ C, blocks side by side
///     K1 = E(IV)    Kn = E(Pn-1 ⊕ Kn-1)        to encrypt: CBC over IV ‖ P from a vector of zeros
///     C = P ⊕ K     P = C ⊕ K
///
/// Decrypting 1,000 octets takes a tenth of the time thereby. A context takes a new key as fast as it would be fetched from memory if each of
/// ten thousand users had one of its own (1 kB each), so a few are shared. Not Sendable: confined to its loop.
package final class AESContexts {
    enum Direction { case encrypt, decrypt }

    private let encrypting = KeySizes { BlockCipher($0.cbc) }
    private let decrypting = KeySizes { BlockCipher($0.ecb) }
    private var keystream: [UInt8] = []

    package init() {}

    /// Encrypts or decrypts `text` in place.
    /// - Parameters:
    ///   - key: 16, 24 or 32 octets.
    ///   - vector: 16 octets.
    func apply(_ direction: Direction, key: InlineOctets, vector: (UInt64, UInt64), to text: UnsafeMutableRawBufferPointer) {
        guard !text.isEmpty else { return }
        let length = (text.count + 15) & ~15
        if keystream.count < length { keystream = [UInt8](repeating: 0, count: max(length, 2048)) }
        keystream.withUnsafeMutableBytes { keystream in
            let blocks = UnsafeMutableRawBufferPointer(rebasing: keystream[..<length])
            withUnsafeBytes(of: vector) { blocks.copyMemory(from: $0) }
            UnsafeMutableRawBufferPointer(rebasing: blocks[16...]).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: text[..<(length - 16)]))
            let sizes = direction == .encrypt ? encrypting : decrypting
            sizes[key.count].encrypt(blocks, key: key)
            for position in text.indices { text[position] ^= blocks[position] }
        }
    }
}

/// A context for each length of a key.
private struct KeySizes {
    struct Modes {
        let cbc: OpaquePointer?
        let ecb: OpaquePointer?
    }

    private let bits128: BlockCipher
    private let bits192: BlockCipher
    private let bits256: BlockCipher

    init(_ make: (Modes) -> BlockCipher) {
        bits128 = make(Modes(cbc: EVP_aes_128_cbc(), ecb: EVP_aes_128_ecb()))
        bits192 = make(Modes(cbc: EVP_aes_192_cbc(), ecb: EVP_aes_192_ecb()))
        bits256 = make(Modes(cbc: EVP_aes_256_cbc(), ecb: EVP_aes_256_ecb()))
    }

    subscript(keyLength: Int) -> BlockCipher {
        switch keyLength {
        case 16: bits128
        case 24: bits192
        default: bits256
        }
    }
}

/// A libcrypto context for whole blocks.
private final class BlockCipher {
    private let context: OpaquePointer
    private let isChained: Bool
    private var key: InlineOctets?

    init(_ cipher: OpaquePointer?) {
        // Fails only without memory, as an allocation of Swift's would.
        guard let context = EVP_CIPHER_CTX_new(), EVP_EncryptInit_ex(context, cipher, nil, nil, nil) == 1 else {
            preconditionFailure("libcrypto has no AES")
        }
        EVP_CIPHER_CTX_set_padding(context, 0)
        self.context = context
        isChained = EVP_CIPHER_CTX_get_iv_length(context) > 0
    }

    deinit { EVP_CIPHER_CTX_free(context) }

    /// Encrypts in place; a chained mode starts from zeros.
    func encrypt(_ blocks: UnsafeMutableRawBufferPointer, key: InlineOctets) {
        let isKnown = self.key == key
        var status: CInt = 1
        if isChained || !isKnown {
            let zeros: (UInt64, UInt64) = (0, 0)
            status = key.withOctets { key in
                withUnsafeBytes(of: zeros) { EVP_EncryptInit_ex(context, nil, nil, isKnown ? nil : key.baseAddress, $0.baseAddress) }
            }
            self.key = key
        }
        var written: CInt = 0
        if status == 1 { status = EVP_EncryptUpdate(context, blocks.baseAddress, &written, blocks.baseAddress, CInt(blocks.count)) }
        // Nothing may leave unencrypted; with a whole number of blocks there is no way to fail.
        precondition(status == 1 && Int(written) == blocks.count, "libcrypto failed to encrypt")
    }
}
