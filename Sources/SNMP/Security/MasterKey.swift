/// A user's key before it is bound to an engine: Ku of RFC 3414 §2.6. As good as the password, hence never printed.
package struct MasterKey: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// To be stored as a secret, so that a password need not be.
    package let octets: [UInt8]

    package init(octets: [UInt8]) { self.octets = octets }

    /// The digest of a megabyte of the password, over and over (RFC 3414 A.2): about a millisecond.
    package init(password: String, _ protocol: AuthenticationProtocol) {
        self.init(passphrase: Array(password.utf8), `protocol`)
    }

    init(passphrase: [UInt8], _ protocol: AuthenticationProtocol) {
        octets = passphrase.isEmpty ? [] : Self.stretched(passphrase, `protocol`)
    }

    package var description: String { "(key)" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    private static func stretched(_ passphrase: [UInt8], _ protocol: AuthenticationProtocol) -> [UInt8] {
        let repetitions = max(1, 4096 / passphrase.count)
        let chunk = [UInt8](repeatElement(passphrase, count: repetitions).joined())
        var rest = 1_048_576
        var digest = Digest(`protocol`)
        chunk.withUnsafeBytes { chunk in
            while rest > 0 {
                let length = min(rest, chunk.count)
                digest.update(UnsafeRawBufferPointer(rebasing: chunk[..<length]))
                rest -= length
            }
        }
        return digest.finish { [UInt8]($0.prefix(`protocol`.digestLength)) }
    }
}

extension MasterKey {
    /// The key for one engine, Kul (RFC 3414 §2.6): whoever learns it can't pretend anything to another engine.
    func localized(to engineID: EngineID, _ protocol: AuthenticationProtocol) -> [UInt8] {
        Digest.digest(of: octets, engineID.octets, octets, by: `protocol`)
    }

    /// The key of a cipher: the localized key, stretched or cut to its length.
    func localized(to engineID: EngineID, _ protocol: AuthenticationProtocol, for privacy: PrivacyProtocol) -> [UInt8] {
        var key = localized(to: engineID, `protocol`)
        var last = key
        while key.count < privacy.keyLength {
            switch privacy.stretch {
            case .blumenthal: last = Digest.digest(of: key, by: `protocol`)
            case .reeder: last = MasterKey(passphrase: last, `protocol`).localized(to: engineID, `protocol`)
            }
            key += last
        }
        return Array(key.prefix(privacy.keyLength))
    }
}
