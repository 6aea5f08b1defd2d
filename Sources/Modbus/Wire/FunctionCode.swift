/// What a request asks for: the first byte of every PDU (MODBUS Application Protocol V1.1b3 §5).
///
/// Unknown codes survive decoding, so that a server can refuse them by name.
package struct FunctionCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let readHoldingRegisters = FunctionCode(rawValue: 0x03)
    package static let readInputRegisters = FunctionCode(rawValue: 0x04)
    package static let writeSingleRegister = FunctionCode(rawValue: 0x06)
    package static let writeMultipleRegisters = FunctionCode(rawValue: 0x10)

    /// The top bit marks an exception response (§7); no request has it.
    static let exceptionBit: UInt8 = 0x80

    /// True for the first byte of an exception response.
    var isException: Bool { rawValue & Self.exceptionBit != 0 }

    /// The same function as it appears in an exception response.
    var markedAsException: FunctionCode { FunctionCode(rawValue: rawValue | Self.exceptionBit) }

    /// The function that an exception response refuses; any other code is itself.
    var requested: FunctionCode { FunctionCode(rawValue: rawValue & ~Self.exceptionBit) }
}
