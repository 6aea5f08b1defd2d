/// Why a request to a card has no result.
package enum LANError: Error, Sendable, Equatable, CustomStringConvertible {
    case noAnswer(attempts: Int)
    /// The socket can't be opened.
    case socket(errno: Int32)
    /// The card answered, and did not do it.
    case refused(LANResult)

    package var description: String {
        switch self {
        case .noAnswer(let attempts): "The card did not answer (\(attempts) attempts)."
        case .socket(let code): "The network can't be used (error \(code))."
        case .refused(let result): result.text.isEmpty ? "The card refused (code \(result.code.rawValue))." : result.text
        }
    }
}
