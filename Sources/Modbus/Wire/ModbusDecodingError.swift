/// Why received bytes are not the Modbus they should be, and where.
package struct ModbusDecodingError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// The bytes end before the field does.
        case truncated
        /// Bytes follow where the message should have ended.
        case trailingBytes
        /// A function that this module does not speak.
        case unknownFunction(FunctionCode)
        /// A register count outside the function's limits.
        case countOutOfRange
        /// The byte count disagrees with the register count or with the bytes that follow.
        case byteCountMismatch
        /// The CRC of a serial frame is wrong.
        case checksumMismatch
        /// The protocol identifier of a TCP frame is not 0.
        case foreignProtocol
        /// A frame shorter or longer than the framing allows.
        case lengthOutOfRange
        /// A well-formed response that can't be the answer to its request (other register count, other echo).
        case answersAnotherRequest
    }

    package let reason: Reason
    /// Bytes from the start of the PDU or frame to the offending field.
    package let offset: Int

    package init(_ reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}
