import NIOCore

/// Sets a block of registers, function 16 (§6.12).
///
///     +----------+---------+---------------+------------+--------------------+
///     | function | address | count (1…123) | byte count | values (2 × count) |
///     |    1     |    2    |       2       |     1      |       2…246        |
///     +----------+---------+---------------+------------+--------------------+
package struct WriteRegistersRequest: Hashable, Sendable {
    package static let countLimits = 1...123

    /// The first register, from 0.
    package let address: UInt16
    package let values: [UInt16]

    /// Nil when there are no values, or more than 123.
    package init?(address: UInt16, values: [UInt16]) {
        guard Self.countLimits.contains(values.count) else { return nil }
        self.address = address
        self.values = values
    }

    init(fields reader: inout WireReader) throws(ModbusDecodingError) {
        address = try reader.readWord()
        let countOffset = reader.offset
        let count = Int(try reader.readWord())
        guard Self.countLimits.contains(count) else { throw ModbusDecodingError(.countOutOfRange, offset: countOffset) }
        let byteCountOffset = reader.offset
        guard Int(try reader.readByte()) == count * 2 else {
            throw ModbusDecodingError(.byteCountMismatch, offset: byteCountOffset)
        }
        values = try reader.readWords(count)
    }

    func writeFields(into buffer: inout ByteBuffer) {
        let count = UInt16(truncatingIfNeeded: values.count)
        buffer.writeMultipleIntegers(address, count, UInt8(truncatingIfNeeded: values.count * 2))
        buffer.writeWords(values)
    }
}

/// Confirms a block (§6.12).
///
///     +----------+---------+---------------+
///     | function | address | count (1…123) |
///     |    1     |    2    |       2       |
///     +----------+---------+---------------+
package struct WriteRegistersResponse: Hashable, Sendable {
    package let address: UInt16
    package let count: Int

    /// The confirmation that `request` was carried out.
    package init(confirming request: WriteRegistersRequest) {
        address = request.address
        count = request.values.count
    }

    init(fields reader: inout WireReader) throws(ModbusDecodingError) {
        address = try reader.readWord()
        let offset = reader.offset
        count = Int(try reader.readWord())
        guard WriteRegistersRequest.countLimits.contains(count) else { throw ModbusDecodingError(.countOutOfRange, offset: offset) }
    }

    func writeFields(into buffer: inout ByteBuffer) {
        buffer.writeMultipleIntegers(address, UInt16(truncatingIfNeeded: count))
    }
}
