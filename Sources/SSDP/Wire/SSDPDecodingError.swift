/// Why octets are no message of SSDP, or no description of a device.
package struct SSDPDecodingError: Error, Equatable, Sendable {
    package enum Reason: Sendable, Equatable { case tooLong, badStartLine, badHeader, tooManyHeaders, badMarkup, tooDeep, noDevice }

    package let reason: Reason
    package let offset: Int

    init(_ reason: Reason, at offset: Int = 0) {
        self.reason = reason
        self.offset = offset
    }
}
