import NIOCore

/// A request to read or to write a file (RRQ, WRQ: RFC 1350 §5; options: RFC 2347).
///
/// ```
///  2 bytes    text     1    text   1     text     1    text      1
/// +--------+----~~----+---+--~~--+---+-----~~----+---+---~~---+---+
/// | 1 or 2 | filename | 0 | mode | 0 | [ option  | 0 |  value | 0 ] …
/// +--------+----~~----+---+--~~--+---+-----~~----+---+---~~---+---+
/// ```
///
/// 512 bytes at most.
package struct TFTPRequest: Equatable, Sendable {
    package enum Direction: UInt16, Sendable {
        /// RRQ: the server sends the file.
        case read = 1
        /// WRQ: the server receives the file.
        case write = 2
    }

    package enum Mode: String, Sendable {
        case netascii
        /// The bytes as they are.
        case octet
        /// Obsolete since RFC 1350.
        case mail
    }

    package let direction: Direction
    package let filename: String
    package let mode: Mode
    package let options: [TFTPOption]

    package init(_ direction: Direction, filename: String, mode: Mode = .octet, options: [TFTPOption] = []) {
        self.direction = direction
        self.filename = filename
        self.mode = mode
        self.options = options
    }

    /// The first option of that name, which is in lower case.
    package subscript(option name: String) -> TFTPOption? {
        options.first { $0.name == name }
    }

    /// Most bytes of a request (RFC 2347).
    package static let maximumLength = 512

    static func decode(_ direction: Direction, from buffer: inout ByteBuffer, start: Int) throws(TFTPDecodingError) -> TFTPRequest {
        let filename = try buffer.readText(start: start)
        let modeOffset = buffer.readerIndex - start
        guard let mode = Mode(rawValue: try buffer.readText(start: start).lowercased()) else {
            throw TFTPDecodingError(.unknownMode, at: modeOffset)
        }
        return TFTPRequest(direction, filename: filename, mode: mode, options: try buffer.readOptions(start: start))
    }

    func encode(into buffer: inout ByteBuffer) {
        buffer.writeInteger(direction.rawValue)
        buffer.writeText(filename)
        buffer.writeText(mode.rawValue)
        buffer.writeOptions(options)
    }
}

extension ByteBuffer {
    /// Reads text up to its zero byte. What is no UTF-8 becomes U+FFFD: names are looked up, never trusted.
    mutating func readText(start: Int) throws(TFTPDecodingError) -> String {
        let offset = readerIndex - start
        guard let length = readableBytesView.firstIndex(of: 0).map({ $0 - readerIndex }), let text = readString(length: length) else {
            throw TFTPDecodingError(.unterminatedText, at: offset)
        }
        moveReaderIndex(forwardBy: 1)
        return text
    }

    /// Reads options to the end of the packet.
    mutating func readOptions(start: Int) throws(TFTPDecodingError) -> [TFTPOption] {
        var options: [TFTPOption] = []
        while readableBytes > 0 {
            let offset = readerIndex - start
            let option = TFTPOption(try readText(start: start), try readText(start: start))
            guard !option.name.isEmpty, !options.contains(where: { $0.name == option.name }) else {
                throw TFTPDecodingError(.malformedOption, at: offset)
            }
            options.append(option)
        }
        return options
    }

    /// Writes text and its zero byte; a zero inside ends the text there.
    mutating func writeText(_ text: String) {
        writeBytes(text.utf8.prefix { $0 != 0 })
        writeInteger(0, as: UInt8.self)
    }

    mutating func writeOptions(_ options: [TFTPOption]) {
        for option in options {
            writeText(option.name)
            writeText(option.value)
        }
    }
}
