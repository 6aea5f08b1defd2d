package import NIOCore

/// One message on a TCP connection: the MBAP header and a PDU (MODBUS Messaging on TCP/IP V1.0b §3.1.3).
///
///     +-------------+----------+--------------+------+-------------+
///     | transaction | protocol | length       | unit | PDU (1…253) |
///     |             |    0     | (unit + PDU) |      |             |
///     |      2      |    2     |   2 (2…254)  |  1   |             |
///     +-------------+----------+--------------+------+-------------+
package struct TCPFrame: Hashable, Sendable {
    package static let lengthLimits = 2...254

    /// Chosen by the client, repeated by the server.
    package let transaction: UInt16
    /// The device behind a gateway; 0 or 255 for the TCP server itself.
    package let unit: UInt8
    package let pdu: ByteBuffer

    package init(transaction: UInt16, unit: UInt8, pdu: ByteBuffer) {
        self.transaction = transaction
        self.unit = unit
        self.pdu = pdu
    }

    /// Takes the next frame off the front of `stream`; nil when it has not arrived whole.
    ///
    /// Throws as soon as the header is wrong. The stream has no way back from there: close the connection.
    package static func next(from stream: inout ByteBuffer) throws(ModbusDecodingError) -> TCPFrame? {
        var ahead = stream
        guard let (transaction, proto, length) = ahead.readMultipleIntegers(as: (UInt16, UInt16, UInt16).self) else { return nil }
        guard proto == 0 else { throw ModbusDecodingError(.foreignProtocol, offset: 2) }
        guard lengthLimits.contains(Int(length)) else { throw ModbusDecodingError(.lengthOutOfRange, offset: 4) }
        guard var body = ahead.readSlice(length: Int(length)), let unit = body.readInteger(as: UInt8.self) else { return nil }
        stream = ahead
        return TCPFrame(transaction: transaction, unit: unit, pdu: body)
    }

    package var encoded: ByteBuffer {
        var buffer = ByteBuffer()
        let length = UInt16(truncatingIfNeeded: pdu.readableBytes + 1)
        buffer.writeMultipleIntegers(transaction, UInt16(0), length, unit)
        buffer.writeImmutableBuffer(pdu)
        return buffer
    }
}
