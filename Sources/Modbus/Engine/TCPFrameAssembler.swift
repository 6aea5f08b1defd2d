package import NIOCore

/// Cuts a TCP stream into frames. It holds less than one frame between calls, as long as `next()` is called until nil.
package struct TCPFrameAssembler: Sendable {
    private var pending = ByteBuffer()

    package init() {}

    package mutating func append(_ bytes: ByteBuffer) {
        if pending.readableBytes == 0 {
            pending = bytes
        } else {
            pending.discardReadBytes()
            pending.writeImmutableBuffer(bytes)
        }
    }

    /// The next whole frame; throws when the stream is not Modbus, and then every time.
    package mutating func next() throws(ModbusDecodingError) -> TCPFrame? {
        try TCPFrame.next(from: &pending)
    }
}
