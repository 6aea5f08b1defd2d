package import NIOCore

/// A value with its data type (ASHRAE 135, 20.2.2 ff.). Types that nobody here reads stay octets.
package enum PropertyValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    case unsigned(UInt64)
    case characterString(String)
    case enumerated(UInt32)
    case objectIdentifier(ObjectIdentifier)
    /// By the number of its application tag.
    case other(type: UInt8, octets: [UInt8])

    private enum DataType {
        static let null: UInt8 = 0
        static let boolean: UInt8 = 1
        static let unsigned: UInt8 = 2
        static let characterString: UInt8 = 7
        static let enumerated: UInt8 = 9
        static let objectIdentifier: UInt8 = 12
    }

    package init(readingFrom buffer: inout ByteBuffer) throws(BACnetDecodingError) {
        let tag = try Tag(readingFrom: &buffer)
        guard !tag.isContext, case .length(let length) = tag.content else { throw BACnetDecodingError(.unexpectedTag, at: 0) }
        if tag.number == DataType.boolean {
            self = .boolean(length != 0)
            return
        }
        guard let octets = buffer.readBytes(length: Int(length)) else { throw BACnetDecodingError(.truncated, at: 1) }
        switch tag.number {
        case DataType.null where octets.isEmpty: self = .null
        case DataType.unsigned: self = .unsigned(try Self.number(octets, maximum: 8))
        case DataType.enumerated: self = .enumerated(UInt32(truncatingIfNeeded: try Self.number(octets, maximum: 4)))
        case DataType.objectIdentifier where octets.count == 4:
            self = .objectIdentifier(ObjectIdentifier(rawValue: UInt32(truncatingIfNeeded: try Self.number(octets, maximum: 4))))
        case DataType.characterString: self = .characterString(try Self.text(octets))
        default: self = .other(type: tag.number, octets: octets)
        }
    }

    /// Most significant octet first, as many as it takes (20.2.4).
    private static func number(_ octets: [UInt8], maximum: Int) throws(BACnetDecodingError) -> UInt64 {
        guard (1...maximum).contains(octets.count) else { throw BACnetDecodingError(.badValue, at: 1) }
        return octets.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The first octet tells the character set (20.2.9): UTF-8, UCS-2 or ISO 8859-1 here. Old devices say UTF-8's number and mean ASCII.
    private static func text(_ octets: [UInt8]) throws(BACnetDecodingError) -> String {
        switch octets.first {
        case 0: return String(decoding: octets.dropFirst(), as: UTF8.self)
        case 4:
            let units = stride(from: 1, to: octets.count - 1, by: 2).map { UInt16(octets[$0]) << 8 | UInt16(octets[$0 + 1]) }
            return String(decoding: units, as: UTF16.self)
        case 5: return String(String.UnicodeScalarView(octets.dropFirst().map(Unicode.Scalar.init)))
        default: throw BACnetDecodingError(.badValue, at: 1)
        }
    }

    package func encode(into buffer: inout ByteBuffer) {
        switch self {
        case .null: Tag(DataType.null, .length(0)).encode(into: &buffer)
        case .boolean(let value): Tag(DataType.boolean, .length(value ? 1 : 0)).encode(into: &buffer)
        case .unsigned(let value): Self.write(Self.octets(value), as: DataType.unsigned, into: &buffer)
        case .enumerated(let value): Self.write(Self.octets(UInt64(value)), as: DataType.enumerated, into: &buffer)
        case .characterString(let text): Self.write([0] + Array(text.utf8), as: DataType.characterString, into: &buffer)
        case .objectIdentifier(let object):
            Tag(DataType.objectIdentifier, .length(4)).encode(into: &buffer)
            buffer.writeInteger(object.rawValue)
        case .other(let type, let octets): Self.write(octets, as: type, into: &buffer)
        }
    }

    private static func write(_ octets: [UInt8], as type: UInt8, into buffer: inout ByteBuffer) {
        Tag(type, .length(UInt32(clamping: octets.count))).encode(into: &buffer)
        buffer.writeBytes(octets)
    }

    /// The fewest octets that hold a number.
    static func octets(_ number: UInt64) -> [UInt8] {
        let all = (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) }
        return Array(all.drop { $0 == 0 }).isEmpty ? [0] : Array(all.drop { $0 == 0 })
    }

    package var text: String? {
        guard case .characterString(let text) = self else { return nil }
        return text
    }
}
