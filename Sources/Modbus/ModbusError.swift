/// Why a request has no result.
package enum ModbusError: Error, Hashable, Sendable {
    /// The device answered, and refused.
    case exception(ModbusException)
    /// No usable answer in time, `attempts` times.
    case noResponse(attempts: Int)
    /// The device answered this request with something that can't be its answer.
    case malformedResponse(ModbusDecodingError)
    /// There is no link to the device.
    case linkFailed(LinkFailure)
    /// A register count that no request can carry (1…125 read, 1…123 written).
    case countOutOfRange(Int)
    /// The caller's task was cancelled.
    case cancelled
}

/// Why there is no link.
package enum LinkFailure: Error, Hashable, Sendable {
    /// The connection could not be made: refused, timed out, no route, no such host.
    case unreachable(host: String, port: Int)
    /// The connection could not be made: this process, or this machine, has as many files and sockets open as it may.
    case noDescriptors
    /// The serial device or pseudo-terminal can't be opened or set up.
    case deviceUnavailable(path: String, errno: Int32)
    /// The other side closed the link, or sent what is no Modbus, or the device was unplugged.
    case lost
    /// The other side takes connections and closes them at once: it has another client, and takes no second.
    case occupied
    /// `close()` was called.
    case closed
    /// Another link to the device takes the place of this one: the request may be made again there.
    case superseded
}
