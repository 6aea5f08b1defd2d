/// An option of a request or of its acknowledgement, as it is on the wire (RFC 2347).
///
/// ```
/// +---~~---+---+---~~---+---+
/// |  name  | 0 |  value | 0 |      both text; a name counts in either case
/// +---~~---+---+---~~---+---+
/// ```
package struct TFTPOption: Hashable, Sendable {
    /// In lower case.
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name.lowercased()
        self.value = value
    }

    package init(_ name: String, _ value: Int) {
        self.init(name, String(value))
    }

    /// The value as a decimal number of at most ten digits; nil where it is none.
    package var number: Int? {
        guard (1...10).contains(value.utf8.count), value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(value)
    }

    /// Bytes of data in a packet, 8 … 65464 (RFC 2348).
    package static let blockSize = "blksize"
    /// Seconds until a packet is repeated, 1 … 255 (RFC 2349).
    package static let timeout = "timeout"
    /// Bytes in the file; 0 in a read request asks for it (RFC 2349).
    package static let transferSize = "tsize"
    /// Blocks sent before an acknowledgement is awaited, 1 … 65535 (RFC 7440).
    package static let windowSize = "windowsize"
}
