import NIOCore

/// Reads big-endian fields and knows how far it is, so that an error can say where.
struct WireReader {
    private var buffer: ByteBuffer
    private let start: Int

    init(_ buffer: ByteBuffer) {
        self.buffer = buffer
        self.start = buffer.readerIndex
    }

    var offset: Int { buffer.readerIndex - start }
    var remaining: Int { buffer.readableBytes }

    mutating func readByte() throws(ModbusDecodingError) -> UInt8 {
        guard let value = buffer.readInteger(as: UInt8.self) else { throw ModbusDecodingError(.truncated, offset: offset) }
        return value
    }

    mutating func readWord() throws(ModbusDecodingError) -> UInt16 {
        guard let value = buffer.readInteger(as: UInt16.self) else { throw ModbusDecodingError(.truncated, offset: offset) }
        return value
    }

    /// Reads `count` register values; the caller has bounded `count`.
    mutating func readWords(_ count: Int) throws(ModbusDecodingError) -> [UInt16] {
        var words: [UInt16] = []
        words.reserveCapacity(count)
        for _ in 0..<count { words.append(try readWord()) }
        return words
    }

    func expectEnd() throws(ModbusDecodingError) {
        guard remaining == 0 else { throw ModbusDecodingError(.trailingBytes, offset: offset) }
    }
}

extension ByteBuffer {
    mutating func writeWords(_ words: [UInt16]) {
        for word in words { writeInteger(word) }
    }
}
