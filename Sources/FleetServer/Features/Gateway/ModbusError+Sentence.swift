import Modbus

extension ModbusError {
    /// Why a card could not be read by Modbus, in words for who can mend it.
    var sentence: String {
        switch self {
        case .exception(let exception): "The card refuses the Modbus request: \(exception.sentence)."
        case .noResponse(let attempts): "The card takes the Modbus connection, but does not answer (\(attempts) attempts)."
        case .malformedResponse: "The card's answer is not the Modbus that was asked for."
        case .linkFailed(let failure): failure.sentence
        case .countOutOfRange(let count): "\(count) registers can't be asked for at once: 1 to 125 can."
        case .cancelled: "The request was given up."
        }
    }
}

extension LinkFailure {
    var sentence: String {
        switch self {
        case .unreachable(let host, let port):
            "No Modbus connection to \(host) port \(port): Modbus TCP is off at the card, or the card can't be reached."
        case .noDescriptors:
            "The server has as many files and connections open as it may, and can make none to the card. Raise its limit (LimitNOFILE, "
                + "ulimit -n), and start it again."
        case .occupied:
            "The card closes the Modbus connection at once: it takes one only, and another program holds it. "
                + "Let that program ask this server's gateway instead."
        case .lost: "The card has closed the Modbus connection."
        case .closed: "The server is stopping."
        case .superseded: "The card's address has changed meanwhile. Ask again."
        case .deviceUnavailable(let path, _): "\(path) can't be opened."
        }
    }
}

extension ModbusException {
    /// The exception's name in the specification (MODBUS Application Protocol V1.1b3 §7), and its number.
    var sentence: String {
        let name =
            switch self {
            case .illegalFunction: "illegal function"
            case .illegalDataAddress: "illegal data address: it does not have all of these registers"
            case .illegalDataValue: "illegal data value"
            case .serverDeviceFailure: "server device failure"
            case .acknowledge: "acknowledge"
            case .serverDeviceBusy: "server device busy"
            case .memoryParityError: "memory parity error"
            case .gatewayPathUnavailable: "gateway path unavailable"
            case .gatewayTargetFailedToRespond: "gateway target failed to respond: its UPS does not answer"
            default: "exception"
            }
        return "\(name) (\(rawValue))"
    }
}
