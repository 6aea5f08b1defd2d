import NIOCore

/// What a server does with a request that it could answer: faults for simulations and tests.
package enum Admission: Hashable, Sendable {
    case answer
    /// The answer leaves that much later.
    case answerAfter(Duration)
    /// As if the request had never arrived.
    case drop

    /// The longest that an answer is held back.
    static let longestDelay = Duration.seconds(3600)

    /// How long to hold the answer back; nil when there is none.
    var delay: TimeAmount? {
        switch self {
        case .answer: .zero
        case .answerAfter(let delay): TimeAmount(min(delay, Self.longestDelay))
        case .drop: nil
        }
    }
}

/// Decides about each request as it arrives; called on an event loop.
package typealias Admit = @Sendable () -> Admission
