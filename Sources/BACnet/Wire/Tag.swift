package import NIOCore

/// The head of a tagged value (ASHRAE 135, 20.2.1).
///
/// ```
///   7   6   5   4   3   2   1   0
/// +---------------+---+-----------+
/// | tag number    | c | length,   |  number 15: the next octet has it; length 5: the next octet has it (254, 255: the next two, four)
/// | or 15         |   | value,type|  c: the number is a context's; type 6 opens and 7 closes a list
/// +---------------+---+-----------+
/// ```
package struct Tag: Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        /// So many octets follow. Of an application's Boolean it is the value.
        case length(UInt32)
        case opening
        case closing
    }

    package let number: UInt8
    /// Whether the number's meaning depends on the place; else it is a data type.
    package let isContext: Bool
    package let content: Content

    package init(_ number: UInt8, isContext: Bool = false, _ content: Content) {
        self.number = number
        self.isContext = isContext
        self.content = content
    }

    package init(readingFrom buffer: inout ByteBuffer) throws(BACnetDecodingError) {
        guard let first = buffer.readInteger(as: UInt8.self) else { throw BACnetDecodingError(.truncated, at: 0) }
        isContext = first & 0x08 != 0
        if first >> 4 == 15 {
            guard let extended = buffer.readInteger(as: UInt8.self) else { throw BACnetDecodingError(.truncated, at: 1) }
            number = extended
        } else {
            number = first >> 4
        }
        switch first & 0x07 {
        case 5: content = .length(try Self.extendedLength(&buffer))
        case 6 where isContext: content = .opening
        case 7 where isContext: content = .closing
        case 6, 7: throw BACnetDecodingError(.unexpectedTag, at: 0)
        case let length: content = .length(UInt32(length))
        }
    }

    private static func extendedLength(_ buffer: inout ByteBuffer) throws(BACnetDecodingError) -> UInt32 {
        let length: UInt32? =
            switch buffer.readInteger(as: UInt8.self) {
            case 255: buffer.readInteger(as: UInt32.self)
            case 254: buffer.readInteger(as: UInt16.self).map(UInt32.init)
            case let short: short.map(UInt32.init)
            }
        guard let length else { throw BACnetDecodingError(.truncated, at: 1) }
        return length
    }

    package func encode(into buffer: inout ByteBuffer) {
        let low: UInt8 =
            switch content {
            case .length(let length): UInt8(min(length, 5))
            case .opening: 6
            case .closing: 7
            }
        buffer.writeInteger(min(number, 15) << 4 | (isContext ? 0x08 : 0) | low)
        if number >= 15 { buffer.writeInteger(number) }
        guard case .length(let length) = content, length > 4 else { return }
        switch length {
        case ...253: buffer.writeInteger(UInt8(length))
        case ...0xFFFF: buffer.writeMultipleIntegers(UInt8(254), UInt16(length))
        default: buffer.writeMultipleIntegers(UInt8(255), length)
        }
    }
}
