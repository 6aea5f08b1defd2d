/// Bytes that are no TFTP packet: what is wrong, and where. The only error that `Wire/` throws.
package struct TFTPDecodingError: Error, Equatable, Sendable {
    package enum Reason: String, Sendable {
        /// The packet ends inside a field.
        case truncated
        /// The first two bytes name no packet type.
        case unknownOpcode
        /// A text field has no zero byte at its end.
        case unterminatedText
        /// A request or an option acknowledgement above 512 bytes (RFC 2347).
        case oversized
        /// A request for a transfer mode other than netascii, octet and mail.
        case unknownMode
        /// An option without a value, or one given twice (RFC 2347).
        case malformedOption
        /// Bytes after the end of an acknowledgement.
        case trailingBytes
    }

    package let reason: Reason
    /// Offset from the start of the packet, in bytes.
    package let offset: Int

    package init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}
