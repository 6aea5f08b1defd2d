/// Why a device refuses a request (MODBUS Application Protocol V1.1b3 §7).
package struct ModbusException: RawRepresentable, Error, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The device does not have, or does not allow, the function.
    package static let illegalFunction = ModbusException(rawValue: 0x01)
    /// A register of the range does not exist.
    package static let illegalDataAddress = ModbusException(rawValue: 0x02)
    /// A count or a value that the function can't carry.
    package static let illegalDataValue = ModbusException(rawValue: 0x03)
    package static let serverDeviceFailure = ModbusException(rawValue: 0x04)
    /// Accepted; the answer takes long.
    package static let acknowledge = ModbusException(rawValue: 0x05)
    package static let serverDeviceBusy = ModbusException(rawValue: 0x06)
    package static let memoryParityError = ModbusException(rawValue: 0x08)
    package static let gatewayPathUnavailable = ModbusException(rawValue: 0x0A)
    /// No such unit behind this gateway, or it is silent.
    package static let gatewayTargetFailedToRespond = ModbusException(rawValue: 0x0B)
}

/// A refusal, as it travels (§7).
///
///     +-----------------+-----------+
///     | function | 0x80 | exception |
///     |        1        |     1     |
///     +-----------------+-----------+
package struct ExceptionResponse: Hashable, Sendable {
    /// The function that was asked for, without the exception bit.
    package let function: FunctionCode
    package let exception: ModbusException

    package init(function: FunctionCode, exception: ModbusException) {
        self.function = function.requested
        self.exception = exception
    }
}
