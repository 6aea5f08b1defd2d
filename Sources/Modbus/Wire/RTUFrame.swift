package import NIOCore

/// One message on a serial line (MODBUS over Serial Line V1.02 §2.5.1).
///
///     +------+-------------+------------+
///     | unit | PDU (1…253) | CRC (low,  |
///     |  1   |             | high)   2  |
///     +------+-------------+------------+
package struct RTUFrame: Hashable, Sendable {
    package static let sizeLimits = 4...256
    /// The bytes around a PDU: unit and CRC.
    package static let overhead = 3
    /// Requests to it are carried out by every unit and answered by none (§2.1).
    package static let broadcastUnit: UInt8 = 0

    /// Whom a request is for, and who sent a response: 1…247; 0 is everybody.
    package let unit: UInt8
    package let pdu: ByteBuffer

    package init(unit: UInt8, pdu: ByteBuffer) {
        self.unit = unit
        self.pdu = pdu
    }

    /// Decodes bytes that are exactly one frame.
    package init(decoding frame: ByteBuffer) throws(ModbusDecodingError) {
        let size = frame.readableBytes
        guard Self.sizeLimits.contains(size) else { throw ModbusDecodingError(.lengthOutOfRange, offset: min(size, 256)) }
        var body = frame
        let checked = body.readSlice(length: size - 2)
        guard let checked, let checksum = body.readInteger(endianness: .little, as: UInt16.self) else {
            throw ModbusDecodingError(.truncated, offset: size)
        }
        guard checksum == CRC16.checksum(of: checked.readableBytesView) else {
            throw ModbusDecodingError(.checksumMismatch, offset: size - 2)
        }
        pdu = checked.getSlice(at: checked.readerIndex + 1, length: size - 3) ?? ByteBuffer()
        unit = checked.getInteger(at: checked.readerIndex) ?? Self.broadcastUnit
    }

    package var encoded: ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeInteger(unit)
        buffer.writeImmutableBuffer(pdu)
        buffer.writeInteger(CRC16.checksum(of: buffer.readableBytesView), endianness: .little)
        return buffer
    }
}
