/// How a v3 message is protected (RFC 3411 §3.4.3); the numbers are those of SnmpSecurityLevel.
package enum SecurityLevel: Int, Sendable, CaseIterable, Comparable {
    case noAuthNoPriv = 1
    /// Signed.
    case authNoPriv = 2
    /// Signed and encrypted.
    case authPriv = 3

    package static func < (left: SecurityLevel, right: SecurityLevel) -> Bool { left.rawValue < right.rawValue }

    package var isAuthenticated: Bool { self >= .authNoPriv }
    package var isEncrypted: Bool { self == .authPriv }
}

extension SecurityLevel {
    /// The bits of msgFlags (RFC 3412 §6.4). The other five are reserved, and are ignored.
    static let authenticationFlag: UInt8 = 0x01
    static let privacyFlag: UInt8 = 0x02
    static let reportableFlag: UInt8 = 0x04

    /// Nil for privacy without authentication.
    init?(flags: UInt8) {
        switch (flags & Self.authenticationFlag != 0, flags & Self.privacyFlag != 0) {
        case (false, false): self = .noAuthNoPriv
        case (true, false): self = .authNoPriv
        case (true, true): self = .authPriv
        case (false, true): return nil
        }
    }

    var flags: UInt8 { (isAuthenticated ? Self.authenticationFlag : 0) | (isEncrypted ? Self.privacyFlag : 0) }
}
