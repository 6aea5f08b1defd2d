import NIOCore

/// Sets one register, function 6; the response is an echo of the request (§6.6).
///
///     +----------+---------+-------+
///     | function | address | value |
///     |    1     |    2    |   2   |
///     +----------+---------+-------+
package struct WriteRegister: Hashable, Sendable {
    package let address: UInt16
    package let value: UInt16

    package init(address: UInt16, value: UInt16) {
        self.address = address
        self.value = value
    }

    init(fields reader: inout WireReader) throws(ModbusDecodingError) {
        address = try reader.readWord()
        value = try reader.readWord()
    }

    func writeFields(into buffer: inout ByteBuffer) {
        buffer.writeMultipleIntegers(address, value)
    }
}
