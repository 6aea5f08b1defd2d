import Glibc

/// The signals that a supervisor passes on.
enum SupervisedSignal: Equatable, Sendable {
    case terminate
    case interrupt
    /// What they mean is the card's affair.
    case hangUp
    case user1
    case user2

    init?(number: Int32) {
        switch number {
        case SIGTERM: self = .terminate
        case SIGINT: self = .interrupt
        case SIGHUP: self = .hangUp
        case SIGUSR1: self = .user1
        case SIGUSR2: self = .user2
        default: return nil
        }
    }

    var number: Int32 {
        switch self {
        case .terminate: SIGTERM
        case .interrupt: SIGINT
        case .hangUp: SIGHUP
        case .user1: SIGUSR1
        case .user2: SIGUSR2
        }
    }

    /// Whether the card ends by it, and the supervisor with the card.
    var isEnd: Bool { self == .terminate || self == .interrupt }
}
