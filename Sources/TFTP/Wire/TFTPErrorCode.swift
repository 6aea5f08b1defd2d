/// The code of an ERROR packet (RFC 1350 appendix, RFC 2347). Codes that nobody assigned survive decoding.
package struct TFTPErrorCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Not defined: the message says what happened.
    package static let undefined = TFTPErrorCode(rawValue: 0)
    package static let fileNotFound = TFTPErrorCode(rawValue: 1)
    package static let accessViolation = TFTPErrorCode(rawValue: 2)
    /// Disk full or allocation exceeded: also the answer to a file above the size that is allowed.
    package static let diskFull = TFTPErrorCode(rawValue: 3)
    package static let illegalOperation = TFTPErrorCode(rawValue: 4)
    /// The packet comes from a port that takes no part in the transfer.
    package static let unknownTransferID = TFTPErrorCode(rawValue: 5)
    package static let fileExists = TFTPErrorCode(rawValue: 6)
    package static let noSuchUser = TFTPErrorCode(rawValue: 7)
    /// The transfer ends because of the options that were asked for or acknowledged (RFC 2347).
    package static let optionRefused = TFTPErrorCode(rawValue: 8)
}
