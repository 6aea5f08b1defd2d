/// Why octets are no BACnet message.
package struct BACnetDecodingError: Error, Equatable, Sendable {
    package enum Reason: Sendable, Equatable {
        case truncated, notBACnetIP, badLength, unknownVersion, unknownFunction, unexpectedTag, badValue, segmented
    }

    package let reason: Reason
    /// Where in the part that was being read.
    package let offset: Int

    init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}
