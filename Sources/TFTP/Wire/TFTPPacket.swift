package import NIOCore

/// One TFTP datagram (RFC 1350 §5; OACK: RFC 2347).
///
/// ```
///           2 bytes   2 bytes   n bytes
///          +--------+---------+----~~----+
///   DATA   |   3    | block # |   data   |     fewer bytes than a block: the last one
///          +--------+---------+----~~----+
///          +--------+---------+
///   ACK    |   4    | block # |
///          +--------+---------+
///          +--------+---------+----~~---+---+
///   ERROR  |   5    |  code   | message | 0 |
///          +--------+---------+----~~---+---+
///          +--------+--~~--+---+--~~---+---+
///   OACK   |   6    | name | 0 | value | 0 | …
///          +--------+--~~--+---+--~~---+---+
/// ```
///
/// Block numbers start at 1 and wrap to 0 after 65535.
package enum TFTPPacket: Equatable, Sendable {
    case request(TFTPRequest)
    case data(block: UInt16, ByteBuffer)
    case acknowledgement(block: UInt16)
    case error(TFTPErrorCode, message: String)
    case optionAcknowledgement([TFTPOption])

    /// Bytes of a DATA packet before its data.
    package static let dataHeaderLength = 4
    private static let dataOpcode: UInt16 = 3
    private static let acknowledgementOpcode: UInt16 = 4
    private static let errorOpcode: UInt16 = 5
    private static let optionAcknowledgementOpcode: UInt16 = 6
    /// Longer messages are cut: nobody reads them, and they come from strangers.
    private static let maximumMessageLength = 512

    /// Decodes a whole datagram; the data of a DATA packet shares its memory.
    package init(decoding buffer: ByteBuffer) throws(TFTPDecodingError) {
        var buffer = buffer
        let start = buffer.readerIndex
        guard let opcode = buffer.readInteger(as: UInt16.self) else { throw TFTPDecodingError(.truncated, at: 0) }
        switch opcode {
        case Self.dataOpcode:
            guard let block = buffer.readInteger(as: UInt16.self) else { throw TFTPDecodingError(.truncated, at: 2) }
            self = .data(block: block, buffer)
        case Self.acknowledgementOpcode:
            guard let block = buffer.readInteger(as: UInt16.self) else { throw TFTPDecodingError(.truncated, at: 2) }
            guard buffer.readableBytes == 0 else { throw TFTPDecodingError(.trailingBytes, at: 4) }
            self = .acknowledgement(block: block)
        default:
            self = try Self.decodeText(opcode, from: &buffer, start: start)
        }
    }

    private static func decodeText(
        _ opcode: UInt16, from buffer: inout ByteBuffer, start: Int
    ) throws(TFTPDecodingError) -> TFTPPacket {
        if opcode == errorOpcode {
            guard let code = buffer.readInteger(as: UInt16.self) else { throw TFTPDecodingError(.truncated, at: 2) }
            return .error(TFTPErrorCode(rawValue: code), message: message(from: buffer))
        }
        guard buffer.writerIndex - start <= TFTPRequest.maximumLength else {
            throw TFTPDecodingError(.oversized, at: TFTPRequest.maximumLength)
        }
        if let direction = TFTPRequest.Direction(rawValue: opcode) {
            return .request(try TFTPRequest.decode(direction, from: &buffer, start: start))
        }
        guard opcode == optionAcknowledgementOpcode else { throw TFTPDecodingError(.unknownOpcode, at: 0) }
        return .optionAcknowledgement(try buffer.readOptions(start: start))
    }

    /// The message of an ERROR. Cards that forget its zero byte, or the message, are understood all the same.
    private static func message(from buffer: ByteBuffer) -> String {
        let bytes = buffer.readableBytesView.prefix(maximumMessageLength).prefix { $0 != 0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    package func encode(into buffer: inout ByteBuffer) {
        switch self {
        case .request(let request):
            request.encode(into: &buffer)
        case .data(let block, let data):
            buffer.writeMultipleIntegers(Self.dataOpcode, block)
            buffer.writeImmutableBuffer(data)
        case .acknowledgement(let block):
            buffer.writeMultipleIntegers(Self.acknowledgementOpcode, block)
        case .error(let code, let message):
            buffer.writeMultipleIntegers(Self.errorOpcode, code.rawValue)
            buffer.writeText(String(message.prefix(Self.maximumMessageLength)))
        case .optionAcknowledgement(let options):
            buffer.writeInteger(Self.optionAcknowledgementOpcode)
            buffer.writeOptions(options)
        }
    }

    /// Writes the DATA packets of a run of blocks, one after the other, without a copy of their own in between.
    ///
    /// Blocks count from 1 without wrap-around; those that the file does not have are left out.
    package static func encodeData(_ blocks: Range<Int>, of file: ByteBuffer, blockSize: Int, into buffer: inout ByteBuffer) {
        file.withUnsafeReadableBytes { bytes in
            for block in blocks {
                let (offset, overflow) = (block - 1).multipliedReportingOverflow(by: blockSize)
                guard !overflow, offset >= 0, offset <= bytes.count else { return }
                buffer.writeMultipleIntegers(dataOpcode, UInt16(truncatingIfNeeded: block))
                buffer.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[offset..<min(offset + blockSize, bytes.count)]))
            }
        }
    }

    /// The packet as bytes of its own.
    package func encoded() -> ByteBuffer {
        var buffer = ByteBuffer()
        encode(into: &buffer)
        return buffer
    }
}
