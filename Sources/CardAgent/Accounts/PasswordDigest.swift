import Crypto
import CryptoExtras
import FoundationEssentials
import NetVision

/// A password as the settings keep it: `scrypt:LOG2N:R:P:SALT:HASH[:LANKEY]`, the last three in Base64.
///
/// scrypt (RFC 7914) with N = 2^13, r = 8, p = 1 over 16 random octets takes some 25 ms and 8 MiB. The admin's has the key of the LAN protocol
/// beside it, for that can't be made without the password; who has the key can give the card orders by that protocol, so the whole
/// text is a secret, and sealed in the settings document.
struct PasswordDigest: Sendable, Equatable {
    private static let logN = 13
    private static let hashLength = 32
    private static let saltLength = 16
    /// What is read from a document: more would be a way to keep a card busy.
    private static let acceptedLogN = 10...15

    private let logN: Int
    private let salt: [UInt8]
    private let hash: [UInt8]
    private let lanKeyOctets: [UInt8]?

    /// Takes its time: not on an event loop.
    ///
    /// - Parameter card: of the admin's password only, for the key of the LAN protocol.
    init(password: String, card: HardwareAddress?) {
        var generator = SystemRandomNumberGenerator()
        salt = (0..<Self.saltLength).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        logN = Self.logN
        hash = Self.derive(password, salt: salt, logN: Self.logN)
        lanKeyOctets = card.map { LANKey(password: password, card: $0).octets }
    }

    /// Nil where the text is no secret.
    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard (6...7).contains(parts.count), parts[0] == "scrypt", let logN = Int(parts[1]), Self.acceptedLogN.contains(logN),
            parts[2] == "8", parts[3] == "1", let salt = Data(base64Encoded: parts[4]), salt.count == Self.saltLength,
            let hash = Data(base64Encoded: parts[5]), hash.count == Self.hashLength
        else { return nil }
        var key: Data?
        if parts.count == 7 {
            guard let octets = Data(base64Encoded: parts[6]), octets.count == LANKey.length else { return nil }
            key = octets
        }
        self.logN = logN
        self.salt = Array(salt)
        self.hash = Array(hash)
        lanKeyOctets = key.map(Array.init)
    }

    var text: String {
        let parts = ["scrypt", "\(logN)", "8", "1", Self.base64(salt), Self.base64(hash)] + (lanKeyOctets.map { [Self.base64($0)] } ?? [])
        return parts.joined(separator: ":")
    }

    var lanKey: LANKey? { lanKeyOctets.flatMap { LANKey(octets: $0) } }

    /// Takes its time, the same for every password: not on an event loop.
    func matches(_ password: String) -> Bool {
        Self.isEqual(Self.derive(password, salt: salt, logN: logN), hash)
    }

    /// What is compared where there is nothing to compare: an unknown user takes as long as a wrong password, and never fits.
    static func refuse(_ password: String) -> Bool {
        _ = isEqual(derive(password, salt: Array(repeating: 0, count: saltLength), logN: logN), Array(repeating: 0, count: hashLength))
        return false
    }

    /// Compares without telling by its duration where the difference is.
    static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(_ password: String, salt: [UInt8], logN: Int) -> [UInt8] {
        do {
            return try KDF.Scrypt.deriveKey(
                from: Array(password.utf8), salt: salt, outputByteCount: hashLength, rounds: 1 << logN, blockSize: 8, parallelism: 1
            ).withUnsafeBytes(Array.init)
        } catch {
            preconditionFailure("scrypt refuses its constant parameters")
        }
    }

    private static func base64(_ octets: [UInt8]) -> String { Data(octets).base64EncodedString() }
}

extension PasswordDigest: CustomStringConvertible, CustomReflectable {
    var description: String { "PasswordDigest" }
    var customMirror: Mirror { Mirror(self, children: [:]) }
}
