import NIOCore

/// Asks for registers; functions 3 (holding, §6.3) and 4 (input, §6.4) have the same fields.
///
///     +----------+---------+-----------------+
///     | function | address | count (1…125)   |
///     |    1     |    2    |        2        |
///     +----------+---------+-----------------+
package struct ReadRegistersRequest: Hashable, Sendable {
    package static let countLimits = 1...125

    /// The first register, from 0.
    package let address: UInt16
    package let count: Int

    /// Nil when `count` is outside 1…125.
    package init?(address: UInt16, count: Int) {
        guard Self.countLimits.contains(count) else { return nil }
        self.address = address
        self.count = count
    }

    /// Reads what follows the function code.
    init(fields reader: inout WireReader) throws(ModbusDecodingError) {
        let address = try reader.readWord()
        let offset = reader.offset
        guard let request = Self(address: address, count: Int(try reader.readWord())) else {
            throw ModbusDecodingError(.countOutOfRange, offset: offset)
        }
        self = request
    }

    func writeFields(into buffer: inout ByteBuffer) {
        buffer.writeMultipleIntegers(address, UInt16(truncatingIfNeeded: count))
    }
}

/// The registers asked for.
///
///     +----------+------------+--------------------+
///     | function | byte count | values (2 × count) |
///     |    1     |     1      |      2…250         |
///     +----------+------------+--------------------+
package struct ReadRegistersResponse: Hashable, Sendable {
    package let values: [UInt16]

    /// Nil when there are none, or more than 125.
    package init?(values: [UInt16]) {
        guard ReadRegistersRequest.countLimits.contains(values.count) else { return nil }
        self.values = values
    }

    init(fields reader: inout WireReader) throws(ModbusDecodingError) {
        let offset = reader.offset
        let byteCount = Int(try reader.readByte())
        guard byteCount.isMultiple(of: 2), byteCount <= reader.remaining else {
            throw ModbusDecodingError(.byteCountMismatch, offset: offset)
        }
        guard let response = Self(values: try reader.readWords(byteCount / 2)) else {
            throw ModbusDecodingError(.countOutOfRange, offset: offset)
        }
        self = response
    }

    func writeFields(into buffer: inout ByteBuffer) {
        buffer.writeInteger(UInt8(truncatingIfNeeded: values.count * 2))
        buffer.writeWords(values)
    }
}
