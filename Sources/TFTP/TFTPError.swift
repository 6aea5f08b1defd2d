/// Why a transfer did not come to its end.
package enum TFTPError: Error, Equatable, Sendable {
    /// The peer was not heard for as long as we wait, after so many repetitions of our last packet.
    case timeout(repetitions: Int)
    /// The peer ended the transfer with an ERROR packet.
    case refused(code: TFTPErrorCode, message: String)
    /// The file is larger than the receiver takes, in bytes.
    case tooLarge(limit: Int)
    /// The peer acknowledged options that nobody asked for, or values outside what was asked.
    case optionsUnacceptable
    /// The peer sent what makes no sense at that point of a transfer.
    case protocolViolation
    /// Our own user, or the one who decided on what was received, ended the transfer.
    case aborted(code: TFTPErrorCode, message: String)
    /// The file name and options do not fit into a request of 512 bytes, or an option is out of its range.
    case invalidRequest
    /// The socket was closed under the transfer.
    case closed
}

extension TFTPError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .timeout(let repetitions): "no answer after \(repetitions) repetitions"
        case .refused(let code, let message): "refused by the peer: \(message.isEmpty ? "error \(code.rawValue)" : message)"
        case .tooLarge(let limit): "the file is larger than \(limit) bytes"
        case .optionsUnacceptable: "the peer answered with options that were not asked for"
        case .protocolViolation: "the peer does not keep to the protocol"
        case .aborted(_, let message): "ended here: \(message)"
        case .invalidRequest: "the file name is too long, or an option is out of range"
        case .closed: "the socket was closed"
        }
    }
}
