import Crypto
import CryptoExtras
import FoundationEssentials
import NIOPosix

/// A password as it is stored: scrypt (RFC 7914) with N = 2^14, r = 8, p = 1 over a random salt.
struct PasswordHash: Sendable, Equatable {
    let salt: [UInt8]
    let hash: [UInt8]

    /// Takes some 50 ms of a core, away from the cooperative pool.
    static func make(password: String, salt: [UInt8]) async throws -> PasswordHash {
        let hash = try await NIOThreadPool.singleton.runIfActive {
            try KDF.Scrypt.deriveKey(
                from: Array(password.utf8), salt: salt, outputByteCount: 32, rounds: 1 << 14, blockSize: 8, parallelism: 1
            ).withUnsafeBytes(Array.init)
        }
        return PasswordHash(salt: salt, hash: hash)
    }

    func matches(password: String) async throws -> Bool {
        let other = try await Self.make(password: password, salt: salt)
        return constantTimeEqual(hash, other.hash)
    }
}

/// Compares without telling by its duration where the difference is.
func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}

/// Random bytes from the system's generator.
func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
}

/// Random text for tokens and first passwords: letters and digits that can't be mistaken for each other.
func randomText(_ length: Int) -> String {
    let alphabet = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
    var generator = SystemRandomNumberGenerator()
    return String((0..<length).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] })
}
